"""What Microsoft Entra's provisioning service sends to a SCIM server, in its order and in both of its dialects."""

import uuid

import pytest

from running_stack import Stack
from scim_client import ENTERPRISE_USER, INSTANCE, LIST, MOUNTS, PATCH_OP, USER, Account, ScimClient, prepare, quoted

FIELDS = {
    "Accept": "application/scim+json",
    "Content-Type": "application/scim+json; charset=utf-8",
    "Connection": "Keep-Alive",
}
# With the flag aadOptscim062020 in the address of the tenant it keeps to the RFC, and without it does not.
DIALECTS = ("former", "compliant")


@pytest.fixture(scope="module")
def served(build, database):
    with Stack(build, database=database) as running:
        prepare(running)
        yield running


@pytest.fixture(params=MOUNTS, ids=str)
def entra(request, served):
    return Entra(served, request.param)


class Entra(ScimClient):
    def __init__(self, stack, mount):
        super().__init__(stack, mount, FIELDS)
        self.stack = stack

    def new_person(self):
        """As it fills its own template in: userName and email differ, and nothing of either is a word."""
        return {
            "schemas": [USER, ENTERPRISE_USER],
            "externalId": str(uuid.uuid4()),
            "userName": f"Test_User_{uuid.uuid4()}",
            "active": True,
            "emails": [{"primary": True, "type": "work", "value": f"Test_User_{uuid.uuid4()}@testuser.com"}],
            "meta": {"resourceType": "User"},
            "name": {"formatted": "givenName familyName", "familyName": "familyName", "givenName": "givenName"},
            "roles": [],
        }

    def create(self, person):
        answer = self.send("POST", "/Users", person)
        assert answer.status == 201, answer.body
        return answer.json()

    def matching(self, attribute, value):
        """The query by which it looks for somebody: blanks are pluses, quotes are as they are."""
        return self.found(f'{quoted(attribute)}+eq+"{quoted(value)}"')

    def patch(self, user_id, *operations):
        answer = self.send("PATCH", f"/Users/{quoted(user_id)}", {"schemas": [PATCH_OP], "Operations": operations})
        assert answer.status == 204, answer.body

    def switch(self, user_id, active, dialect):
        if dialect == "compliant":
            self.patch(user_id, {"op": "replace", "path": "active", "value": active})
        else:
            self.patch(user_id, {"op": "Replace", "path": "active", "value": str(active)})


def email_of(person):
    return person["emails"][0]["value"]


@pytest.mark.parametrize("attribute", ["userName", "externalId", 'emails[type eq "work"].value', "id"])
def test_connection_asks_for_nobody(entra, attribute):
    answer = entra.get(f'/Users?filter={quoted(attribute)}+eq+"{uuid.uuid4()}"')
    assert answer.status == 200
    assert answer.json() == {
        "schemas": [LIST], "totalResults": 0, "itemsPerPage": 20, "startIndex": 1, "Resources": [],
    }


def test_flag_left_in_the_address_is_passed_over(entra):
    assert entra.get(f'/Users?aadOptscim062020&filter=userName+eq+"{uuid.uuid4()}"').json()["totalResults"] == 0


def test_connection_asks_for_no_group(entra):
    answer = entra.get(f'/Groups?excludedAttributes=members&filter=displayName+eq+"{uuid.uuid4()}"')
    assert (answer.status, answer.json()["totalResults"]) == (200, 0)


def test_schemas_are_read_when_the_mapping_is_edited(entra):
    schemas = entra.get("/Schemas").json()
    assert schemas["schemas"] == [LIST]
    assert USER in [schema["id"] for schema in schemas["Resources"]]


def test_person_is_created(entra, tmp_path):
    person = entra.new_person()
    created = entra.create(person)
    for name in ("externalId", "userName", "active", "emails", "name"):
        assert created[name] == person[name], name
    assert created["id"] == person["externalId"]
    assert created["schemas"] == [USER]
    assert "roles" not in created
    Account(entra.stack, email_of(person), tmp_path).assert_provisioned(entra.mount, person["externalId"])
    assert entra.get(f"/Users/{created['id']}").json() == created
    assert entra.send("POST", "/Users", person).status == 409


