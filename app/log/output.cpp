#include "app/log/output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace innergate::log {
namespace {

bool is_ready(int descriptor) {
    pollfd writable{.fd = descriptor, .events = POLLOUT, .revents = 0};
    return ::poll(&writable, 1, 0) == 1 && (writable.revents & POLLOUT) != 0;
}

/// A pipe of this thread's own, through which a line gets into another pipe without waiting.
struct Carrier {
    Descriptor reader;
    Descriptor writer;
};

Carrier make_carrier() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return {};
    }
    return {.reader = Descriptor{ends[0]}, .writer = Descriptor{ends[1]}};
}

/// Like write(2), for a pipe that is set to wait. poll() would not do: of two threads that see the
/// last room, one would wait.
ssize_t write_through_carrier(std::string_view text, int pipe) {
    thread_local const Carrier carrier = make_carrier();
    if (::write(carrier.writer.get(), text.data(), text.size()) < 0) {
        return -1;
    }
    // What a pipe takes in one piece stands on one page, and pages are handed on whole.
    const ssize_t moved =
        ::splice(carrier.reader.get(), nullptr, pipe, nullptr, text.size(), SPLICE_F_NONBLOCK);
    if (moved < 0) {
        const int reason = errno;
        std::array<char, kMaxLineBytes> discarded{};
        while (::read(carrier.reader.get(), discarded.data(), discarded.size()) > 0) {
        }
        errno = reason;
    }
    return moved;
}

bool can_wait_for(int error) {
    return error == EAGAIN || error == ENOBUFS;
}

}  // namespace

Output::Output(int descriptor) : descriptor_(descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return;
    }
    if (S_ISSOCK(status.st_mode)) {
        kind_ = Kind::socket;
        return;
    }
    if (!S_ISFIFO(status.st_mode) && !S_ISCHR(status.st_mode)) {
        kind_ = Kind::file;
        return;
    }
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    opened_anew_ =
        Descriptor{::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_APPEND | O_CLOEXEC)};
    if (opened_anew_.is_open()) {
        descriptor_ = opened_anew_.get();
        kind_ = Kind::opened_anew;
    } else {
        // It belongs to somebody else, or there is no /proc.
        kind_ = S_ISFIFO(status.st_mode) ? Kind::borrowed_pipe : Kind::borrowed_device;
    }
}

ssize_t Output::put(std::string_view text) const {
    switch (kind_) {
        case Kind::nothing:
            errno = EBADF;
            return -1;
        case Kind::socket:
            return ::send(descriptor_, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        case Kind::borrowed_pipe:
            return write_through_carrier(text, descriptor_);
        case Kind::borrowed_device:
            if (!is_ready(descriptor_)) {
                errno = EAGAIN;
                return -1;
            }
            [[fallthrough]];
        case Kind::opened_anew:
        case Kind::file:
            return ::write(descriptor_, text.data(), text.size());
    }
    return -1;
}

Attempt Output::write(std::string_view line) {
    if (is_torn_.load(std::memory_order_relaxed) && is_torn_.exchange(false) && put("\n") != 1) {
        is_torn_ = true;
        return Attempt::failed;
    }
    for (;;) {
        const ssize_t count = put(line);
        if (count == static_cast<ssize_t>(line.size())) {
            return Attempt::written;
        }
        if (count > 0) {
            take_back(static_cast<std::size_t>(count));
            return Attempt::failed;
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        return count < 0 && can_wait_for(errno) ? Attempt::no_room : Attempt::failed;
    }
}

void Output::take_back(std::size_t bytes) {
    const auto count = static_cast<off_t>(bytes);
    struct stat status {};
    // The disk is full, so nobody else has added anything to the file meanwhile.
    if (kind_ != Kind::file || ::fstat(descriptor_, &status) != 0 || status.st_size < count ||
        ::ftruncate(descriptor_, status.st_size - count) != 0) {
        is_torn_ = true;
        return;
    }
    if ((::fcntl(descriptor_, F_GETFL) & O_APPEND) == 0) {
        ::lseek(descriptor_, -count, SEEK_CUR);
    }
}

void Output::wait_for_room(std::chrono::steady_clock::time_point until) const {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd writable{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    ::poll(
        &writable, 1, static_cast<int>(std::max(left.count(), std::chrono::milliseconds::rep{}))
    );
}

bool Output::may_take_line() const {
    struct stat status {};
    if (kind_ != Kind::file || ::fstat(descriptor_, &status) != 0) {
        return true;
    }
    rlimit limit{};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        static_cast<rlim_t>(status.st_size) + kMaxLineBytes > limit.rlim_cur) {
        return false;
    }
    return ::fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, status.st_size, off_t{kMaxLineBytes}) ==
               0 ||
           (errno != ENOSPC && errno != EDQUOT);
}

bool Output::is_drained() const {
    const int capacity = ::fcntl(descriptor_, F_GETPIPE_SZ);
    int used = 0;
    if (capacity > 0 && ::ioctl(descriptor_, FIONREAD, &used) == 0 && used > capacity / 2) {
        return false;
    }
    return kind_ == Kind::file || is_ready(descriptor_);
}

void write_text(int descriptor, std::string_view text) {
    constexpr std::chrono::milliseconds kPatience{100};
    Output output{descriptor};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!text.empty()) {
        const std::size_t line_end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view line = text.substr(0, std::min(line_end, kMaxLineBytes));
        const Attempt attempt = output.write(line);
        if (attempt == Attempt::written) {
            text.remove_prefix(line.size());
        } else if (attempt == Attempt::failed || std::chrono::steady_clock::now() >= end) {
            return;
        } else {
            output.wait_for_room(end);
        }
    }
}

}  // namespace innergate::log
