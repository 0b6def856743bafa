"""The error tracking service's token in the body: read before the request is admitted, and again for its parameters."""

import json
import urllib.parse

PATH = "/api/v4/internal/error_tracking/allowed"
TOKEN = "innergate-demo-error-tracking"
PARAMETERS = {"project_id": 111, "public_key": "generated-error-tracking-key", "error_tracking_token": TOKEN}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def test_token_in_the_body(stack):
    form = stack.internal("POST", PATH, FORM, urllib.parse.urlencode(PARAMETERS).encode())
    assert (form.status, form.json()) == (200, {"enabled": True})
    document = stack.internal("POST", PATH, JSON, json.dumps(PARAMETERS).encode())
    assert (document.status, document.json()) == (200, {"enabled": True})


def test_token_in_a_large_body(stack):
    large = json.dumps({**PARAMETERS, "padding": "x" * 65536}).encode()
    assert stack.internal("POST", PATH, JSON, large).status == 401
    admitted = stack.internal("POST", PATH, {**JSON, "Gitlab-Error-Tracking-Token": TOKEN}, large)
    assert (admitted.status, admitted.json()) == (200, {"enabled": True})


def test_log_says_who_asked_and_why_not(stack):
    body = urllib.parse.urlencode({**PARAMETERS, "public_key": "other"}).encode()
    answer = stack.internal("POST", PATH, {**FORM, "X-Request-Id": "asked-with-another-key"}, body)
    assert answer.json() == {"enabled": False}
    lines = stack.log_lines("internal")
    line = next(line for line in lines if line.get("correlation_id") == "asked-with-another-key")
    assert line["meta.caller"] == "error-tracking"
    assert line["reason"] == "the project has no such active key"
    assert TOKEN not in json.dumps(lines)
