#include "app/fastcgi/connection_set.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <utility>

namespace innergate::fastcgi {
namespace {

// Keys of what is in the epoll set besides connections. A connection's key has its serial, which is
// never 0, in the upper half.
constexpr std::uint64_t kListenerKey = 0;
constexpr std::uint64_t kEndKey = 1;
constexpr std::uint64_t kAcceptTimerKey = 2;
constexpr unsigned kSerialShift = 32;

// What a place holds instead of a serial.
constexpr std::uint32_t kHeld = 0;      // no connection, or one that a thread holds
constexpr std::uint32_t kReadable = 1;  // the same, and its next request was announced too early
constexpr std::uint32_t kFirstSerial = 2;

std::uint64_t key_of(AcceptedConnection connection) {
    return std::uint64_t{connection.serial} << kSerialShift |
           static_cast<std::uint32_t>(connection.descriptor);
}

AcceptedConnection connection_of(std::uint64_t key) {
    return {
        .descriptor = static_cast<int>(static_cast<std::uint32_t>(key)),
        .serial = static_cast<std::uint32_t>(key >> kSerialShift),
    };
}

std::error_code last_error() {
    return {errno, std::generic_category()};
}

Descriptor checked(int descriptor, const char* what) {
    if (descriptor < 0) {
        throw std::system_error{last_error(), what};
    }
    return Descriptor{descriptor};
}

Descriptor new_timer() {
    return checked(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "timerfd_create");
}

/// Fires once, after `delay`. A delay of 0 means at once, although 0 would disarm the timer.
void arm(const Descriptor& timer, std::chrono::nanoseconds delay) {
    delay = std::max(delay, std::chrono::nanoseconds{1});
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(delay);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = (delay - seconds).count();
    ::timerfd_settime(timer.get(), 0, &when, nullptr);
}

[[nodiscard]] bool control(
    const Descriptor& epoll, int operation, int descriptor, std::uint32_t events, std::uint64_t key
) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = key;
    return ::epoll_ctl(epoll.get(), operation, descriptor, &event) == 0;
}

/// How many descriptors this process can have. A table for far more than nginx opens is not worth
/// having.
std::size_t descriptor_limit() {
    constexpr rlim_t kMost = 65'536;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return kMost;
    }
    return std::min(limit.rlim_cur, kMost);
}

/// A peer that stops reading or writing in the middle of a request loses its connection. It does
/// not cost us a thread.
bool limit_blocking(int descriptor, std::chrono::milliseconds timeout) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const timeval limit{
        .tv_sec = seconds.count(),
        .tv_usec = std::chrono::microseconds{timeout - seconds}.count(),
    };
    return ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) == 0 &&
           ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) == 0;
}

/// Not worth a message: somebody else was faster, or the peer gave up while it was queued
/// (accept(2)).
bool is_passing(int error_number) {
    switch (error_number) {
        case EAGAIN:
        case EINTR:
        case ECONNABORTED:
        case EPROTO:
        case EPERM:
        case ENETDOWN:
        case ENETUNREACH:
        case EHOSTDOWN:
        case EHOSTUNREACH:
        case ENOPROTOOPT:
        case ENONET:
            return true;
        default:
            return false;
    }
}

}  // namespace

ConnectionSet::ConnectionSet(Descriptor listener, std::chrono::milliseconds io_timeout)
    : listener_(std::move(listener)),
      epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      end_timer_(new_timer()),
      accept_timer_(new_timer()),
      io_timeout_(io_timeout),
      idle_(descriptor_limit()) {
    const bool is_watched =
        control(epoll_, EPOLL_CTL_ADD, end_timer_.get(), EPOLLIN, kEndKey) &&
        control(epoll_, EPOLL_CTL_ADD, accept_timer_.get(), EPOLLIN, kAcceptTimerKey);
    if (!is_watched || !watch_listener()) {
        throw std::system_error{last_error(), "epoll_ctl"};
    }
}

ConnectionSet::~ConnectionSet() {
    close_idle();
}

ConnectionSet::Event ConnectionSet::wait() {
    bool has_ended = false;
    for (;;) {
        const std::optional<std::uint64_t> key = next_ready(has_ended ? 0 : -1);
        if (!key || key == kEndKey) {
            // A request that has already arrived is still answered. An end that was taken goes to
            // the back of the queue, so when it comes twice in a row, nothing else is waiting.
            if (has_ended) {
                return {.kind = EventKind::ended, .connection = {}};
            }
            has_ended = key.has_value();
        } else if (key == kAcceptTimerKey) {
            resume_accepting();
        } else if (key == kListenerKey) {
            if (!is_stopping_) {
                return {.kind = EventKind::connection_waiting, .connection = {}};
            }
            unwatch_listener();
        } else if (const AcceptedConnection connection = connection_of(*key);
                   take_readable(connection)) {
            return {.kind = EventKind::request_waiting, .connection = connection};
        }
    }
}

