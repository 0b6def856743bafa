// libgit2's memory.
#pragma once

namespace innergate::handlers::inspectors::git {

/// From now on libgit2 is refused more than kMaxAllocationBytes at a time, which its functions
/// report as any other error. To be called before it is started. What it asks for is the pusher's
/// choice: an object of a few bytes may be kept as a difference from one of a gigabyte.
void limit_allocations();

}  // namespace innergate::handlers::inspectors::git
