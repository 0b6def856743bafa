"""docs/api.html: whether it is about what the pools serve now."""

import json
import re
import subprocess
import sys

from running_stack import ROOT

sys.path.insert(0, str(ROOT / "scripts" / "lib"))

from join_documents import join  # noqa: E402


def document(build, pool):
    command = [build / "bin" / "innergate-pool", "--pool", pool, "--openapi"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout)


def document_on_page():
    """What the page was made from, which it carries along."""
    page = (ROOT / "docs" / "api.html").read_text()
    begin = re.search(r"const __redoc_state = ", page).end()
    return json.JSONDecoder().raw_decode(page[begin:])[0]["spec"]["data"]


def test_page_of_the_api_is_made_from_the_documents_as_they_are(build):
    wanted = join([document(build, "internal"), document(build, "public")])
    assert document_on_page() == wanted, "make it anew: scripts/api-docs"


def test_page_of_the_api_shows_each_operation_without_running_a_script(build):
    page = (ROOT / "docs" / "api.html").read_text()
    shown = page[:page.index("const __redoc_state = ")]
    operations = [operation for path in document_on_page()["paths"].values() for operation in path.values()]
    assert len(operations) > 100
    for operation in operations:
        assert f'operation/{operation["operationId"]}' in shown, operation["operationId"]
