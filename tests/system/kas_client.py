"""The Kubernetes agent server as the internal API sees it: what it sends, and what it makes of an answer.

Calls by which agentk reports and polls pass through kas as they are; they are methods of the same class.
"""

import base64
import dataclasses
import gzip
import hashlib
import hmac
import json
import pathlib
import time
import urllib.parse

from running_stack import Answer, request

KUBERNETES = "/api/v4/internal/kubernetes"
# agentk appends a slash to the prefix of a module, also where nothing follows.
STARBOARD = f"{KUBERNETES}/modules/starboard_vulnerability/"
LIFETIME_SECONDS, BACKDATED_SECONDS = 30, 5
RETRIES = 4


@dataclasses.dataclass(frozen=True)
class Generation:
    """In what versions of kas differ on the wire."""

    name: str
    user_agent: str
    token_field: str
    token_prefix: str
    writes_ids_as_text: bool  # as protobuf does with whatever has 64 bits

    def token_fields(self, token):
        return {self.token_field: self.token_prefix + token}

    def number(self, value):
        return str(value) if self.writes_ids_as_text else value


EARLIER = Generation("bearer", "kas/v17.0.0/1f1eb2a", "Authorization", "Bearer ", False)
LATER = Generation("own field", "kas/v17.11.0/9c5ba43", "Gitlab-Agent-Api-Request", "", True)
GENERATIONS = (EARLIER, LATER)


class Failed(Exception):
    """The call failed; kas tells agentk so, and why."""

    def __init__(self, answer):
        super().__init__(f"{answer.status} {answer.body!r}")
        self.answer = answer


class Unauthenticated(Failed):
    pass


class PermissionDenied(Failed):
    pass


class NotFound(Failed):
    pass


class Unavailable(Failed):
    """Everything else, answers that kas cannot read included; it complains of these to its operator."""


MEANINGS = {401: Unauthenticated, 403: PermissionDenied, 404: NotFound}


def signed_jwt(key, claims):
    signed = _segment({"alg": "HS256", "typ": "JWT"}) + b"." + _segment(claims)
    return (signed + b"." + _segment(hmac.new(key, signed, hashlib.sha256).digest())).decode()


def kas_jwt(key):
    now = int(time.time())
    claims = {"iss": "gitlab-kas", "aud": ["gitlab"], "exp": now + LIFETIME_SECONDS, "nbf": now - BACKDATED_SECONDS}
    return signed_jwt(key, {**claims, "iat": now})


def read_kas_secret(file):
    return base64.b64decode(pathlib.Path(file).read_bytes().strip(), validate=True)


def _segment(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=")


class KasClient:
    def __init__(self, address, secret, generation):
        self.generation = generation
        self.answers_to_lose = 0  # the next ones of agentk's calls are a gateway's 502, although the call was served
        self._address = address
        self._secret = secret

    def agent_info(self, token):
        answer, info = self._read(f"{KUBERNETES}/agent_info", token)
        self._check(answer, info["agent_id"] > 0 and info["agent_name"])
        return info

    def project_info(self, token, project):
        return self._read(f"{KUBERNETES}/project_info?id={urllib.parse.quote(str(project), safe='')}", token)[1]

    def usage_metrics(self, counters, unique_counters):
        number = self.generation.number
        body = {
            "counters": {name: number(value) for name, value in counters.items()},
            "unique_counters": {name: [number(id) for id in ids] for name, ids in unique_counters.items()},
        }
        self._report(f"{KUBERNETES}/usage_metrics", body)

    def agent_configuration(self, agent, configuration):
        """As kas does for each commit that changes the file."""
        body = {"agent_id": self.generation.number(agent), "agent_config": configuration}
        self._report(f"{KUBERNETES}/agent_configuration", body)

    def policies_configuration(self, token):
        """When agentk is to scan which namespaces. It takes 402 and 404 for never."""
        answer = self._pass_on("GET", f"{STARBOARD}policies_configuration", token)
        return self._json_of(answer)["configurations"]

    def agent_events(self, events):
        self._report(f"{KUBERNETES}/agent_events", {"events": events})

    def report_vulnerability(self, token, report):
        """The UUID, by which agentk names the vulnerability at the end of the scan."""
        answer = self._pass_on("PUT", STARBOARD, token, report)
        uuid = self._json_of(answer).get("uuid")
        self._check(answer, isinstance(uuid, str) and uuid)
        return uuid

    def scan_result(self, token, uuids):
        # Without one agentk does not call: everything would be resolved when a scanner had found nothing to scan.
        assert uuids
        self._pass_on("POST", f"{STARBOARD}scan_result", token, {"uuids": uuids})

    def _read(self, path, token):
        fields = {"Accept": "application/json", **self.generation.token_fields(token)}
        answer = self._exchange("GET", path, fields)
        if answer.status not in (200, 201):
            raise MEANINGS.get(answer.status, Unavailable)(answer)
        info = self._json_of(answer)
        repository, gitaly = info["gitaly_repository"], info["gitaly_info"]
        needed = [repository[name] for name in ("storage_name", "relative_path", "gl_repository", "gl_project_path")]
        self._check(answer, info["project_id"] > 0 and gitaly["address"] and info["default_branch"] and all(needed))
        self._check(answer, all(isinstance(value, str) for value in gitaly["features"].values()))
        return answer, info

    def _report(self, path, body):
        answer = self._exchange("POST", path, {"Content-Type": "application/json"}, json.dumps(body).encode())
        if answer.status not in (200, 204):
            raise MEANINGS.get(answer.status, Unavailable)(answer)

    def _pass_on(self, method, path, token, body=None):
        """For agentk, to which kas hands the answer on. What comes of a stream has no length that is known before."""
        fields = self.generation.token_fields(token)
        if body is not None:
            fields = {"Content-Type": "application/json", **fields}
        for _ in range(1 + RETRIES):
            stream = None if body is None else iter([json.dumps(body).encode()])
            answer = self._exchange(method, path, fields, stream)
            if self.answers_to_lose > 0:
                self.answers_to_lose -= 1
                answer = Answer(502, {}, b"")
            if answer.status != 429 and (answer.status < 500 or answer.status == 501):
                break
        if answer.status != 200:
            raise MEANINGS.get(answer.status, Unavailable)(answer)
        return answer

    def _exchange(self, method, path, fields, body=None):
        fields = {
            "User-Agent": self.generation.user_agent, "Accept-Encoding": "gzip",
            "Gitlab-Kas-Api-Request": kas_jwt(self._secret), **fields,
        }
        answer = request(self._address, method, path, fields, body)
        if answer.headers.get("content-encoding") == "gzip":
            answer.body = gzip.decompress(answer.body)
        if answer.status in (200, 201):
            self._check(answer, answer.headers.get("content-type", "").partition(";")[0] == "application/json")
        if answer.status == 204:
            self._check(answer, not answer.body and "content-type" not in answer.headers)
        return answer

    @staticmethod
    def _json_of(answer):
        try:
            return answer.json()
        except ValueError:
            raise Unavailable(answer) from None

    @staticmethod
    def _check(answer, is_good):
        if not is_good:
            raise Unavailable(answer)
