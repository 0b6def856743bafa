#include "handlers/inspectors/quarantine.hpp"

#include "app/json/reader.hpp"

namespace innergate::handlers::inspectors {

Quarantine parse_quarantine(std::string_view env) {
    Quarantine quarantine;
    const auto document = json::parse(env);
    if (!document) {
        return quarantine;
    }
    const json::Value* const directory = document->find("GIT_OBJECT_DIRECTORY_RELATIVE");
    if (directory != nullptr && directory->string() != nullptr) {
        quarantine.object_directory = *directory->string();
    }
    const json::Value* const alternates =
        document->find("GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE");
    if (alternates != nullptr && alternates->array() != nullptr) {
        for (const json::Value& alternate : *alternates->array()) {
            if (alternate.string() != nullptr && !alternate.string()->empty()) {
                quarantine.alternates.push_back(*alternate.string());
            }
        }
    }
    return quarantine;
}

}  // namespace innergate::handlers::inspectors
