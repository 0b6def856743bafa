// A shared secret in memory: wiped when it goes, never printed.
#pragma once

#include <string>
#include <string_view>

namespace innergate::auth {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
    Secret(const Secret&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&&) noexcept = default;
    ~Secret();

    /// An unset secret matches nothing and signs nothing: code that needs it refuses.
    [[nodiscard]] bool is_set() const { return !bytes_.empty(); }
    /// Constant time. False when unset.
    [[nodiscard]] bool matches(std::string_view candidate) const;
    /// For the cryptographic functions that need the bytes; never for output.
    [[nodiscard]] std::string_view reveal() const { return bytes_; }

private:
    std::string bytes_;
};

/// The database key base as a type of its own, so that no handler gets another secret in its place.
struct DbKeyBase {
    const Secret& secret;
};

}  // namespace innergate::auth
