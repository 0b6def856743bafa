"""docs/monitoring: the alert rules and the dashboard name what /-/metrics shows, and Prometheus can read them."""

import json
import pathlib
import re
import subprocess

import pytest

from running_stack import ROOT

MONITORING = ROOT / "docs" / "monitoring"
RULES, DASHBOARD = MONITORING / "innergate-alerts.yml", MONITORING / "innergate-dashboard.json"
NAME = re.compile(r"\binnergate_\w+")


def dashboard_queries():
    return [target["expr"] for panel in json.loads(DASHBOARD.read_text())["panels"] for target in panel["targets"]]


def shown_metrics(text):
    """Names as a query uses them, with the labels each has."""
    labels = {}
    for line in text.splitlines():
        sample = re.match(r"(\w+)\{(.*)\} ", line)
        if sample:
            labels.setdefault(sample[1], set()).update(re.findall(r'(\w+)="', sample[2]))
    return labels


@pytest.fixture(scope="module")
def exposition(sqlite_stack):
    # A counter of requests is there once there was one.
    sqlite_stack.internal("GET", "/api/v4/internal/check", sqlite_stack.shell_headers())
    return sqlite_stack.internal("GET", "/-/metrics").body.decode()


@pytest.fixture(scope="module")
def shown(exposition):
    return shown_metrics(exposition)


def names_in(file):
    return set(NAME.findall(file.read_text()))


@pytest.mark.parametrize("file", [RULES, DASHBOARD], ids=lambda file: file.name)
def test_every_metric_that_is_used_is_shown(shown, file):
    assert names_in(file) - set(shown) == set()


def test_every_metric_that_is_shown_is_on_the_dashboard_and_documented(shown):
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}
    on_dashboard = {re.sub(r"_(bucket|sum|count)$", "", name) for name in names_in(DASHBOARD)}
    documented = set(NAME.findall((ROOT / "docs" / "operations.md").read_text()))
    assert families - on_dashboard == set()
    assert families - documented == set()


@pytest.mark.parametrize("file", [RULES, DASHBOARD], ids=lambda file: file.name)
def test_selectors_and_groupings_use_labels_that_the_metrics_have(shown, file):
    # instance and job are Prometheus' own.
    known = {"instance", "job", *(label for labels in shown.values() for label in labels)}
    text = file.read_text().replace('\\"', '"')
    for name, selector in re.findall(r"\b(innergate_\w+)\{([^}]*)\}", text):
        assert set(re.findall(r"(\w+)\s*[!=]~?\s*\"", selector)) <= shown[name] | {"instance", "job"}
    for grouping in re.findall(r"\bby \(([^)]*)\)", text):
        assert {label.strip() for label in grouping.split(",")} <= known


def test_routes_that_the_rules_name_exist(exposition):
    patterns = set(re.findall(r'route="([^"]+)"', exposition))
    for operator, wanted in re.findall(r'route(=~|!=|=)"([^"]+)"', RULES.read_text()):
        alternatives = re.fullmatch(r"([^(]*)\(([^)]*)\)", wanted) if operator == "=~" else None
        for route in [alternatives[1] + end for end in alternatives[2].split("|")] if alternatives else [wanted]:
            assert route in patterns


def promtool(*arguments):
    return subprocess.run(["promtool", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)


def test_rules_are_rules():
    checked = promtool("check", "rules", str(RULES))
    assert checked.returncode == 0, checked.stdout


def test_rules_fire_when_they_should():
    cases = pathlib.Path(__file__).with_name("innergate-alerts-test.yml")
    tested = promtool("test", "rules", str(cases))
    assert tested.returncode == 0, tested.stdout
    alerts = set(re.findall(r"- alert: (\w+)", RULES.read_text()))
    assert alerts - set(re.findall(r"\bInnergate\w+", cases.read_text())) == set()


def test_dashboard_asks_questions_that_prometheus_understands(tmp_path):
    rules = [
        {"record": "panel", "expr": query.replace("$__rate_interval", "5m"), "labels": {"number": str(number)}}
        for number, query in enumerate(dashboard_queries())
    ]
    # JSON is YAML too.
    file = tmp_path / "dashboard.yml"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    checked = promtool("check", "rules", str(file))
    assert checked.returncode == 0, checked.stdout


def test_metrics_are_as_prometheus_wants_them(exposition):
    checked = subprocess.run(
        ["promtool", "check", "metrics"], input=exposition, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout


def test_panels_do_not_overlap():
    taken = set()
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells
