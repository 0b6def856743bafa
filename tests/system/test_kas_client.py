"""The whole life of an agent, as kas and agentk see it through nginx, from its registration to its last token's end."""

import dataclasses
import json

import pytest

from kas_client import GENERATIONS, KasClient, NotFound, Unauthenticated, read_kas_secret
from running_stack import Stack, wait_until

PUBLIC, FOREIGN = "gnuwget/wget2", "group1/first"
NOT_FOUND = {"message": "404 Not Found"}
WRONG_KAS = {"message": "KAS JWT authentication invalid"}
WRONG_AGENT = {"message": "401 Unauthorized"}
DETECTED, RESOLVED = "1", "3"
POLICY = """
scan_execution_policy:
- name: Nightly
  enabled: true
  rules:
  - {type: schedule, cadence: 30 2 * * *, agents: {AGENT: {namespaces: [default]}}}
  - {type: schedule, cadence: 0 5 * * *, agents: {another: {namespaces: [default]}}}
  actions:
  - scan: container_scanning
"""


@pytest.fixture(scope="module")
def served(build, database):
    with Stack(build, database=database) as running:
        yield running


@dataclasses.dataclass
class Agent:
    id: int
    name: str
    project_id: int
    project: str
    maker_id: int
    token_id: int
    token: str


@pytest.fixture(params=GENERATIONS, ids=lambda generation: generation.name)
def kas(request, served):
    secret = read_kas_secret(served.kas_secret_file)
    return KasClient(("127.0.0.1", served.internal_port), secret, request.param)


@pytest.fixture
def agent(kas, served):
    """A new one, in a private project of which its maker is a maintainer and nothing more."""

    def add(*arguments):
        return json.loads(served.admin("--json", *arguments))

    name = kas.generation.name.replace(" ", "-")
    maker = add("user", "add", "--username", name, "--name", name, "--email", f"{name}@example.com")
    project = add("project", "add", "--path", f"gitlab-org/{name}", "--visibility", "private")
    add("member", "add", "--user", name, "--project", f"gitlab-org/{name}", "--access-level", "maintainer")
    row = add("agent", "add", "--project", f"gitlab-org/{name}", "--name", name, "--user", name)
    token = add("agent-token", "add", "--agent", str(row["id"]), "--name", "first", "--user", name)
    return Agent(row["id"], name, project["id"], f"gitlab-org/{name}", maker["id"], token["id"], token["token"])


def test_whole_life(served, kas, agent, tmp_path):
    agent_is_known_by_its_token(served, kas, agent)
    projects_are_told(kas, agent)
    configuration_and_policies_are_exchanged(served, kas, agent, tmp_path)
    usage_adds_up(served, kas, agent)
    events_are_recorded(served, kas, agent)
    vulnerabilities_come_and_go(served, kas, agent)
    revoked_token_is_void_at_once(served, kas, agent)


def test_wrong_secret_of_kas_is_told_from_a_wrong_token(served, kas):
    token = "glagent-innergate-demo-agent"
    assert kas.agent_info(token)["agent_name"] == "cluster-a"
    wrong = KasClient(("127.0.0.1", served.internal_port), b"x" * 32, kas.generation)
    assert refusal(wrong.agent_info, token) == WRONG_KAS
    assert refusal(wrong.report_vulnerability, token, {}) == WRONG_KAS
    assert refusal(wrong.usage_metrics, {}, {}) == WRONG_KAS
    assert refusal(kas.agent_info, "glagent-of-nobody") == WRONG_AGENT


def refusal(call, *arguments):
    with pytest.raises(Unauthenticated) as raised:
        call(*arguments)
    return raised.value.answer.json()


