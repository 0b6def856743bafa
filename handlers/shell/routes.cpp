#include "handlers/shell/routes.hpp"

#include <array>

#include "app/auth/shell_jwt.hpp"
#include "handlers/shell/allowed.hpp"
#include "handlers/shell/authorized_certs.hpp"
#include "handlers/shell/authorized_keys.hpp"
#include "handlers/shell/check.hpp"
#include "handlers/shell/discover.hpp"
#include "handlers/shell/lfs_authenticate.hpp"
#include "handlers/shell/personal_access_token.hpp"
#include "handlers/shell/post_receive.hpp"
#include "handlers/shell/pre_receive.hpp"
#include "handlers/shell/two_factor_config.hpp"
#include "handlers/shell/two_factor_otp_check.hpp"
#include "handlers/shell/two_factor_recovery_codes.hpp"

namespace innergate::handlers::shell {
namespace {

using routing::Answer;
using routing::operation;
using routing::Route;

constexpr std::array kCheckAnswers{
    Answer{
        200,
        "Always; `redis` is false while the database is out of reach.",
        R"({"api_version":"v4","gitlab_version":"17.11.0","gitlab_rev":"innergate","redis":true})",
    },
};
constexpr std::array kDiscoverAnswers{
    Answer{
        200,
        "The user; the body is `null` when nobody is selected.",
        R"({"id":7,"name":"Dede Eichmann","username":"rubi"})",
    },
};
constexpr std::array kAuthorizedKeysAnswers{
    Answer{
        200,
        "The key is known.",
        R"json({"id":11,"title":"admin@example.com","key":"ssh-rsa AAAA Jane Doe (gitlab.example.com)",)json"
        R"json("created_at":"2019-06-27T15:29:02.219Z","expires_at":null,)json"
        R"json("usage_type":"auth_and_signing"})json",
    },
    Answer{
        404, "Unknown key, part of a key, or no key at all.", R"({"message":"404 Key Not Found"})"},
};
constexpr std::array kAuthorizedCertsAnswers{
    Answer{
        200,
        "The authority may vouch for the user.",
        R"({"success":true,"namespace":"gitlab-org","username":"root"})",
    },
    Answer{
        404, "Unknown authority, or not a member of its group.", R"({"message":"User Not Found"})"},
    Answer{
        403,
        "The user belongs to another group's enterprise.",
        R"({"message":"Not an Enterprise User of the group"})",
    },
};
constexpr std::array kLfsAuthenticateAnswers{
    Answer{
        200,
        "The repository takes LFS, and the key or user is known.",
        R"({"username":"root","lfs_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln",)"
        R"("repository_http_path":"https://gitlab.example.com/gnuwget/wget2.git","expires_in":1800})",
    },
    Answer{
        404,
        "No such repository, a snippet, or LFS is off; with a lower-case f, nobody is selected.",
        R"({"message":"404 Not Found"})",
    },
};
constexpr std::array kRecoveryCodesAnswers{
    Answer{
        200,
        "Ten new codes, or with `success` false a `message` that says why there are none.",
        R"({"success":true,"recovery_codes":["d93ee7037944afd5","19d7b84862de93dd"]})",
    },
};
constexpr std::array kPersonalAccessTokenAnswers{
    Answer{
        200,
        "The new token, or with `success` false a `message` that says why there is none.",
        R"({"success":true,"token":"glpat-Hf_79B288hRv_3-TSD1R","scopes":["read_user"],)"
        R"("expires_at":"2020-07-24"})",
    },
};
constexpr std::array kOtpCheckAnswers{
    Answer{200, "Always.", R"({"success":false,"message":"Feature is not available"})"},
};
constexpr std::array kTwoFactorConfigAnswers{
    Answer{200, "Always.", R"({"success":false})"},
};
constexpr std::array kPreReceiveAnswers{
    Answer{
        200,
        "`false` when the counter could not be kept: the push must not go on.",
        R"({"reference_counter_increased":true})",
    },
};
constexpr std::array kPostReceiveAnswers{
    Answer{
        200,
        "The push is counted as done, its job queued; the messages are for the person who pushed.",
        R"({"messages":[{"message":"Hello from post-receive","type":"alert"}],)"
        R"("reference_counter_decreased":true})",
    },
};

constexpr std::array kAllowedAnswers{
    Answer{
        200,
        "Go on, with this repository.",
        R"({"status":true,"gl_repository":"project-3","gl_project_path":"gnuwget/wget2","gl_project_id":3,)"
        R"("gl_root_namespace_id":2,"gl_id":"user-1","gl_username":"root","gl_key_type":"key","gl_key_id":11,)"
        R"("git_config_options":["uploadpack.allowFilter=true","uploadpack.allowAnySHA1InWant=true"],)"
        R"("gitaly":{"repository":{"storage_name":"default",)"
        R"("relative_path":"@hashed/4e/07/4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce.git",)"
        R"("git_object_directory":"","git_alternate_object_directories":[],"gl_repository":"project-3",)"
        R"("gl_project_path":"gnuwget/wget2"},"address":"unix:/var/opt/gitlab/gitaly/gitaly.socket",)"
        R"("token":null,"features":{}},"gl_console_messages":[],"need_audit":false})",
    },
    Answer{
        401,
        "Refused, with a text for the person at the terminal; also without a valid token.",
        R"({"status":false,"message":"You are not allowed to push code to this project."})",
    },
    Answer{
        404,
        "No such repository, as far as this actor may know.",
        R"({"status":false,"message":"The project you were looking for could not be found or you )"
        R"(don't have permission to view it."})",
    },
    Answer{
        422,
        "The project that the push would create cannot be created.",
        R"({"status":false,"message":"Could not create project: Path has already been taken"})",
    },
    Answer{
        429,
        "Too many calls about one project within a minute.",
        R"({"message":{"error":"This endpoint has been requested too many times. Try again later."}})",
    },
    Answer{
        503,
        "The 50 s that a check may take are over; the message says what took long.",
        R"({"status":false,"message":"Push operation timed out\n\nTiming information for debugging )"
        R"(purposes:\nRunning checks for ref: main"})",
    },
};

