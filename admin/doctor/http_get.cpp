#include "admin/doctor/http_get.hpp"

#include <memory>
#include <stdexcept>

#include <curl/curl.h>

namespace innergate::admin::doctor {
namespace {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Fields = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr long kTimeoutSeconds = 10;

std::size_t drop(char* /*bytes*/, std::size_t size, std::size_t count, void* /*unused*/) {
    return size * count;
}

}  // namespace

tl::expected<long, std::string> http_get_status(const std::string& url, const std::string& header) {
    const Handle handle{curl_easy_init(), &curl_easy_cleanup};
    if (handle == nullptr) {
        throw std::runtime_error{"libcurl does not start"};
    }
    const Fields fields{
        header.empty() ? nullptr : curl_slist_append(nullptr, header.c_str()),
        &curl_slist_free_all};
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, fields.get());
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &drop);
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, kTimeoutSeconds);
    // A proxy would answer in place of the server behind it.
    curl_easy_setopt(handle.get(), CURLOPT_NOPROXY, "*");
    const CURLcode result = curl_easy_perform(handle.get());
    if (result != CURLE_OK) {
        return tl::unexpected(std::string{curl_easy_strerror(result)});
    }
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
}

}  // namespace innergate::admin::doctor
