"""The data of the benchmark: as much as a middling instance has, from a fixed seed."""

import base64
import json
import random
import uuid

USERS = 10_000
PROJECTS = 100_000
MEMBERSHIPS = 300_000
GROUPS = 3_000
PROTECTED_PROJECTS = 2_000
AGENTS = 1_000
# A customer: a top-level group whose members are spread over itself, its subgroups and their projects.
CUSTOMER_MEMBERS = 10_000
CUSTOMER_SUBGROUPS = 50
CUSTOMER_PROJECTS = 200
BILLING_TOKEN = "glpat-bench-billing"
# Whom the customer's identity provider brought.
PROVISIONED = 100_000
SCIM_TOKEN = "innergate-bench-scim"
SEED = 20260115
LOOKED_INTO = 16
# As many rules as a careful project has; two of them stand for many branches.
PROTECTED_NAMES = [*(f"release-{number}" for number in range(8)), "stable/*", "*-lts"]


def key_blob(rng):
    """An ed25519 public key in SSH's wire format; nobody has its other half."""
    return base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + rng.randbytes(32)).decode()


def agent_token(agent):
    return f"glagent-bench-{agent}"


def customer_group(scale):
    return int(GROUPS * scale) + 1


def scim_id(person):
    """As a directory makes them: spread over the index."""
    return str(uuid.UUID(int=random.Random(person).getrandbits(128)))


def scim_user_name(person):
    return f"Person{person}@customer.example.com"


def rows(scale):
    """Table and row, in an order that an import takes; ids are given, so that requests can name them."""
    rng = random.Random(SEED)
    users, projects = int(USERS * scale), int(PROJECTS * scale)
    # Requests come faster than any client's, and would run into the limit per minute.
    yield "application_settings", {"id": 1, "gitlab_shell_operation_limit": 0}
    for user in range(1, users + 1):
        yield "users", {"id": user, "confirmed_at": "2020-01-01T00:00:00.000Z", "username": f"user{user}", "name": f"User {user}", "email": f"u{user}@example.com"}
    portal = users + 1
    yield "users", {"id": portal, "username": "portal", "name": "Billing portal", "email": "portal@example.com", "admin": True}
    people = range(portal + 1, portal + int(PROVISIONED * scale) + 1)
    for number, user in enumerate(people, 1):
        yield "users", {"id": user, "confirmed_at": "2020-01-01T00:00:00.000Z", "username": f"person{number}", "name": f"Person {number}", "email": f"person{number}@customer.example.com"}
    for user in range(1, users + 1):
        key = f"ssh-ed25519 {key_blob(rng)} bench"
        yield "keys", {"id": user, "user_id": user, "title": f"key {user}", "key": key}
    groups = int(GROUPS * scale)
    for group in range(1, groups + 1):
        row = {"id": group, "type": "Group", "name": f"g{group}", "path": f"g{group}"}
        if group > groups // 3:  # a third at the top, the rest one and two levels below
            row["parent_id"] = group - groups // 3
        yield "namespaces", row
    customer = customer_group(scale)
    yield "namespaces", {"id": customer, "type": "Group", "name": "customer", "path": "customer"}
    subgroups = range(customer + 1, customer + CUSTOMER_SUBGROUPS + 1)
    for group in subgroups:
        yield "namespaces", {"id": group, "type": "Group", "name": f"c{group}", "path": f"c{group}", "parent_id": customer}
    for project in range(1, projects + 1):
        yield "projects", {"id": project, "namespace_id": rng.randint(1, groups), "path": f"p{project}"}
    customer_projects = range(projects + 1, projects + CUSTOMER_PROJECTS + 1)
    for project in customer_projects:
        yield "projects", {"id": project, "namespace_id": subgroups[project % CUSTOMER_SUBGROUPS], "path": f"p{project}"}
    seen = set()
    member = 0
    while member < int(MEMBERSHIPS * scale):
        in_group = rng.random() < 0.3
        row = (rng.randint(1, users), "Namespace" if in_group else "Project", rng.randint(1, groups if in_group else projects))
        if row in seen:
            continue
        seen.add(row)
        member += 1
        yield "members", {
            "id": member, "user_id": row[0], "source_type": row[1], "source_id": row[2],
            "access_level": rng.choice([10, 20, 30, 30, 30, 40, 50]),
        }
    for user in range(1, int(CUSTOMER_MEMBERS * scale) + 1):
        member += 1
        places = (("Namespace", customer), ("Namespace", subgroups[user % CUSTOMER_SUBGROUPS]), ("Project", customer_projects[user % CUSTOMER_PROJECTS]))
        source_type, source_id = places[user % len(places)]
        yield "members", {"id": member, "user_id": user, "source_type": source_type, "source_id": source_id, "access_level": 30}
    yield "saml_providers", {"id": 1, "group_id": customer}
    yield "scim_oauth_access_tokens", {"id": 1, "group_id": customer, "token": SCIM_TOKEN}
    for number, user in enumerate(people, 1):
        yield "scim_identities", {"id": number, "group_id": customer, "user_id": user, "extern_uid": scim_id(number), "user_name": scim_user_name(number)}
    yield "gitlab_subscriptions", {"id": 1, "namespace_id": customer, "hosted_plan_id": 5, "start_date": "2026-01-01", "end_date": "2027-01-01", "seats": 10_000}
    yield "personal_access_tokens", {"id": 1, "user_id": portal, "name": "billing", "token": BILLING_TOKEN, "scopes": json.dumps(["api"])}
    rules = [(project, name) for project in range(1, int(PROTECTED_PROJECTS * scale) + 1) for name in PROTECTED_NAMES]
    for rule, (project, name) in enumerate(rules, 1):
        yield "protected_branches", {"id": rule, "project_id": project, "name": name}
    for table in ("protected_branch_push_access_levels", "protected_branch_merge_access_levels"):
        for rule in range(1, len(rules) + 1):
            yield table, {"id": rule, "protected_branch_id": rule, "access_level": 30}
    agents = int(AGENTS * scale)
    for agent in range(1, agents + 1):
        yield "cluster_agents", {"id": agent, "project_id": rng.randint(1, projects), "name": f"agent{agent}"}
    for agent in range(1, agents + 1):
        yield "cluster_agent_tokens", {"id": agent, "agent_id": agent, "name": "token", "token": agent_token(agent)}


