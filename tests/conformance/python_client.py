#!/usr/bin/env python3
"""Calls a running server by clients that openapi-python-client has made from its documents.

Usage: python_client.py INTERNAL_URL PUBLIC_URL SHELL_JWT
The packages innergate_internal and innergate_public are on PYTHONPATH.
"""

import datetime
import sys
import uuid

from innergate_internal import Client as Internal
from innergate_internal.api.shell import (
    get_api_v4_internal_discover as discover,
    post_api_v4_internal_allowed as allowed,
    post_api_v4_internal_personal_access_token as personal_access_token,
)
from innergate_internal import models as internal_models
from innergate_public import Client as Public
from innergate_public import models as public_models
from innergate_public.api.scim import (
    get_api_scim_v2_application_users_id as show_scim_user,
    post_api_scim_v2_application_users as create_scim_user,
)
from innergate_public.api.subscriptions import (
    get_api_v4_namespaces_id_gitlab_subscription as show_subscription,
    put_api_v4_namespaces_id_gitlab_subscription as update_subscription,
)

DEMO_NAMESPACE = 1234


def internal_client(url, jwt):
    return Internal(base_url=url, headers={"Gitlab-Shell-Api-Request": jwt}, raise_on_unexpected_status=True)


def public_client(url, field, token):
    return Public(base_url=url, headers={field: token}, raise_on_unexpected_status=True)


def discover_somebody_and_nobody(client):
    user = discover.sync(client=client, username="root")
    assert (user.id, user.username) == (1, "root"), user
    answer = discover.sync_detailed(client=client, username="nobody-has-this-name")
    assert answer.status_code == 200 and answer.parsed is None, answer


def push_of_two_hundred_refs(client):
    zero = "0" * 40
    changes = "\n".join(f"{zero} {'1' * 40} refs/heads/topic-{number}" for number in range(200))
    body = internal_models.PostApiV4InternalAllowedJsonBody(
        action="git-receive-pack", project="gnuwget/wget2", protocol="ssh", key_id="7", changes=changes
    )
    answer = allowed.sync_detailed(client=client, body=body)
    # Whether the person may push is not the question here, but that all of it arrives and is answered.
    assert answer.status_code in (200, 401, 404), answer
    assert isinstance(answer.parsed.status, bool) and answer.parsed.status == (answer.status_code == 200), answer


def tokens(client):
    model = internal_models.PostApiV4InternalPersonalAccessTokenJsonBody
    body = model(key_id=7, name="conformance", scopes=["read_user", "read_repository"])
    granted = personal_access_token.sync(client=client, body=body)
    assert granted.success is True and granted.scopes == ["read_user", "read_repository"], granted
    refused = personal_access_token.sync(client=client, body=model(key_id=7, name="conformance", scopes=["no_such_scope"]))
    assert refused.success is False and refused.message, refused


def subscription(client):
    before = show_subscription.sync(client=client, id=DEMO_NAMESPACE)
    assert before.plan.code, before
    seats = before.usage.seats_in_subscription + 1
    body = public_models.PutApiV4NamespacesIdGitlabSubscriptionJsonBody(seats=seats)
    after = update_subscription.sync(client=client, id=DEMO_NAMESPACE, body=body)
    assert after.usage.seats_in_subscription == seats, after
    assert isinstance(after.billing.subscription_start_date, datetime.date), after


def scim_user(client):
    name = f"conformance-{uuid.uuid4().hex[:8]}"
    body = public_models.Document.from_dict({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": name, "userName": name, "active": True,
        "name": {"formatted": "A B", "givenName": "A", "familyName": "B"},
        "emails": [{"primary": True, "type": "work", "value": f"{name}@example.com"}],
    })
    made = create_scim_user.sync(client=client, body=body)
    found = show_scim_user.sync(client=client, id=made.id)
    assert (found.id, found.active, found.emails[0].value) == (name, True, f"{name}@example.com"), found


def main():
    internal_url, public_url, jwt = sys.argv[1:]
    internal = internal_client(internal_url, jwt)
    discover_somebody_and_nobody(internal)
    push_of_two_hundred_refs(internal)
    tokens(internal)
    subscription(public_client(public_url, "PRIVATE-TOKEN", "glpat-innergate-demo-admin"))
    scim_user(public_client(public_url, "Authorization", "Bearer innergate-demo-scim-instance"))
    print("The generated Python client did all of it")


if __name__ == "__main__":
    main()
