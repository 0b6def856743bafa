// Where a request is being answered: by one of the few threads that every request passes through,
// or by one of those kept apart for slow work.
#pragma once

namespace innergate {

enum class Lane {
    fast,  ///< what takes long must not be done here: other requests wait
    slow,
};

}  // namespace innergate
