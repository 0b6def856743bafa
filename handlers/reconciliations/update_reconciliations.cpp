#include "handlers/reconciliations/update_reconciliations.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

namespace innergate::handlers::reconciliations {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
/// A row to write for each.
constexpr std::size_t kMaxOnFastLane = 200;

/// Stores what is complete. Answers which of all their namespaces there are.
std::set<NamespaceId> store(
    const std::vector<ReconciliationOfNamespace>& list,
    ReconciliationStore& reconciliations,
    Timestamp now
) {
    std::vector<Reconciliation> complete;
    std::vector<NamespaceId> incomplete;
    for (const ReconciliationOfNamespace& wanted : list) {
        const NamespaceId id{wanted.namespace_id};
        if (wanted.are_complete()) {
            complete.push_back(
                {.namespace_id = id,
                 .next_reconciliation_date = *wanted.next_reconciliation_date,
                 .display_alert_from = *wanted.display_alert_from}
            );
        } else {
            incomplete.push_back(id);
        }
    }
    std::set<NamespaceId> known = reconciliations.put_all(complete, now);
    known.merge(reconciliations.list_known(incomplete));
    return known;
}

}  // namespace

int ReconciliationsReply::http_status() const {
    return failures.empty() ? kOk : kBadRequest;
}

ReconciliationsReply update_reconciliations(
    const UpdateReconciliationsRequest& request,
    ReconciliationStore& reconciliations,
    const Clock& clock,
    const routing::SlowWork& slow_work
) {
    if (request.upcoming_reconciliations.size() > kMaxOnFastLane) {
        slow_work.begin();
    }
    const std::set<NamespaceId> known =
        store(request.upcoming_reconciliations, reconciliations, clock.now());
    ReconciliationsReply reply;
    for (const ReconciliationOfNamespace& wanted : request.upcoming_reconciliations) {
        std::string text =
            domain::validation_failure(known.contains({wanted.namespace_id}), wanted);
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
