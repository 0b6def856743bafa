#include "handlers/reconciliations/update_reconciliations.hpp"

#include <fmt/format.h>

namespace innergate::handlers::reconciliations {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
/// Each is at least one transaction.
constexpr std::size_t kMaxOnFastLane = 20;

/// Why it is not stored; empty: it is.
std::string store(
    const ReconciliationOfNamespace& wanted,
    NamespaceStore& namespaces,
    ReconciliationStore& reconciliations,
    Timestamp now
) {
    if (!wanted.are_complete()) {
        const bool is_known = namespaces.find(std::to_string(wanted.namespace_id)).has_value();
        return domain::validation_failure(is_known, wanted);
    }
    const bool is_stored = reconciliations.put(
        {.namespace_id = {wanted.namespace_id},
         .next_reconciliation_date = *wanted.next_reconciliation_date,
         .display_alert_from = *wanted.display_alert_from},
        now
    );
    return domain::validation_failure(is_stored, wanted);
}

}  // namespace

int ReconciliationsReply::http_status() const {
    return failures.empty() ? kOk : kBadRequest;
}

ReconciliationsReply update_reconciliations(
    const UpdateReconciliationsRequest& request,
    NamespaceStore& namespaces,
    ReconciliationStore& reconciliations,
    const Clock& clock,
    const routing::SlowWork& slow_work
) {
    if (request.upcoming_reconciliations.size() > kMaxOnFastLane) {
        slow_work.begin();
    }
    ReconciliationsReply reply;
    for (const ReconciliationOfNamespace& wanted : request.upcoming_reconciliations) {
        std::string text = store(wanted, namespaces, reconciliations, clock.now());
        if (!text.empty()) {
            reply.failures.push_back({wanted.namespace_id, std::move(text)});
        }
    }
    if (!reply.failures.empty()) {
        reply.log_detail = fmt::format("{} not stored", reply.failures.size());
    }
    return reply;
}

void write_json(json::Writer& writer, const ReconciliationsReply& reply) {
    if (reply.failures.empty()) {
        writer.value(kOk);
        return;
    }
    std::string list;
    json::Writer list_writer{list};
    list_writer.begin_array();
    for (const ReconciliationsReply::Failure& failure : reply.failures) {
        list_writer.begin_object();
        list_writer.member(std::to_string(failure.namespace_id), failure.text);
        list_writer.end_object();
    }
    list_writer.end_array();
    writer.begin_object();
    writer.key("message");
    writer.begin_object();
    writer.member("error", list);
    writer.end_object();
    writer.end_object();
}

}  // namespace innergate::handlers::reconciliations
