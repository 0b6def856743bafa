// What ThreadSanitizer is told to overlook in the programs this file is linked into.

// ThreadSanitizer takes note of EPOLL_CTL_ADD, but not of EPOLL_CTL_MOD. A connection given back by
// one thread and served and closed by the next looks to it as if both used the descriptor at the
// same time; the kernel delivers the event only after the call that armed it has found its file.
//
// The name is the sanitizer's, not ours.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
// NOLINTBEGIN(readability-identifier-naming)
extern "C" const char* __tsan_default_suppressions() {
    return "race:innergate::fastcgi::ConnectionSet::rearm\n";
}
// NOLINTEND(readability-identifier-naming)
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
