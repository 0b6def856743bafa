// Several resources in one answer (RFC 7644 section 3.4.2).
#pragma once

#include <vector>

#include "app/json/writer.hpp"

namespace innergate::handlers::scim {

template <class Resource>
struct ListResponse {
    long long total = 0;           ///< of all that match
    long long items_per_page = 0;  ///< the size of pages, as GitLab says it, not of this one
    long long start_index = 1;
    std::vector<Resource> resources;
};

template <class Resource>
void write_json(json::Writer& writer, const ListResponse<Resource>& list) {
    writer.begin_object();
    writer.key("schemas");
    writer.begin_array();
    writer.value("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    writer.end_array();
    writer.member("totalResults", list.total);
    writer.member("itemsPerPage", list.items_per_page);
    writer.member("startIndex", list.start_index);
    writer.key("Resources");
    writer.begin_array();
    for (const Resource& resource : list.resources) {
        write_json(writer, resource);
    }
    writer.end_array();
    writer.end_object();
}

}  // namespace innergate::handlers::scim
