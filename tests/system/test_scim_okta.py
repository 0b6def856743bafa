"""What Okta sends to a SCIM server, in its order, through nginx: the person's access follows each step."""

import pytest

from running_stack import Stack
from scim_client import GROUP, LIST, MOUNTS, PATCH_OP, PRIVATE_PROJECT, USER, Account, ScimClient, prepare, quoted

FIELDS = {
    "User-Agent": "Okta SCIM Client 1.0.0",
    "Accept": "application/scim+json",
    "Accept-Charset": "utf-8",
    "Accept-Encoding": "gzip,deflate",
    "Content-Type": "application/scim+json; charset=utf-8",
    "Connection": "Keep-Alive",
}
SEARCH_PAGE = "&startIndex=1&count=100"


@pytest.fixture(scope="module")
def served(build, database):
    with Stack(build, database=database) as running:
        prepare(running)
        yield running


@pytest.fixture(params=MOUNTS, ids=str)
def okta(request, served):
    return Okta(served, request.param)


class Okta(ScimClient):
    """A person is named by a word that differs from test to test."""

    def __init__(self, stack, mount):
        super().__init__(stack, mount, FIELDS)
        self.stack = stack

    def email(self, person):
        return f"{person}.{self.mount.name}@okta.test"

    def okta_id(self, person):
        """As it looks: case counts to Okta, and to nobody else."""
        return f"00u{person}{self.mount.name}T6Aj10h7"

    def search(self, user_name):
        return self.found(f"userName%20eq%20%22{quoted(user_name)}%22", SEARCH_PAGE)

    def profile(self, person):
        return {
            "schemas": [USER],
            "userName": self.email(person),
            "name": {"givenName": person.title(), "familyName": "van Dyk"},
            "emails": [{"primary": True, "value": self.email(person), "type": "work"}],
            "displayName": f"{person.title()} van Dyk",
            "locale": "en-US",
            "externalId": self.okta_id(person),
            "groups": [],
            "password": "1mz050nq",
            "active": True,
        }

    def create(self, person):
        assert self.search(self.email(person)) == []
        answer = self.send("POST", "/Users", self.profile(person))
        assert answer.status == 201, answer.body
        return answer.json()

    def put(self, user_id, changes):
        """Okta reads the user, puts its own values into what it read, and sends all of it."""
        read = self.get(f"/Users/{quoted(user_id)}")
        assert read.status == 200, read.body
        answer = self.send("PUT", f"/Users/{quoted(user_id)}", {**read.json(), **changes})
        assert answer.status == 200, answer.body
        return answer.json()


def test_connection(okta):
    """Some of Okta's tests insist on somebody on the first page."""
    users = okta.get("/Users?startIndex=1&count=2").json()
    assert users["schemas"] == [LIST]
    assert (users["startIndex"], users["itemsPerPage"]) == (1, 2)
    assert type(users["totalResults"]) is int and users["totalResults"] >= 1
    first = users["Resources"][0]
    assert first["id"] and first["userName"] and first["active"] is True
    assert first["name"]["givenName"] and first["name"]["familyName"] and first["emails"][0]["value"]
    groups = okta.get("/Groups?startIndex=1&count=100")
    assert groups.status == 200
    assert groups.json() == {
        "schemas": [LIST], "totalResults": 0, "itemsPerPage": 100, "startIndex": 1, "Resources": [],
    }


def test_wrong_token(okta, served):
    answer = okta.get("/Users?startIndex=1&count=2", Authorization="Bearer of nobody")
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="scim"'


def test_published_checks(okta):
    """Of the suite that Okta asks integrators to run, what the other tests here leave out."""
    unknown = okta.get("/Users/00919288221112222")
    assert (unknown.status, unknown.json()["detail"]) == (404, "Resource 00919288221112222 not found")
    created = okta.create("checked")
    repeated = okta.send("POST", "/Users", okta.profile("checked"), **{"Content-Type": "application/json"})
    assert (repeated.status, repeated.json()["scimType"]) == (409, "uniqueness")
    assert [user["id"] for user in okta.search(okta.email("checked").upper())] == [created["id"]]
    assert okta.get(f"/Users/{created['id']}").json() == created


def test_unknown_person_is_created(okta, tmp_path):
    created = okta.create("new")
    assert created["id"] == created["externalId"] == okta.okta_id("new")
    sent = okta.profile("new")
    for name in ("schemas", "userName", "displayName", "locale", "active", "emails"):
        assert created[name] == sent[name], name
    assert created["name"] == {"formatted": "New van Dyk", **sent["name"]}
    assert "password" not in created and "groups" not in created
    account = Account(okta.stack, okta.email("new"), tmp_path)
    assert account.username == f"new.{okta.mount.name}"
    account.assert_provisioned(okta.mount, okta.okta_id("new"))
    assert okta.search(okta.email("new")) == [created]


def test_person_without_okta_id_is_created_with_an_id_of_ours(okta):
    profile = okta.profile("unnumbered")
    del profile["externalId"]
    answer = okta.send("POST", "/Users", profile)
    assert answer.status == 201
    assert [user["id"] for user in okta.search(okta.email("unnumbered"))] == [answer.json()["id"]]


