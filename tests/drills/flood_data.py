"""The demo data with what makes requests dear and limits that do not get in a flood's way."""

import json

from drill import DEMO_DATA

MEMBERS = 2_000
# The namespace of the documentation's subscription, with as many members more.
CUSTOMER = 1234
EXCLUSIONS = 100
FIRST_ID = 100_000


def write_import_file(path):
    rows = json.loads(DEMO_DATA.read_text(encoding="utf-8"))
    rows["application_settings"][0]["gitlab_shell_operation_limit"] = 0
    for number in range(FIRST_ID, FIRST_ID + MEMBERS):
        rows["users"].append(
            {"id": number, "username": f"flood{number}", "name": f"Flood {number}", "email": f"flood{number}@example.com"}
        )
        rows["members"].append(
            {"id": number, "user_id": number, "source_type": "Namespace", "source_id": CUSTOMER, "access_level": 30}
        )
    for number in range(FIRST_ID, FIRST_ID + EXCLUSIONS):
        rows["namespaces"].append({"id": number, "type": "Group", "name": f"flood{number}", "path": f"flood{number}"})
        rows["namespaces_storage_limit_exclusions"].append({"id": number, "namespace_id": number, "reason": "flood"})
    path.write_text(json.dumps(rows), encoding="utf-8")
