"""innergate-admin doctor: what it says of SCIM."""

import json

import pytest

from examined import bare_installation, completed, DEMO_SCIM_TOKENS, examine


@pytest.fixture
def provisioned(build, short_folder):
    """Two groups, and nothing that SCIM knows of them."""
    with completed(bare_installation(build, short_folder)) as tool:
        for path in ("corp", "other"):
            tool.done("group", "add", "--path", path)
        yield tool


def test_nothing_to_say_without_tokens(provisioned):
    assert not [what for what in examine(provisioned).of("ok") if what.startswith("scim")]


def test_demo_tokens_are_found_until_they_are_gone(provisioned):
    provisioned.done("saml-provider", "add", "--group", "corp")
    group = provisioned.json("group", "show", "corp")["id"]
    rows = [{"id": 901, "group_id": group, "token": DEMO_SCIM_TOKENS[0]}, {"id": 902, "token": DEMO_SCIM_TOKENS[1]}]
    document = provisioned.folder / "tokens.json"
    document.write_text(json.dumps({"scim_oauth_access_tokens": rows}))
    provisioned.done("import", str(document))
    secrets = [check for check in examine(provisioned).checks if check["verdict"] == "warn"]
    assert len(secrets) == 2
    for check, text in zip(secrets, DEMO_SCIM_TOKENS):
        assert text in check["what"] and "scim-token list, remove" in check["next"]
    provisioned.done("scim-token", "remove", "901")
    assert DEMO_SCIM_TOKENS[1] in examine(provisioned).only("warn")[0]
    provisioned.done("scim-token", "remove", "902")
    assert "demo secrets: none" in examine(provisioned).of("ok")


def test_groups_without_single_sign_on_are_named(provisioned):
    for path in ("other", "corp", "corp"):
        provisioned.done("scim-token", "add", "--group", path)
    what, advice = examine(provisioned).only("warn")
    assert what == "scim: tokens are refused, for want of an enabled SAML provider, in corp, other"
    assert advice == "innergate-admin saml-provider add --group PATH, or update PATH --enabled yes"
    provisioned.done("saml-provider", "add", "--group", "other")
    provisioned.done("saml-provider", "add", "--group", "corp", "--disabled")
    assert examine(provisioned).only("warn")[0].endswith(" in corp")
    provisioned.done("saml-provider", "update", "corp", "--enabled", "yes")
    assert "scim: single sign-on is on wherever there is a token" in examine(provisioned).of("ok")


def test_of_many_groups_some_are_named(provisioned):
    for number in range(12):
        provisioned.done("group", "add", "--path", f"group{number:02}")
        provisioned.done("scim-token", "add", "--group", f"group{number:02}")
    assert examine(provisioned).only("warn")[0].endswith(", group08, group09 and 2 more")


def test_instance_whose_saml_is_off(provisioned):
    provisioned.done("scim-token", "add", "--instance")
    assert not examine(provisioned).of("warn")
    document = provisioned.folder / "settings.json"
    document.write_text('{"application_settings":[{"saml_enabled":false}]}')
    provisioned.done("import", str(document))
    what, advice = examine(provisioned).only("warn")
    assert what == "scim: tokens of the instance are refused, because SAML is off in its settings"
    document.write_text(advice.removeprefix("import "))
    provisioned.done("import", str(document))
    assert not examine(provisioned).of("warn")


def test_feature_that_is_off(provisioned):
    provisioned.done("scim-token", "add", "--instance")
    what, advice = examine(provisioned, "--features-scim", "false").only("warn")
    assert what.startswith("scim: there are tokens, but the feature is off") and "features.scim" in advice