def write_import_file(path, scale):
    with open(path, "w", encoding="utf-8") as file:
        table = None
        for name, row in rows(scale):
            file.write("{" if table is None else "," if name == table else "],")
            if name != table:
                file.write(f"\n{json.dumps(name)}: [")
                table = name
            file.write("\n" + json.dumps(row))
        file.write("]}\n")


class World:
    """What requests need to know of the data."""

    def __init__(self, scale):
        self.blobs, self._parents, self._project_groups, self._group_members = [], {}, {}, {}
        self.memberships = {}  # ids by group and user
        self.scale = scale
        self.agents = int(AGENTS * scale)
        self.provisioned = int(PROVISIONED * scale)
        for table, row in rows(scale):
            if table == "keys":
                self.blobs.append(row["key"].split()[1])
            elif table == "namespaces":
                self._parents[row["id"]] = row.get("parent_id")
            elif table == "projects":
                self._project_groups[row["id"]] = row["namespace_id"]
            elif table == "members" and row["source_type"] == "Namespace":
                self._group_members.setdefault(row["source_id"], []).append((row["user_id"], row["access_level"]))
                self.memberships[row["source_id"], row["user_id"]] = row["id"]
        self._deep = [pair for project in self._project_groups for pair in self._members_three_levels_up(project)]
        self._too_low = [pair for project in self._project_groups for pair in self._members_three_levels_up(project, range(30))]
        self._deep_protected = [(p, user) for p, user in self._deep if p <= int(PROTECTED_PROJECTS * scale)]
        # Some of these, for which there are repositories.
        self.looked_into = random.Random(SEED).sample(self._deep_protected, LOOKED_INTO)

    def _groups_above(self, project):
        group = self._project_groups[project]
        while group is not None:
            yield group
            group = self._parents[group]

    def _members_three_levels_up(self, project, levels=range(30, 51)):
        groups = list(self._groups_above(project))
        if len(groups) == 3:
            yield from ((project, user) for user, level in self._group_members.get(groups[2], []) if level in levels)

    def full_path(self, project):
        return "/".join([*(f"g{group}" for group in reversed(list(self._groups_above(project)))), f"p{project}"])

    def project_and_member(self, rng, is_protected=False):
        """A private project and a developer of the group three levels above it."""
        return rng.choice(self._deep_protected if is_protected else self._deep)

    def project_and_lesser_member(self, rng):
        """Likewise, but a guest or a reporter."""
        return rng.choice(self._too_low)

    def change_of_rights(self, rng):
        """A line of SQL, by which somebody who is asked about gets another role or is let in anew, and stays a developer."""
        project, user = self.project_and_member(rng)
        *_, group = self._groups_above(project)
        member = self.memberships[group, user]
        if rng.random() < 0.5:
            return f"update members set access_level = case access_level when 30 then 40 else 30 end where id = {member};"
        return (
            f"begin; delete from members where id = {member};"
            " insert into members (id, user_id, source_type, source_id, access_level)"
            f" values ({member}, {user}, 'Namespace', {group}, 30); commit;"
        )
