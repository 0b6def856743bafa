#include "app/log/stream.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <utility>

#include "app/log/line.hpp"

namespace innergate::log {
namespace {

using std::chrono::milliseconds;

using Steady = std::chrono::steady_clock;

/// How long the end of the process may wait for the reader.
constexpr milliseconds kLastPatience{100};
/// How often the thread looks for room: less and less often while it finds none.
constexpr milliseconds kRetryPeriod{50};
constexpr milliseconds kLongestRetryPeriod{1000};
constexpr milliseconds kLastRetryPeriod{5};
constexpr milliseconds kForEver{-1};

constexpr std::size_t most_lines(LineKind kind) {
    return kind == LineKind::audit ? Backlog::kMostLines : Backlog::kMostLines / 4 * 3;
}

constexpr std::size_t index_of(LineKind kind) {
    return static_cast<std::size_t>(kind);
}

void ignore(int signal) {
    struct sigaction action {};
    action.sa_handler = SIG_IGN;
    ::sigaction(signal, &action, nullptr);
}

}  // namespace

std::string_view to_string(LineKind kind) {
    switch (kind) {
        case LineKind::request:
            return "request";
        case LineKind::other:
            return "other";
        case LineKind::audit:
            return "audit";
    }
    return {};
}

Stream::Stream(int descriptor, std::string pool, const Clock& clock)
    : pool_(std::move(pool)),
      clock_(clock),
      output_(descriptor),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      retry_period_(kRetryPeriod) {
    if (!wake_.is_open()) {
        throw std::system_error{errno, std::generic_category(), "eventfd"};
    }
    ignore(SIGPIPE);
    ignore(SIGXFSZ);
    drainer_ = std::thread{[this] { drain(); }};
}

Stream::~Stream() {
    is_ending_ = true;
    wake();
    drainer_.join();
}

void Stream::write(std::string_view line, LineKind kind) {
    if (!is_clogged_ && write_now(line)) {
        return;
    }
    clog();
    if (kind == LineKind::request || !backlog_.add(line, most_lines(kind))) {
        dropped_.at(index_of(kind)).fetch_add(1);
    }
    clog();  // again: the thread may have found nothing to do in between
}

bool Stream::write_now(std::string_view line) {
    const Attempt attempt = output_.write(line);
    return attempt == Attempt::written || (attempt == Attempt::no_room && wait_and_write(line));
}

bool Stream::wait_and_write(std::string_view line) {
    const Steady::time_point start = Steady::now();
    const Steady::time_point end = start + patience_.begin(start);
    Steady::time_point now = start;
    Attempt attempt = Attempt::no_room;
    while (attempt == Attempt::no_room && now < end && !is_clogged_) {
        output_.wait_for_room(end);
        attempt = output_.write(line);
        now = Steady::now();
    }
    patience_.end(now - start, attempt == Attempt::written, now);
    return attempt == Attempt::written;
}

Stream::Dropped Stream::dropped() const {
    Dropped counts{};
    for (const LineKind kind : kLineKinds) {
        counts.at(index_of(kind)) = dropped_.at(index_of(kind)).load();
    }
    return counts;
}

void Stream::clog() {
    if (!is_clogged_ && !is_clogged_.exchange(true)) {
        wake();
    }
}

void Stream::wake() const {
    ::eventfd_write(wake_.get(), 1);
}

void Stream::wait_for_wake(milliseconds most) const {
    pollfd woken{.fd = wake_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&woken, 1, static_cast<int>(most.count())) == 1) {
        eventfd_t count = 0;
        ::eventfd_read(wake_.get(), &count);
    }
}

void Stream::drain() {
    // Signals belong to the main program.
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
    while (!is_ending_) {
        if (!is_clogged_ || drain_once()) {
            retry_period_ = kRetryPeriod;
            wait_for_wake(kForEver);
        } else {
            wait_for_wake(retry_period_);
            retry_period_ = std::min(2 * retry_period_, kLongestRetryPeriod);
        }
    }
    write_last_words();
}

bool Stream::drain_once() {
    if (!write_waiting() || !output_.is_drained() || !tell_dropped()) {
        return false;
    }
    is_clogged_ = false;
    // A line that was added before that is left to this thread. A thread that adds one afterwards
    // wakes this thread.
    if (backlog_.is_empty() && dropped() == told_) {
        return true;
    }
    is_clogged_ = true;
    return false;
}

bool Stream::write_if_whole(std::string_view line) {
    return output_.may_take_line() && output_.write(line) == Attempt::written;
}

bool Stream::write_waiting() {
    backlog_.move_to(waiting_);
    for (; !waiting_.empty(); waiting_.pop_front()) {
        if (!write_if_whole(waiting_.front())) {
            return false;
        }
        backlog_.forget_one();
        retry_period_ = kRetryPeriod;
    }
    return true;
}

bool Stream::tell_dropped() {
    const Dropped now = dropped();
    if (now == told_) {
        return true;
    }
    const auto since = [this, &now](LineKind kind) {
        return now.at(index_of(kind)) - told_.at(index_of(kind));
    };
    std::string text;
    const LineHead head{
        .time = clock_.now(),
        .severity = "error",
        .event = "lines_dropped",
        .pool = pool_,
    };
    write_line(text, head, [&since](Line& line) {
        line.number(fields::kDroppedRequests, since(LineKind::request));
        line.number(fields::kDroppedOther, since(LineKind::other));
        line.number(fields::kDroppedAudit, since(LineKind::audit));
        line.text(fields::kMessage, "lines of the log were dropped because it took no more");
    });
    if (!write_if_whole(text)) {
        return false;
    }
    told_ = now;
    return true;
}

void Stream::write_last_words() {
    if (!is_clogged_) {
        return;
    }
    const Steady::time_point end = Steady::now() + kLastPatience;
    while (!(write_waiting() && tell_dropped()) && Steady::now() < end) {
        wait_for_wake(kLastRetryPeriod);
    }
}

}  // namespace innergate::log
