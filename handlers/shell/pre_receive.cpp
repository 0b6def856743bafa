#include "handlers/shell/pre_receive.hpp"

#include "app/db/errors.hpp"

namespace innergate::handlers::shell {

ReferenceCounterIncrease pre_receive(
    const PreReceiveRequest& request, PushStore& pushes, const Clock& clock
) {
    try {
        pushes.begin(request.gl_repository, clock.now());
    } catch (const db::QueryError& error) {
        return {.is_increased = false, .log_detail = error.what()};
    }
    return {.is_increased = true, .log_detail = {}};
}

}  // namespace innergate::handlers::shell