def test_known_person_is_linked(okta, tmp_path):
    """Somebody whom another provider brought: Okta puts its own id into externalId, and goes on asking by the old one."""
    former = f"former-{okta.mount.name}@old+id"
    assert okta.send("POST", "/Users", {**okta.profile("known"), "externalId": former}).status == 201
    account = Account(okta.stack, okta.email("known"), tmp_path)
    account.assert_provisioned(okta.mount, former)
    [user] = okta.search(okta.email("known"))
    assert user["id"] == former
    own = okta.okta_id("known")
    linked = okta.put(former, {"externalId": own, "locale": "nl-NL"})
    assert (linked["id"], linked["externalId"], linked["locale"]) == (own, own, "nl-NL")
    account.assert_provisioned(okta.mount, own)
    assert okta.get(f"/Users/{quoted(former)}").json() == okta.get(f"/Users/{own}").json() == linked
    assert okta.found(f"externalId%20eq%20%22{quoted(former)}%22") == []
    assert okta.found(f"externalId%20eq%20%22{quoted(own)}%22") == [linked]
    # The former id is good for writing, too.
    okta.put(former, {"active": False})
    account.assert_withdrawn(okta.mount, own)


def test_demo_person_is_found_by_email(okta):
    """The userName stored here is GitLab's; Okta asks for a person's email."""
    assert [user["userName"] for user in okta.search("name@example.com")] == ["username"]


def test_profile_push_changes_nothing_of_the_account(okta, tmp_path):
    created = okta.create("renamed")
    account = Account(okta.stack, okta.email("renamed"), tmp_path)
    pushed = okta.put(
        created["id"],
        {
            "userName": "someone.else@okta.test",
            "name": {"givenName": "Another", "middleName": "Excited", "familyName": "Person"},
            "emails": [{"primary": True, "value": "else@okta.test", "type": "work", "display": "else@okta.test"}],
            "displayName": "Another Person", "locale": "fr-FR", "title": "Captain", "groups": [],
        },
    )
    assert {**pushed, "meta": None} == {**created, "meta": None, "locale": "fr-FR", "title": "Captain"}
    assert pushed["meta"]["version"] != created["meta"]["version"]
    account.assert_provisioned(okta.mount, okta.okta_id("renamed"))
    assert account.column("name") == "Renamed van Dyk"
    assert okta.search("someone.else@okta.test") == []


def test_person_is_unassigned_and_assigned_again(okta, tmp_path):
    created = okta.create("returning")
    account = Account(okta.stack, okta.email("returning"), tmp_path)
    if okta.mount is GROUP:  # what else was given to them below the group goes as well
        okta.stack.admin(
            "member", "add", "--user", account.username, "--project", PRIVATE_PROJECT, "--access-level", "maintainer"
        )
    assert okta.put(created["id"], {"active": False})["active"] is False
    account.assert_withdrawn(okta.mount, okta.okta_id("returning"))
    # Okta looks for the person before it assigns them again, and must not take them for unknown.
    [found] = okta.search(okta.email("returning"))
    assert (found["id"], found["active"]) == (created["id"], False)
    assert okta.put(found["id"], {**okta.profile("returning")})["active"] is True
    account.assert_provisioned(okta.mount, okta.okta_id("returning"))


def test_catalogue_application_switches_by_patch(okta, tmp_path):
    created = okta.create("switched")
    account = Account(okta.stack, okta.email("switched"), tmp_path)

    def switch(active):
        body = {"schemas": [PATCH_OP], "Operations": [{"op": "replace", "value": {"active": active}}]}
        assert okta.send("PATCH", f"/Users/{created['id']}", body).status == 204

    for _ in range(2):  # a repetition changes nothing
        switch(False)
        account.assert_withdrawn(okta.mount, okta.okta_id("switched"))
    switch(True)
    account.assert_provisioned(okta.mount, okta.okta_id("switched"))


def test_synchronized_password_is_not_kept(okta):
    created = okta.create("secretive")
    body = {"schemas": [PATCH_OP], "Operations": [{"op": "replace", "value": {"password": "1mz050nq"}}]}
    assert okta.send("PATCH", f"/Users/{created['id']}", body).status == 204
    assert okta.get(f"/Users/{created['id']}").json() == created


def test_import_reads_every_page_once(okta):
    for number in range(3):
        okta.create(f"imported{number}")
    start, ids = 1, []
    while True:
        page = okta.get(f"/Users?startIndex={start}&count=2").json()
        ids += [user["id"] for user in page["Resources"]]
        start += 2
        if start > page["totalResults"]:
            break
    assert len(ids) == len(set(ids)) == page["totalResults"]
    assert {okta.okta_id(f"imported{number}") for number in range(3)} <= set(ids)


def test_groups_are_not_pushed(okta):
    """Where an administrator asks Okta to, it must learn that nothing came of it."""
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Test SCIMv2", "members": []}
    assert okta.send("POST", "/Groups", body).status == 501