def agent_is_known_by_its_token(served, kas, agent):
    info = kas.agent_info(agent.token)
    assert (info["agent_id"], info["agent_name"], info["project_id"]) == (agent.id, agent.name, agent.project_id)
    assert info["gitaly_repository"]["gl_project_path"] == agent.project

    def shown():
        return json.loads(served.admin("--json", "agent-token", "show", str(agent.token_id)))

    # Its use is written a moment later.
    wait_until(lambda: shown()["last_used_at"] is not None, what="the use of the token to be written")
    assert shown()["status"] == "active"
    for _ in range(2):
        kas.agent_info(agent.token)
    assert events_of(served, agent) == ["token created", "agent connected"]


def events_of(served, agent):
    events = json.loads(served.admin("--json", "agent", "events", str(agent.id)))
    assert {event["token_id"] for event in events} == {agent.token_id}
    return [event["event"] for event in events]


def projects_are_told(kas, agent):
    for own in (agent.project, agent.project.upper(), agent.project_id):
        assert kas.project_info(agent.token, own)["project_id"] == agent.project_id
    public = kas.project_info(agent.token, PUBLIC)
    assert public["gitaly_repository"]["gl_project_path"] == PUBLIC
    for hidden in (FOREIGN, "no/such"):
        with pytest.raises(NotFound) as raised:
            kas.project_info(agent.token, hidden)
        assert raised.value.answer.json() == NOT_FOUND


def configuration_and_policies_are_exchanged(served, kas, agent, folder):
    table = "agent_user_access_project_authorizations"

    def granted():
        return served.look(f"select config from {table} where agent_id = {agent.id}")

    kas.agent_configuration(
        agent.id, {"user_access": {"access_as": {"agent": {}}, "projects": [{"id": agent.project.upper()}]}}
    )
    assert [json.loads(config) for config in granted()] == [{"access_as": {"agent": {}}}]
    kas.agent_configuration(agent.id, {"gitops": {}})
    assert granted() == []
    assert kas.policies_configuration(agent.token) == []
    policy = folder / "policy.yml"
    policy.write_text(POLICY.replace("AGENT", agent.name))
    served.admin(
        "policy", "add", "--project", agent.project, "--management-project", agent.project,
        "--file", str(policy), "--committed-at", "2024-02-29T12:00:00Z",
    )
    assert kas.policies_configuration(agent.token) == [
        {"cadence": "30 2 * * *", "namespaces": ["default"], "updated_at": "2024-02-29T12:00:00+00:00"}
    ]


def usage_adds_up(served, kas, agent):
    requests, users = "k8s_api_proxy_request", "k8s_api_proxy_requests_unique_users_via_ci_access"
    agents = "k8s_api_proxy_requests_unique_agents_via_ci_access"

    def total():
        rows = json.loads(served.admin("--json", "usage", "list"))
        return sum(row["total"] for row in rows if row["event"] == requests and row["week"] is None)

    def seen(event, *ids):
        named = f"event_name = '{event}' and entity_id in ({', '.join(map(str, ids))})"
        return served.look(f"select distinct entity_id from kas_unique_events where {named}")

    before = total()
    nobody = 424242
    for _ in range(2):
        kas.usage_metrics({requests: 5}, {users: [agent.maker_id, nobody], agents: [agent.id]})
    kas.usage_metrics({}, {})
    assert total() == before + 10
    assert seen(users, agent.maker_id, nobody) == [str(agent.maker_id)]
    assert seen(agents, agent.id) == [str(agent.id)]
    weeks = json.loads(served.admin("--json", "usage", "show", users))
    assert all(row["distinct_ids"] >= 1 and row["total"] is None for row in weeks)


