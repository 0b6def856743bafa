#include "app/auth/jwt_claims.hpp"

#include <cmath>
#include <cstddef>

#include "app/decimal.hpp"

namespace innergate::auth {
namespace {

/// Tells of an object's members what a token needs of them. The parser's limits and refusals are
/// those of all JSON here.
class Members : public json::Events {
public:
    /// False: the text is no object, or no JSON within the limits.
    [[nodiscard]] bool read(std::string_view text) {
        return json::parse_events(text, kJwtLimits, *this).has_value() && is_object_;
    }

    bool null(std::size_t /*offset*/) final { return true; }
    bool boolean(bool /*value*/, std::size_t /*offset*/) final { return true; }
    bool number(std::string_view text, std::size_t /*offset*/) final {
        if (depth_ == 1) {
            member_is_number(text);
        }
        return true;
    }
    bool string(std::string_view text, std::size_t /*offset*/) final {
        if (depth_ == 1) {
            member_is_text(text);
        } else if (depth_ == 2 && is_list_) {
            member_has_text(text);
        }
        return true;
    }
    bool key(std::string_view name, std::size_t /*offset*/) final {
        if (depth_ == 1) {
            begin_member(name);
        }
        return true;
    }
    bool start_object(std::size_t /*offset*/) final {
        is_object_ = is_object_ || depth_ == 0;
        ++depth_;
        return true;
    }
    bool end_object(std::size_t /*offset*/) final { return leave(); }
    bool start_array(std::size_t /*offset*/) final {
        is_list_ = is_list_ || depth_ == 1;
        ++depth_;
        return true;
    }
    bool end_array(std::size_t /*offset*/) final { return leave(); }

protected:
    /// The next calls, until the next of this one, are about this member. It counts instead of an
    /// earlier one that has its name.
    virtual void begin_member(std::string_view name) = 0;
    virtual void member_is_text(std::string_view text) = 0;
    virtual void member_is_number(std::string_view /*text*/) {}
    virtual void member_has_text(std::string_view /*text*/) {}

private:
    bool leave() {
        --depth_;
        is_list_ = is_list_ && depth_ > 1;
        return true;
    }

    std::size_t depth_ = 0;
    bool is_object_ = false;  ///< the whole text is one
    bool is_list_ = false;    ///< within a member that is one
};

class HeaderMembers final : public Members {
public:
    [[nodiscard]] JwtHeaderMembers found() const { return found_; }

private:
    void begin_member(std::string_view name) override {
        is_algorithm_ = name == "alg";
        found_.is_hs256 = found_.is_hs256 && !is_algorithm_;
        found_.has_critical = found_.has_critical || name == "crit";
    }
    void member_is_text(std::string_view text) override {
        if (is_algorithm_) {
            found_.is_hs256 = text == "HS256";
        }
    }

    bool is_algorithm_ = false;
    JwtHeaderMembers found_;
};

/// A NumericDate (RFC 7519, section 2): seconds, a fraction allowed.
std::optional<double> numeric_date(std::string_view number) {
    const auto seconds = parse_decimal<double>(number);
    return seconds && std::isfinite(*seconds) ? seconds : std::nullopt;
}

class ClaimsMembers final : public Members {
public:
    ClaimsMembers(std::string_view issuer, std::string_view audience)
        : issuer_(issuer), audience_(audience) {}

    [[nodiscard]] JwtClaims found() const { return found_; }

private:
    enum class Claim { other, issuer, audience, expires, starts };

    void begin_member(std::string_view name) override {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        claim_ = Claim::other;
        if (name == "iss") {
            claim_ = Claim::issuer;
            found_.is_from_issuer = false;
        } else if (name == "aud") {
            claim_ = Claim::audience;
            found_.is_for_audience = false;
        } else if (name == "exp") {
            claim_ = Claim::expires;
            found_.times.expires = -kInfinity;
        } else if (name == "nbf") {
            claim_ = Claim::starts;
            found_.times.starts = kInfinity;
        }
    }
    void member_is_text(std::string_view text) override {
        if (claim_ == Claim::issuer) {
            found_.is_from_issuer = text == issuer_;
        } else {
            member_has_text(text);
        }
    }
    void member_has_text(std::string_view text) override {
        if (claim_ == Claim::audience && text == audience_) {
            found_.is_for_audience = true;
        }
    }
    void member_is_number(std::string_view text) override {
        if (claim_ == Claim::expires) {
            found_.times.expires = numeric_date(text).value_or(found_.times.expires);
        } else if (claim_ == Claim::starts) {
            found_.times.starts = numeric_date(text).value_or(found_.times.starts);
        }
    }

    std::string_view issuer_;
    std::string_view audience_;
    Claim claim_ = Claim::other;
    JwtClaims found_;
};

}  // namespace

std::optional<JwtHeaderMembers> read_jwt_header(std::string_view object) {
    HeaderMembers members;
    return members.read(object) ? std::optional{members.found()} : std::nullopt;
}

std::optional<JwtClaims> read_jwt_claims(
    std::string_view object, std::string_view issuer, std::string_view audience
) {
    ClaimsMembers members{issuer, audience};
    return members.read(object) ? std::optional{members.found()} : std::nullopt;
}

tl::expected<void, std::string> check_times(
    const JwtTimes& times, Timestamp now, std::chrono::seconds leeway
) {
    const double now_seconds = std::chrono::duration<double>(now.time_since_epoch()).count();
    const auto slack = static_cast<double>(leeway.count());
    if (now_seconds >= times.expires + slack) {
        return tl::unexpected(std::string{"expired"});
    }
    if (times.starts > now_seconds + slack) {
        return tl::unexpected(std::string{"not valid yet"});
    }
    return {};
}

}  // namespace innergate::auth
