"""What schemathesis needs besides a document: credentials that are good now.

Loaded by SCHEMATHESIS_HOOKS. Tokens of gitlab-shell and kas live for a minute and are made anew.
"""

import os
import subprocess

import schemathesis

JWT = [os.environ["INNERGATE_ADMIN"], "--config", os.environ["INNERGATE_CONFIG"], "jwt"]


def jwt(client):
    return subprocess.run([*JWT, client], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def bearer_of(path):
    """Whose token a path takes as bearer; others have a header field of their own."""
    if path.startswith("/api/scim/v2/groups/"):
        return "innergate-demo-scim-group"
    if path.startswith("/api/scim/"):
        return "innergate-demo-scim-instance"
    return "glagent-innergate-demo-agent"


@schemathesis.auth(refresh_interval=20)
class Credentials:
    """All of them with each request: a route looks at its own only."""

    def get(self, case, context):
        return {"Gitlab-Shell-Api-Request": jwt("shell"), "Gitlab-Kas-Api-Request": jwt("kas")}

    def set(self, case, data, context):
        case.headers = {
            **(case.headers or {}),
            **data,
            "PRIVATE-TOKEN": "glpat-innergate-demo-admin",
            "Gitlab-Error-Tracking-Token": "innergate-demo-error-tracking",
        }
        if "/kubernetes/" in case.path or "/agents/" in case.path or "/autoflow/" in case.path or "/scim/" in case.path:
            case.headers["Authorization"] = f"Bearer {bearer_of(case.path)}"
