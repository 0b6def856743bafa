-- What wrk sends in scripts/drill: the requests named on its command line, one after the other.
--   wrk … -- TOKEN NAME…
-- INNERGATE_LOAD_PAUSE in the environment: milliseconds that each connection waits before each request.

local pause = tonumber(os.getenv("INNERGATE_LOAD_PAUSE"))
local bodies = {
    allowed = '{"key_id":"7","action":"git-upload-pack","project":"group1/first","changes":"_any","protocol":"ssh"}',
    two_factor_config = '{"key_id":7}',
    pre_receive = '{"gl_repository":"project-3"}',
}
local paths = {
    allowed = "/api/v4/internal/allowed",
    check = "/api/v4/internal/check",
    discover = "/api/v4/internal/discover?key_id=7",
    two_factor_config = "/api/v4/internal/two_factor_config",
    pre_receive = "/api/v4/internal/pre_receive",
    subscription = "/api/v4/namespaces/1234/gitlab_subscription",
}
local requests, next_one = {}, 0

function init(arguments)
    local token = table.remove(arguments, 1)
    for _, name in ipairs(arguments) do
        local headers = { ["Content-Type"] = "application/json" }
        headers[name == "subscription" and "Private-Token" or "Gitlab-Shell-Api-Request"] = token
        local method = bodies[name] and "POST" or "GET"
        table.insert(requests, wrk.format(method, paths[name], headers, bodies[name]))
    end
end

function request()
    next_one = next_one % #requests + 1
    return requests[next_one]
end

-- wrk waits whenever there is such a function.
if pause then
    function delay()
        return pause
    end
end

-- For programs: requests, failures, p50 and p99 in microseconds.
function done(summary, latency)
    local errors = summary.errors
    local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("RESULT %d %d %d %d\n", summary.requests, failures, latency:percentile(50), latency:percentile(99)))
end
