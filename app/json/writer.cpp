#include "app/json/writer.hpp"

#include <iterator>

#include <utf8.h>

namespace innergate::json {

void Writer::value(std::string_view text) {
    if (utf8::is_valid(text.begin(), text.end())) {
        writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
        return;
    }
    std::string repaired;
    utf8::replace_invalid(text.begin(), text.end(), std::back_inserter(repaired));
    writer_.String(repaired.data(), static_cast<rapidjson::SizeType>(repaired.size()));
}

}  // namespace innergate::json