constexpr std::array kRows{
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/allowed",
        .auth = auth::kShellJwt,
        .operation = operation<allowed, kAllowedParams>,
        .summary = "Ask whether a key or user may fetch from or push to a repository",
        .answers = kAllowedAnswers,
        .max_body_bytes = routing::kAnyBody,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/check",
        .auth = auth::kShellJwt,
        .operation = operation<check>,
        .summary = "Get information about this instance",
        .answers = kCheckAnswers,
        .is_about_health = true,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/discover",
        .auth = auth::kShellJwt,
        .operation = operation<discover, kActorParams>,
        .summary = "Get the user for a key, an id or a name",
        .answers = kDiscoverAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/authorized_keys",
        .auth = auth::kShellJwt,
        .operation = operation<authorized_keys, kAuthorizedKeysParams>,
        .summary = "Look up a public key",
        .answers = kAuthorizedKeysAnswers,
    },
    Route{
        .method = http::Method::get,
        .pattern = "/api/v4/internal/authorized_certs",
        .auth = auth::kShellJwt,
        .operation = operation<authorized_certs, kAuthorizedCertsParams>,
        .summary = "Look up a certificate authority and the user it vouches for",
        .answers = kAuthorizedCertsAnswers,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/lfs_authenticate",
        .auth = auth::kShellJwt,
        .operation = operation<lfs_authenticate, kLfsAuthenticateParams>,
        .summary = "Get credentials for Git LFS over HTTP",
        .answers = kLfsAuthenticateAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/two_factor_recovery_codes",
        .auth = auth::kShellJwt,
        .operation = operation<two_factor_recovery_codes, kActorParams>,
        .summary = "Replace the recovery codes of a user",
        .answers = kRecoveryCodesAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/personal_access_token",
        .auth = auth::kShellJwt,
        .operation = operation<personal_access_token, kPersonalAccessTokenParams>,
        .summary = "Create a personal access token",
        .answers = kPersonalAccessTokenAnswers,
        .answers_with_secret = true,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/two_factor_manual_otp_check",
        .auth = auth::kShellJwt,
        .operation = operation<two_factor_otp_check>,
        .summary = "Check a one-time password (not offered)",
        .answers = kOtpCheckAnswers,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/two_factor_push_otp_check",
        .auth = auth::kShellJwt,
        .operation = operation<two_factor_otp_check>,
        .summary = "Ask for a push confirmation (not offered)",
        .answers = kOtpCheckAnswers,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/two_factor_config",
        .auth = auth::kShellJwt,
        .operation = operation<two_factor_config>,
        .summary = "Get the second factors of a user (not offered)",
        .answers = kTwoFactorConfigAnswers,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/pre_receive",
        .auth = auth::kShellJwt,
        .operation = operation<pre_receive, kPreReceiveParams>,
        .summary = "Count a push that begins",
        .answers = kPreReceiveAnswers,
    },
    Route{
        .method = http::Method::post,
        .pattern = "/api/v4/internal/post_receive",
        .auth = auth::kShellJwt,
        .operation = operation<post_receive, kPostReceiveParams>,
        .summary = "Record a push that is done",
        .answers = kPostReceiveAnswers,
        .max_body_bytes = routing::kAnyBody,
        .must_be_answered = true,
    },
};

}  // namespace

std::span<const Route> routes() {
    return kRows;
}

}  // namespace innergate::handlers::shell
