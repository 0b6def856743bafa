"""Identity providers as the public API sees them, and what becomes of the people they provision."""

import base64
import dataclasses
import json
import os
import pathlib
import time
import urllib.parse

from kas_client import signed_jwt
from running_stack import request

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE_USER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
MEDIA_TYPE = "application/scim+json"

GROUP_ID, GROUP_PATH = 4, "test_group"
PRIVATE_PROJECT, PUBLIC_PROJECT = f"{GROUP_PATH}/provisioned", "gnuwget/wget2"


@dataclasses.dataclass(frozen=True)
class Mount:
    """One of the two places where SCIM is served, with its token of the demo data."""

    name: str
    base: str
    token: str
    scope: str  # of the rows that belong to it

    def __str__(self):
        return self.name


GROUP = Mount("group", f"/api/scim/v2/groups/{GROUP_PATH}", "innergate-demo-scim-group", f"group_id = {GROUP_ID}")
INSTANCE = Mount("instance", "/api/scim/v2/application", "innergate-demo-scim-instance", "group_id is null")
MOUNTS = (GROUP, INSTANCE)


def quoted(text):
    """As a segment of a path or as a value of a query."""
    return urllib.parse.quote(text, safe="")


class ScimClient:
    """Sends what it is told, and holds every answer against what all of them have in common."""

    def __init__(self, stack, mount, fields):
        self.mount = mount
        self._address = ("127.0.0.1", stack.public_port)
        self._fields = {**fields, "Authorization": f"Bearer {mount.token}"}

    def send(self, method, path, body=None, **fields):
        """The path is what follows the base; the body is a document, or bytes, or pieces of such."""
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        answer = request(self._address, method, self.mount.base + path, {**self._fields, **fields}, body)
        check(answer)
        return answer

    def get(self, path, **fields):
        return self.send("GET", path, **fields)

    def found(self, filter_text, more=""):
        """The users that the filter, encoded already, finds."""
        answer = self.get(f"/Users?filter={filter_text}{more}")
        assert answer.status == 200, answer.body
        listing = answer.json()
        assert listing["schemas"] == [LIST]
        assert listing["totalResults"] == len(listing["Resources"])
        return listing["Resources"]


def check(answer):
    if answer.status in (204, 304):
        assert not answer.body and "content-type" not in answer.headers
        return
    assert answer.headers["content-type"] == MEDIA_TYPE, answer.body
    document = answer.json()
    if answer.status >= 400:
        assert document["schemas"] == [ERROR]
        assert document["status"] == str(answer.status)
        assert document["detail"]
        assert set(document) <= {"schemas", "detail", "status", "scimType"}
    elif document["schemas"] == [USER] and "meta" in document:
        assert answer.headers["location"] == document["meta"]["location"]
        if answer.status == 200:
            assert answer.headers["etag"] == document["meta"]["version"]


class Account:
    """A person as the rest of the system knows them: the database's rows, and what git is told."""

    def __init__(self, stack, email, folder):
        self.stack = stack
        self.email = email
        [user_id] = stack.look(f"select id from users where lower(email) = '{email.lower()}'")
        self.id = int(user_id)
        self.username = self.column("username")
        file = folder / f"{self.id}.pub"
        blob = base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + os.urandom(32)).decode()
        file.write_text(f"ssh-ed25519 {blob} {self.username}\n")
        added = stack.admin("--json", "key", "add", "--user", self.username, "--key-file", str(file))
        self.key_id = json.loads(added)["id"]

    def column(self, name):
        return self.stack.look(f"select {name} from users where id = {self.id}")[0]

    def identity(self, mount):
        """The id by which the provider knows the person, and whether they are active; nothing where there is none."""
        columns = "extern_uid || case when active then ' active' else ' inactive' end"
        where = f"user_id = {self.id} and {mount.scope}"
        return (self.stack.look(f"select {columns} from scim_identities where {where}") or [None])[0]

    def memberships(self):
        return self.stack.look(
            f"select source_type || ' ' || source_id || ' ' || access_level from members where user_id = {self.id}"
            " order by 1"
        )

    def single_sign_on_ids(self):
        return self.stack.look(f"select extern_uid from identities where user_id = {self.id}")

    def ask(self, what, **body):
        """The answer to gitlab-shell, for the person's key."""
        body = json.dumps({"key_id": str(self.key_id), **body})
        now = int(time.time())
        secret = pathlib.Path(self.stack.shell_secret_file).read_bytes().strip()
        token = signed_jwt(secret, {"iss": "gitlab-shell", "iat": now, "exp": now + 60})
        fields = {"Gitlab-Shell-Api-Request": token, "Content-Type": "application/json"}
        answer = self.stack.internal("POST", f"/api/v4/internal/{what}", fields, body)
        return answer.status, answer.json()

    def may_fetch(self, project):
        status, answer = self.ask(
            "allowed", project=f"/{project}.git", action="git-upload-pack", changes="_any", protocol="ssh"
        )
        assert answer["status"] is (status == 200), answer
        assert status in (200, 404), answer
        return status == 200

    def assert_provisioned(self, mount, extern_uid):
        assert self.identity(mount) == f"{extern_uid} active"
        assert self.column("state") == "active"
        assert self.may_fetch(PUBLIC_PROJECT)
        if mount is GROUP:
            assert self.memberships() == [f"Namespace {GROUP_ID} 30"]
            assert self.single_sign_on_ids() == [extern_uid]
            assert self.may_fetch(PRIVATE_PROJECT)

    def assert_withdrawn(self, mount, extern_uid):
        assert self.identity(mount) == (None if extern_uid is None else f"{extern_uid} inactive")
        if mount is GROUP:
            assert self.memberships() == []
            assert self.single_sign_on_ids() == []
            assert not self.may_fetch(PRIVATE_PROJECT)
            # Only the group is closed to them.
            assert self.column("state") == "active"
            assert self.may_fetch(PUBLIC_PROJECT)
        else:
            assert self.column("state") == "blocked"
            self.assert_blocked()

    def assert_blocked(self):
        fetched = self.ask(
            "allowed", project=f"/{PUBLIC_PROJECT}.git", action="git-upload-pack", changes="_any", protocol="ssh"
        )
        assert fetched == (401, {"status": False, "message": "Your account has been blocked."})
        token = self.ask("personal_access_token", name="late", scopes=["api"])
        assert token == (200, {"success": False, "message": "Failed to create token: Not permitted to create"})


def prepare(stack):
    """A private project below the group, into which its provisioned members may look."""
    stack.change(f"update saml_providers set default_membership_role = 30 where group_id = {GROUP_ID}")
    stack.admin("project", "add", "--path", PRIVATE_PROJECT, "--visibility", "private")
    # Nobody looks into the storage, so the row has to say that there is one.
    name = PRIVATE_PROJECT.rpartition("/")[2]
    stack.change(f"update projects set repository_exists = true where path = '{name}'")
