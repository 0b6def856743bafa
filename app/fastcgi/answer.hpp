// What a worker thread does with a request, as the program supplies it.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "app/http/request.hpp"
#include "app/http/response.hpp"
#include "app/lane.hpp"

namespace innergate::fastcgi {

/// Answers requests on one worker thread, and only there, so it may own what must not be shared,
/// such as a database session.
///
/// When it returns nothing instead of a response, the request needs the slow lane, and has a place
/// there by WorkerThread::reserve_slow_place(). A thread of that lane then answers it once more, so
/// nothing may have been done for it yet that must not be done twice.
using Answer = std::function<std::optional<http::Response>(const http::Request&)>;

/// The thread for which an Answer is made.
struct WorkerThread {
    unsigned index = 0;  ///< from 0; those of the slow lane follow the others
    Lane lane = Lane::fast;
    /// An Answer on the fast lane calls it as its last act before it returns nothing. Says whether
    /// the slow lane takes the request. False: the lane is full, or there is none.
    std::function<bool()> reserve_slow_place;
};

/// Called once per thread, on that thread.
using AnswerFactory = std::function<Answer(const WorkerThread&)>;

/// Told, on a worker thread, of what no client can see: a connection that cannot be accepted, an
/// exception that escaped from an Answer. Must be thread-safe.
using OnFault = std::function<void(std::string_view)>;

}  // namespace innergate::fastcgi
