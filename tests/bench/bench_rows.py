"""The rows of the benchmark: what each asks, of which server, and what it is to reach."""

import typing
import urllib.parse

import bench_data

# Of a hundred actions.
MIXED_SHARES = {"fetch": 90, "push": 8, "change": 2}


class Change(typing.NamedTuple):
    """No request: SQL that is carried out in the database while the requests around it are answered."""

    sql: str


def check(world, rng):
    yield "check", None


def discover(world, rng):
    yield f"discover?key_id={rng.randint(1, len(world.blobs))}", None


def authorized_keys(world, rng):
    yield "authorized_keys?key=" + urllib.parse.quote(rng.choice(world.blobs), safe=""), None


def fetch(world, project, user):
    return "allowed", {
        "key_id": str(user), "project": f"/{world.full_path(project)}.git", "action": "git-upload-pack",
        "changes": "_any", "protocol": "ssh",
    }


def allowed_any(world, rng):
    yield fetch(world, *world.project_and_member(rng))


def change_of(rng, branch):
    return f"{rng.randbytes(20).hex()} {rng.randbytes(20).hex()} refs/heads/{branch}\n"


def push(rng, project, user):
    names = [name.replace("*", "x") for name in bench_data.PROTECTED_NAMES]
    return "allowed", {
        "key_id": str(user), "gl_repository": f"project-{project}", "project": "/storage/of/gitaly",
        "action": "git-receive-pack", "protocol": "ssh", "changes": "".join(change_of(rng, name) for name in names),
    }


def allowed_push(world, rng):
    yield push(rng, *world.project_and_member(rng, is_protected=True))


def allowed_looked_into(world, rng):
    """A push of one ref to a protected branch, whose objects somebody looks at."""
    project, user = rng.choice(world.looked_into)
    yield "allowed", world.repositories.push(user, project)


def hooks(rng, project, user):
    """What Gitaly asks around a push that was allowed; each commits before it is answered."""
    yield "pre_receive", {"gl_repository": f"project-{project}"}
    yield "post_receive", {
        "gl_repository": f"project-{project}", "identifier": f"key-{user}", "push_options": None,
        "changes": change_of(rng, "main"),
    }


def push_hooks(world, rng):
    yield from hooks(rng, *world.project_and_member(rng))


def mixed(world, rng):
    """One action of a working day: a fetch, a push with what Gitaly asks around it, or a change of somebody's rights."""
    (action,) = rng.choices(list(MIXED_SHARES), MIXED_SHARES.values())
    if action == "change":
        yield Change(world.change_of_rights(rng))
    elif action == "push":
        project, user = world.project_and_member(rng, is_protected=True)
        yield push(rng, project, user)
        yield from hooks(rng, project, user)
    else:
        yield from allowed_any(world, rng)


def agent_info(world, rng):
    yield "kubernetes/agent_info", None, bench_data.agent_token(rng.randint(1, world.agents))


def usage_metrics(world, rng):
    """What kas sends each minute; committed before it is answered."""
    counters = ["k8s_api_proxy_request", "flux_git_push_notifications_total"]
    counters += [f"k8s_api_proxy_requests_via_{way}_access" for way in ("ci", "user", "pat")]
    yield "kubernetes/usage_metrics", {
        "counters": {name: rng.randint(1, 100) for name in counters},
        "unique_counters": {
            "k8s_api_proxy_requests_unique_users_via_ci_access": rng.sample(range(1, len(world.blobs) + 1), 10),
            "k8s_api_proxy_requests_unique_agents_via_ci_access": rng.sample(range(1, world.agents + 1), 10),
        },
    }


def subscription(world, rng):
    group = bench_data.customer_group(world.scale)
    yield f"gitlab_subscriptions/namespaces/{group}/gitlab_subscription", None, bench_data.BILLING_TOKEN


def namespace(world, rng):
    group = bench_data.customer_group(world.scale)
    yield f"gitlab_subscriptions/namespaces/{group}", None, bench_data.BILLING_TOKEN


def scim_filter(world, rng):
    """Whether the person is known, in other letters: what a provider asks before it does anything else."""
    name = bench_data.scim_user_name(rng.randint(1, world.provisioned)).lower()
    yield "Users?filter=" + urllib.parse.quote(f'userName eq "{name}"') + "&startIndex=1&count=100", None, bench_data.SCIM_TOKEN


def scim_get(world, rng):
    yield f"Users/{bench_data.scim_id(rng.randint(1, world.provisioned))}", None, bench_data.SCIM_TOKEN


class Row(typing.NamedTuple):
    requests: typing.Callable  # path below the base, JSON body, a bearer token where there is one
    sqlite: tuple = None  # the goals: what to reach, what to beat
    postgresql: tuple = None
    caller: str = "shell"  # as `innergate-admin jwt` names it
    base: str = "/api/v4/internal/"
    pool: str = "internal"
    servers: tuple = ("sqlite", "postgresql")
    peers: bool = False  # whether the peers answer it, too
    changes: bool = False  # whether there are changes among the requests


SCIM = "/api/scim/v2/groups/customer/"
ROWS = {
    "check": Row(check, (0.90, 0.95), (0.90, 0.95), peers=True),
    "discover": Row(discover, (0.60, 0.80), (0.33, 0.45), peers=True),
    "authorized_keys": Row(authorized_keys, (0.60, 0.80), (0.33, 0.45)),
    "allowed_any": Row(allowed_any, (0.45, 0.65), (0.18, 0.30), peers=True),
    "allowed_push": Row(allowed_push, (0.35, 0.50), (0.14, 0.25), peers=True),
    "allowed_local": Row(allowed_looked_into, servers=("sqlite_local",)),
    "allowed_gitaly": Row(allowed_looked_into, servers=("sqlite_gitaly",)),
    "push_hooks": Row(push_hooks),
    "mixed": Row(mixed, changes=True),
    "agent_info": Row(agent_info, (0.50, 0.70), (0.25, 0.40), "kas"),
    "usage_metrics": Row(usage_metrics, caller="kas"),
    "subscription": Row(subscription, (0.20, 0.50), (0.12, 0.30)),
    "namespace": Row(namespace),
    "scim_filter": Row(scim_filter, (0.40, 0.60), (0.22, 0.35), base=SCIM, pool="public"),
    "scim_get": Row(scim_get, (0.40, 0.60), (0.22, 0.35), base=SCIM, pool="public"),
}
JWT_FIELDS = {"shell": "Gitlab-Shell-Api-Request", "kas": "Gitlab-Kas-Api-Request"}