def test_person_is_matched_by_any_attribute(entra):
    person = entra.new_person()
    created = entra.create(person)
    user_name, email = person["userName"], email_of(person)
    for attribute, value in (
        ("userName", user_name), ("userName", user_name.upper()), ("externalId", person["externalId"]),
        ('emails[type eq "work"].value', email), ("emails.value", email.lower()), ("userName", email),
    ):
        assert entra.matching(attribute, value) == [created], attribute
    both = f'userName eq "{user_name}" and emails[type eq "work"].value eq '
    assert entra.found(quoted(f'{both}"{email}"')) == [created]
    assert entra.found(quoted(f'{both}"else@testuser.com"')) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_person_is_updated(entra, tmp_path, dialect):
    """What GitLab would not let a provider change stays; what it never had is kept for the provider, or dropped."""
    person = entra.new_person()
    created = entra.create(person)
    work_mail, employee = 'emails[type eq "work"].value', f"{ENTERPRISE_USER}:employeeNumber"
    if dialect == "former":
        entra.patch(
            created["id"],
            {"op": "Replace", "path": "displayName", "value": "Pvlo"},
            {"op": "Replace", "path": work_mail, "value": "TestBcwqnm@test.microsoft.com"},
            {"op": "Replace", "path": "name.givenName", "value": "Gtfd"},
            {"op": "Replace", "path": "name.familyName", "value": "Pkqf"},
            {"op": "Replace", "path": employee, "value": "Eqpj"},
            {"op": "Add", "path": "nickName", "value": "Babs"},
            {"op": "Add", "path": "title", "value": [{"value": "Captain"}]},
            {"op": "Add", "path": f"{ENTERPRISE_USER}:manager", "value": [{"$ref": "../Users/7", "value": "7"}]},
            {"op": "Add", "path": 'roles[primary eq "True"].value', "value": "Admin"},
        )
    else:
        entra.patch(
            created["id"],
            {"op": "replace", "path": work_mail, "value": "TestMhvaes@test.microsoft.com"},
            {"op": "add", "path": "nickName", "value": "Babs"},
            {
                "op": "replace",
                "value": {
                    "displayName": "Bjfe", "name.givenName": "Kkom", "name.familyName": "Unua", employee: "Aklq",
                    "title": "Captain",
                },
            },
        )
    updated = entra.get(f"/Users/{created['id']}").json()
    assert {**updated, "meta": None} == {**created, "meta": None, "nickName": "Babs", "title": "Captain"}
    entra.patch(
        created["id"],
        {"op": "Replace", "path": "userName", "value": "5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com"},
        {"op": "Remove", "path": f"{ENTERPRISE_USER}:manager"},
        {"op": "Remove", "path": "nickName"},
        {"op": "Remove", "path": 'addresses[type eq "work"].streetAddress'},
    )
    left = entra.get(f"/Users/{created['id']}").json()
    assert {**left, "meta": None} == {**created, "meta": None, "title": "Captain"}
    Account(entra.stack, email_of(person), tmp_path).assert_provisioned(entra.mount, created["id"])


def test_emails_type_other_is_no_second_one(entra):
    person = entra.new_person()
    person["emails"].insert(0, {"type": "other", "value": "proxy@testuser.com"})
    assert entra.create(person)["emails"] == [person["emails"][1]]


def test_cached_id_outlives_another_external_id(entra, tmp_path):
    """An administrator maps externalId to another attribute; the service goes on asking by the id it was told."""
    person = entra.new_person()
    cached = entra.create(person)["id"]
    account = Account(entra.stack, email_of(person), tmp_path)
    name = f"{cached[:8]}@contoso.com"
    entra.patch(cached, {"op": "Replace", "path": "externalId", "value": name})
    shown = entra.get(f"/Users/{cached}").json()
    assert (shown["id"], shown["externalId"]) == (name, name)
    assert entra.matching("externalId", name) == [shown]
    assert entra.matching("externalId", cached) == []
    account.assert_provisioned(entra.mount, name)
    entra.switch(cached, False, "compliant")
    account.assert_withdrawn(entra.mount, name)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_person_is_disabled_removed_and_comes_back(entra, tmp_path, dialect):
    person = entra.new_person()
    created = entra.create(person)
    account = Account(entra.stack, email_of(person), tmp_path)
    entra.switch(created["id"], False, dialect)
    account.assert_withdrawn(entra.mount, created["id"])
    # Disabled is not gone: who is restored within thirty days is looked for, found and enabled.
    assert entra.get(f"/Users/{created['id']}").json()["active"] is False
    [found] = entra.matching("userName", person["userName"])
    assert (found["id"], found["active"]) == (created["id"], False)
    entra.switch(created["id"], True, dialect)
    account.assert_provisioned(entra.mount, created["id"])
    entra.switch(created["id"], False, dialect)
    assert entra.send("DELETE", f"/Users/{created['id']}").status == 204
    account.assert_withdrawn(entra.mount, None)
    for method in ("GET", "DELETE"):
        assert entra.send(method, f"/Users/{created['id']}").status == 404
    assert entra.matching("userName", person["userName"]) == []
    # The same person again, whose directory entry is a new one: the account is the old one.
    again = {**person, "externalId": str(uuid.uuid4())}
    assert entra.create(again)["id"] == again["externalId"]
    account.assert_provisioned(entra.mount, again["externalId"])
    assert entra.stack.look(f"select count(*) from users where lower(email) = '{email_of(person).lower()}'") == ["1"]


def test_person_is_deleted_while_active(entra, tmp_path):
    """By hand in the portal, or out of scope with the setting that skips the first step."""
    person = entra.new_person()
    created = entra.create(person)
    account = Account(entra.stack, email_of(person), tmp_path)
    assert entra.send("DELETE", f"/Users/{created['id']}").status == 204
    account.assert_withdrawn(entra.mount, None)


def test_an_administrators_block_is_not_lifted(served, tmp_path):
    """By a provider that enables everybody it finds."""
    entra = Entra(served, INSTANCE)
    person = entra.new_person()
    created = entra.create(person)
    account = Account(served, email_of(person), tmp_path)
    served.change(f"update users set state = 'blocked' where id = {account.id}")
    entra.switch(created["id"], False, "former")
    entra.switch(created["id"], True, "former")
    assert account.identity(INSTANCE) == f"{created['id']} active"
    account.assert_blocked()
