// How a layer above the pipeline shares something among all threads of a process.
#pragma once

namespace innergate {

/// Base of types that handlers may ask for although the pipeline does not know them. The code that
/// starts the process makes one of each, and routing::Services hands it on.
class SharedPart {
public:
    SharedPart() = default;
    SharedPart(const SharedPart&) = delete;
    SharedPart& operator=(const SharedPart&) = delete;
    virtual ~SharedPart() = default;
};

}  // namespace innergate
