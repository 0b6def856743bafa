#include "handlers/inspectors/git/allocator.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <git2.h>
#include <git2/sys/alloc.h>

#include "handlers/inspectors/git/failure.hpp"
#include "handlers/inspectors/git/limits.hpp"

namespace innergate::handlers::inspectors::git {
namespace {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): libgit2 is C, and frees what it was given.

void* refuse() {
    (void)git_error_set_str(GIT_ERROR_NOMEMORY, "an object is too large to be looked at");
    return nullptr;
}

/// libgit2 takes null for a failure, even if no bytes were wanted.
std::size_t at_least_one(std::size_t bytes) {
    return std::max<std::size_t>(bytes, 1);
}

void* allocate(std::size_t bytes, const char* /*file*/, int /*line*/) {
    return bytes > kMaxAllocationBytes ? refuse() : std::malloc(at_least_one(bytes));
}

void* reallocate(void* memory, std::size_t bytes, const char* /*file*/, int /*line*/) {
    return bytes > kMaxAllocationBytes ? refuse() : std::realloc(memory, at_least_one(bytes));
}

/// Answers more than is allowed if the product is too large to count.
std::size_t bytes_of(std::size_t count, std::size_t size) {
    std::size_t bytes = 0;
    return __builtin_mul_overflow(count, size, &bytes) ? kMaxAllocationBytes + 1 : bytes;
}

void* allocate_array(std::size_t count, std::size_t size, const char* file, int line) {
    return allocate(bytes_of(count, size), file, line);
}

void* reallocate_array(
    void* memory, std::size_t count, std::size_t size, const char* file, int line
) {
    return reallocate(memory, bytes_of(count, size), file, line);
}

void* allocate_zeros(std::size_t count, std::size_t size, const char* /*file*/, int /*line*/) {
    const std::size_t bytes = bytes_of(count, size);
    return bytes > kMaxAllocationBytes ? refuse() : std::calloc(at_least_one(bytes), 1);
}

char* copy_bytes(const char* text, std::size_t length, const char* file, int line) {
    auto* const copy = static_cast<char*>(allocate(length + 1, file, line));
    if (copy != nullptr) {
        std::memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

char* copy_text(const char* text, const char* file, int line) {
    return copy_bytes(text, std::strlen(text), file, line);
}

char* copy_text_up_to(const char* text, std::size_t limit, const char* file, int line) {
    return copy_bytes(text, ::strnlen(text, limit), file, line);
}

void release(void* memory) {
    std::free(memory);
}

// NOLINTEND(cppcoreguidelines-no-malloc)

}  // namespace

void limit_allocations() {
    git_allocator limited{
        .gmalloc = allocate,
        .gcalloc = allocate_zeros,
        .gstrdup = copy_text,
        .gstrndup = copy_text_up_to,
        .gsubstrdup = copy_bytes,
        .grealloc = reallocate,
        .greallocarray = reallocate_array,
        .gmallocarray = allocate_array,
        .gfree = release};
    require(git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &limited), "allocator");
}

}  // namespace innergate::handlers::inspectors::git