std::optional<std::uint64_t> ConnectionSet::next_ready(int timeout_ms) const {
    epoll_event event{};
    // Only one event at a time: a second one would wait behind the first while another thread is
    // free to take it.
    const int count = ::epoll_wait(epoll_.get(), &event, 1, timeout_ms);
    if (count == 1) {
        return std::uint64_t{event.data.u64};  // a copy: epoll_event is packed
    }
    if (count < 0 && errno != EINTR) {
        throw std::system_error{last_error(), "epoll_wait"};
    }
    return std::nullopt;
}

std::error_code ConnectionSet::accept_waiting() {
    for (int count = 0; count < kMostAtOnce; ++count) {
        const tl::expected<bool, std::error_code> is_accepted = accept();
        if (!is_accepted) {
            pause_accepting();
            return is_accepted.error();
        }
        if (!*is_accepted) {
            break;
        }
    }
    return {};
}

tl::expected<bool, std::error_code> ConnectionSet::accept() {
    // The connection is counted before we ask whether to stop, and stop() sets its flag before it
    // looks at the count. So one of the two sees the other, and no connection is accepted that
    // nobody waits for.
    ++open_connections_;
    if (is_stopping_) {
        forget();
        return false;
    }
    Descriptor accepted{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    std::error_code error;
    if (accepted.is_open()) {
        error = adopt(std::move(accepted));
    } else if (!is_passing(errno)) {
        error = last_error();
    } else {
        forget();
        return false;
    }
    if (error) {
        forget();
        return tl::unexpected(error);
    }
    return true;
}

std::error_code ConnectionSet::adopt(Descriptor accepted) {
    const int number = accepted.get();
    if (static_cast<std::size_t>(number) >= idle_.size()) {
        return std::make_error_code(std::errc::too_many_files_open);
    }
    if (!limit_blocking(number, io_timeout_)) {
        return last_error();
    }
    const AcceptedConnection connection{.descriptor = number, .serial = next_serial()};
    if (!watch(connection, EPOLL_CTL_ADD)) {
        return last_error();
    }
    accepted.release();
    if (has_successor_ || is_closed_) {
        leave(connection);
    }
    return {};
}

std::uint32_t ConnectionSet::next_serial() {
    for (;;) {
        if (const std::uint32_t serial = ++last_serial_; serial >= kFirstSerial) {
            return serial;
        }
    }
}

bool ConnectionSet::watch(AcceptedConnection connection, int operation) {
    std::atomic<std::uint32_t>& place = idle_[static_cast<std::size_t>(connection.descriptor)];
    for (;;) {
        // Whoever finds the connection idle may close it, and its descriptor may be another's by
        // then. So it is marked idle only when the system has been told.
        place = kHeld;
        const bool is_watched = control(
            epoll_, operation, connection.descriptor, EPOLLIN | EPOLLONESHOT, key_of(connection)
        );
        if (!is_watched) {
            return false;
        }
        std::uint32_t expected = kHeld;
        if (place.compare_exchange_strong(expected, connection.serial)) {
            return true;
        }
        // The event came in between and found it held. It is asked for again.
        operation = EPOLL_CTL_MOD;
    }
}

void ConnectionSet::leave(AcceptedConnection connection) {
    // If the connection is not taken yet, hand_over() or close_idle() has passed it by.
    if (!take(connection)) {
        return;
    }
    if (has_successor_) {
        pass_on(connection.descriptor);
    } else {
        ::close(connection.descriptor);
        forget();
    }
}

void ConnectionSet::rearm(AcceptedConnection connection) {
    if (has_successor_) {
        pass_on(connection.descriptor);
        return;
    }
    if (!watch(connection, EPOLL_CTL_MOD)) {
        ::close(connection.descriptor);
        forget();
    } else if (has_successor_) {
        leave(connection);
    }
}

void ConnectionSet::pass_on(int descriptor) {
    // Otherwise our set would watch it until it is closed.
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
    successor_->receive(Descriptor{descriptor});
    forget();
}

void ConnectionSet::receive(Descriptor connection) {
    if (has_successor_) {
        successor_->receive(std::move(connection));
        return;
    }
    ++open_connections_;
    if (adopt(std::move(connection))) {
        forget();
    }
}

bool ConnectionSet::take(AcceptedConnection connection) {
    std::uint32_t expected = connection.serial;
    return idle_[static_cast<std::size_t>(connection.descriptor)].compare_exchange_strong(
        expected, kHeld
    );
}

bool ConnectionSet::take_readable(AcceptedConnection connection) {
    std::atomic<std::uint32_t>& place = idle_[static_cast<std::size_t>(connection.descriptor)];
    for (;;) {
        if (take(connection)) {
            return true;
        }
        // Either the thread that watches it has not come to mark it idle, or somebody took it
        // without the event. The mark is right for the first and costs the second one call.
        std::uint32_t expected = kHeld;
        if (place.compare_exchange_strong(expected, kReadable) || expected != connection.serial) {
            return false;
        }
    }
}

bool ConnectionSet::take_idle(std::size_t number) {
    std::uint32_t serial = idle_[number];
    while (serial >= kFirstSerial) {
        if (idle_[number].compare_exchange_weak(serial, kHeld)) {
            return true;
        }
    }
    return false;
}

std::vector<AcceptedConnection> ConnectionSet::ready_connections() const {
    std::vector<AcceptedConnection> connections;
    std::vector<pollfd> asked;
    for (std::size_t number = 0; number < idle_.size(); ++number) {
        if (const std::uint32_t serial = idle_[number]; serial >= kFirstSerial) {
            const auto descriptor = static_cast<int>(number);
            connections.push_back({.descriptor = descriptor, .serial = serial});
            asked.push_back({.fd = descriptor, .events = POLLIN, .revents = 0});
        }
    }
    if (::poll(asked.data(), asked.size(), 0) <= 0) {
        return {};
    }
    std::vector<AcceptedConnection> ready;
    for (std::size_t index = 0; index < asked.size(); ++index) {
        if (asked[index].revents == POLLIN) {
            ready.push_back(connections[index]);
        }
    }
    return ready;
}

std::size_t ConnectionSet::waiting_connections() const {
    pollfd listener{.fd = listener_.get(), .events = POLLIN, .revents = 0};
    const bool has_new = ::poll(&listener, 1, 0) == 1;
    return ready_connections().size() + (has_new ? 1U : 0U);
}

void ConnectionSet::forget() {
    if (--open_connections_ == 0 && is_stopping_) {
        arm(end_timer_, {});
    }
}

void ConnectionSet::stop(std::chrono::milliseconds grace) {
    if (!is_stopping_) {
        begin_stop(grace);
    }
}

void ConnectionSet::hand_over(std::shared_ptr<ConnectionSet> successor) {
    if (is_stopping_) {
        return;
    }
    successor_ = std::move(successor);
    has_successor_ = true;
    for (std::size_t number = 0; number < idle_.size(); ++number) {
        if (take_idle(number)) {
            pass_on(static_cast<int>(number));
        }
    }
    // This comes last, because a thread that ends closes what is idle.
    begin_stop(std::chrono::milliseconds::zero());
}

void ConnectionSet::begin_stop(std::chrono::milliseconds grace) {
    // The timer is set before the flag. The end of the last connection sets it to "now", which must
    // not be overridden.
    arm(end_timer_, grace);
    is_stopping_ = true;
    unwatch_listener();
    if (open_connections_ == 0) {
        arm(end_timer_, {});
    }
}

void ConnectionSet::close_idle() {
    is_closed_ = true;
    for (std::size_t number = 0; number < idle_.size(); ++number) {
        if (take_idle(number)) {
            ::close(static_cast<int>(number));
            forget();
        }
    }
}

bool ConnectionSet::watch_listener() const {
    // Each connection wakes every set on the socket. EPOLLEXCLUSIVE would wake only one. If that
    // one stops, is killed or has all threads busy by then, nobody comes for the connection.
    return control(epoll_, EPOLL_CTL_ADD, listener_.get(), EPOLLIN, kListenerKey);
}

void ConnectionSet::unwatch_listener() const {
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
}

void ConnectionSet::pause_accepting() const {
    // The socket stays readable, so waiting for it again at once would spin.
    unwatch_listener();
    arm(accept_timer_, kAcceptPause);
}

void ConnectionSet::resume_accepting() const {
    std::uint64_t expirations = 0;
    const bool is_ours = ::read(accept_timer_.get(), &expirations, sizeof(expirations)) > 0;
    if (is_ours && !is_stopping_ && !watch_listener() && errno != EEXIST) {
        arm(accept_timer_, kAcceptPause);
    }
}

}  // namespace innergate::fastcgi
