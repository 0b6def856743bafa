#include "app/fastcgi/body_reader.hpp"

#include <algorithm>
#include <limits>

#include "app/fastcgi/refusals.hpp"

namespace innergate::fastcgi {
namespace {

/// Each step is as large as all before it together. Nearly all bodies are small, and many requests
/// have none, but the buffer is zeroed before it is read into.
constexpr std::size_t kFirstReadStep = std::size_t{2} * 1024;
constexpr std::size_t kLargestReadStep = std::size_t{64} * 1024;
/// A thread that has seen one huge body does not hold on to the memory.
constexpr std::size_t kKeptBufferBytes = std::size_t{256} * 1024;

/// If there are fewer bytes than asked for, the stream has ended, well or badly.
std::size_t get(char* target, std::size_t size, FCGX_Stream* stream) {
    return static_cast<std::size_t>(FCGX_GetStr(target, static_cast<int>(size), stream));
}

tl::unexpected<Error> too_large() {
    return request_failure(ErrorCode::payload_too_large, std::string{kContentTooLargeText});
}

}  // namespace

void BodyReader::begin(FCGX_Stream* stream, std::size_t max_body_bytes) {
    stream_ = stream;
    max_body_bytes_ = max_body_bytes;
    content_length_.reset();
    result_.reset();
    buffer_.clear();
    if (buffer_.capacity() > kKeptBufferBytes) {
        buffer_.shrink_to_fit();
    }
}

Result<std::string_view> BodyReader::read(std::size_t max_bytes) {
    if (!result_) {
        result_ = read_all(std::min(max_bytes, max_body_bytes_));
    }
    if (*result_ && (*result_)->size() > max_bytes) {
        return too_large();
    }
    return *result_;
}

Result<std::string_view> BodyReader::read_all(std::size_t max_bytes) {
    if (content_length_ && *content_length_ > max_bytes) {
        return too_large();
    }
    const std::size_t expected_bytes = content_length_.value_or(max_bytes);
    // One byte more than expected shows that a body is too long, and makes libfcgi read the end
    // record. The buffer grows with what arrives, not with what is announced.
    const std::size_t wanted_bytes = expected_bytes == std::numeric_limits<std::size_t>::max()
                                         ? expected_bytes
                                         : expected_bytes + 1;
    bool at_end = false;
    std::size_t received_bytes = 0;
    while (!at_end && received_bytes < wanted_bytes) {
        const std::size_t step = std::min(
            {wanted_bytes - received_bytes,
             std::max(kFirstReadStep, received_bytes),
             kLargestReadStep}
        );
        buffer_.resize(received_bytes + step);
        const std::size_t count = get(buffer_.data() + received_bytes, step, stream_);
        received_bytes += count;
        at_end = count < step;
    }
    buffer_.resize(received_bytes);
    if (FCGX_GetError(stream_) != 0) {
        return request_failure(
            ErrorCode::bad_request, "400 Bad Request", "connection failed while reading the body"
        );
    }
    if (content_length_ && received_bytes != *content_length_) {
        return request_failure(
            ErrorCode::bad_request,
            "400 Bad Request",
            "body length differs from the announced length"
        );
    }
    if (received_bytes > max_bytes) {
        return too_large();
    }
    return std::string_view{buffer_};
}

void BodyReader::retain() {
    static_cast<void>(read(max_body_bytes_));
    static_cast<void>(drain());
}

bool BodyReader::drain() {
    for (std::size_t total = 0; total < kMaxDrainBytes; total += discarded_.size()) {
        if (get(discarded_.data(), discarded_.size(), stream_) < discarded_.size()) {
            return FCGX_GetError(stream_) == 0;
        }
    }
    return false;
}

}  // namespace innergate::fastcgi
