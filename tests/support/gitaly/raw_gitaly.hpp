// A server that answers every call with the same bytes, whatever they mean.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace innergate::test {

class RawGitaly {
public:
    /// `listen`: unix:/PATH.
    explicit RawGitaly(const std::string& listen);
    RawGitaly(const RawGitaly&) = delete;
    RawGitaly& operator=(const RawGitaly&) = delete;
    ~RawGitaly();

    /// From the next call on: these messages, then a good end.
    void answer_with(std::vector<std::string> messages);

private:
    class Server;
    std::unique_ptr<Server> server_;
};

}  // namespace innergate::test
