// A server that answers every call with the same bytes, whatever they mean.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace innergate::test {

struct RawAnswer {
    std::vector<std::string> messages;
    int rounds = 1;  ///< how often they are sent
    /// As gRPC numbers them; 0 is a good end.
    int status = 0;
    std::string reason = {};
};

class RawGitaly {
public:
    /// `listen`: unix:/PATH.
    explicit RawGitaly(const std::string& listen);
    RawGitaly(const RawGitaly&) = delete;
    RawGitaly& operator=(const RawGitaly&) = delete;
    ~RawGitaly();

    /// From the next call on.
    void answer_with(RawAnswer answer);

private:
    class Server;
    std::unique_ptr<Server> server_;
};

}  // namespace innergate::test
