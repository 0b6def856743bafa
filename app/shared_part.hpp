// How a layer above the pipeline shares something among all threads of a process.
#pragma once

namespace innergate {

/// Base of what a handler may ask for by its type although the pipeline does not know that type:
/// whoever starts the process makes one, and routing::Services hands it on.
class SharedPart {
public:
    SharedPart() = default;
    SharedPart(const SharedPart&) = delete;
    SharedPart& operator=(const SharedPart&) = delete;
    virtual ~SharedPart() = default;
};

}  // namespace innergate