def events_are_recorded(served, kas, agent):
    # Both go through protobuf in every version.
    use = {"user_id": str(agent.maker_id), "project_id": str(agent.project_id)}
    registration = {
        "project_id": str(agent.project_id), "agent_id": str(agent.id), "agent_version": "v17.11.0",
        "architecture": "arm64", "kubernetes_version": "v1.31.2",
        "extra_telemetry_data": {"installation_method": "helm", "helm_chart_version": "2.13.0"},
    }
    kas.agent_events({
        "k8s_api_proxy_requests_unique_users_via_ci_access": [use], "register_agent_at_kas": [registration],
    })
    assert served.look(f"select name from kas_events where project_id = {agent.project_id} order by id") == [
        "k8s_api_proxy_requests_unique_users_via_ci_access", "agent_users_using_ci_tunnel", "register_agent_at_kas",
    ]
    properties = served.look(f"select properties from kas_events where agent_id = {agent.id}")
    assert [json.loads(text) for text in properties] == [{
        "label": "v17.11.0", "property": "arm64", "value": agent.id, "kubernetes_version": "v1.31.2",
        "installation_method": "helm", "helm_chart_version": "2.13.0",
    }]


def report_of(agent, cve):
    return {
        "vulnerability": {
            "name": cve, "message": f"{cve} in libc", "description": "Überlauf", "solution": "Upgrade", "severity": "High",
            "confidence": "Unknown",
            "location": {
                "image": "index.docker.io/library/nginx:1.16", "operating_system": "debian 10.3",
                "dependency": {"package": {"name": "libc"}, "version": "2.28-10"},
                "kubernetes_resource": {
                    "namespace": "default", "kind": "ReplicaSet", "name": "nginx-7fd6966748", "container_name": "",
                    "agent_id": str(agent.id),
                },
            },
            "identifiers": [{"type": "cve", "name": cve, "value": cve, "url": f"https://avd.aquasec.com/nvd/{cve.lower()}"}],
            "links": [{"url": f"https://avd.aquasec.com/nvd/{cve.lower()}"}],
        },
        "scanner": {"id": "starboard_trivy", "name": "Trivy (via Starboard Operator)", "vendor": {"name": "GitLab"}},
    }


def vulnerabilities_come_and_go(served, kas, agent):
    cves = ("CVE-2024-0001", "CVE-2024-0002", "CVE-2024-0003")

    def scan(*found):
        uuids = [kas.report_vulnerability(agent.token, report_of(agent, cve)) for cve in found]
        kas.scan_result(agent.token, uuids)
        return uuids

    def states():
        rows = f"from vulnerabilities where project_id = {agent.project_id} order by title"
        assert served.look(f"select title {rows}") == list(cves)
        return served.look(f"select state {rows}")

    kas.answers_to_lose = 2  # agentk sends the first one three times
    first = scan(*cves)
    assert len(set(first)) == len(cves)
    assert states() == [DETECTED, DETECTED, DETECTED]
    counted = f"select vulnerability_count from project_security_statistics where project_id = {agent.project_id}"
    assert served.look(counted) == ["3"]

    for _ in range(2):
        scan(cves[1])
        assert states() == [RESOLVED, DETECTED, RESOLVED]

    assert scan(cves[0], cves[1]) == first[:2]
    assert states() == [DETECTED, DETECTED, RESOLVED]
    assert served.look(counted) == ["3"]
    stored = f"select location_agent_id from vulnerability_findings where project_id = {agent.project_id}"
    assert served.look(stored) == [str(agent.id)] * len(cves)


def revoked_token_is_void_at_once(served, kas, agent):
    shown = json.loads(served.admin("--json", "agent-token", "revoke", str(agent.token_id)))
    assert shown["status"] == "revoked"
    assert refusal(kas.agent_info, agent.token) == WRONG_AGENT
    assert refusal(kas.project_info, agent.token, agent.project) == WRONG_AGENT
    assert refusal(kas.report_vulnerability, agent.token, report_of(agent, "CVE-2024-0004")) == WRONG_AGENT
    assert refusal(kas.scan_result, agent.token, ["58bd4058-4ef1-54f9-af47-849177789f78"]) == WRONG_AGENT
    kas.usage_metrics({}, {})  # in the name of no agent
    assert events_of(served, agent) == ["token created", "agent connected", "token revoked"]
