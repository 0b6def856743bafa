// libgit2 as a whole: started once, set up for repositories that belong to somebody else.
#pragma once

namespace innergate::handlers::inspectors::git {

/// Call it first, on any thread, any number of times. Throws a Failure when libgit2 cannot start.
void start_library();

}  // namespace innergate::handlers::inspectors::git
