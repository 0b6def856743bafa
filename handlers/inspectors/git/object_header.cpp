#include "handlers/inspectors/git/object_header.hpp"

#include <fmt/format.h>

#include "handlers/inspectors/git/failure.hpp"

namespace innergate::handlers::inspectors::git {

ObjectHeader read_header(git_odb& objects, const git_oid& id) {
    ObjectHeader header;
    require(git_odb_read_header(&header.bytes, &header.type, &objects, &id), "object");
    return header;
}

void require_size(const ObjectHeader& header, std::size_t max_bytes, std::string_view what) {
    if (header.bytes > max_bytes) {
        throw Failure{
            Failure::Kind::failed,
            fmt::format(
                "a {} of {} bytes, more than {} are not read", what, header.bytes, max_bytes
            )};
    }
}

}  // namespace innergate::handlers::inspectors::git
