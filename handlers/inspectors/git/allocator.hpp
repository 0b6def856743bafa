// libgit2's memory.
#pragma once

namespace innergate::handlers::inspectors::git {

/// From now on libgit2 is refused more than kMaxAllocationBytes at a time. Its functions report
/// that as any other error. Call this before libgit2 is started. The pusher chooses what libgit2
/// asks for: an object of a few bytes may be kept as a difference from one of a gigabyte.
void limit_allocations();

}  // namespace innergate::handlers::inspectors::git
