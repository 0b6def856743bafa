"""What was built: the programs are hardened, and scripts/sbom tells all that they load."""

import json
import re
import subprocess

import pytest

from running_stack import ROOT

PROGRAMS = ("innergate-pool", "innergate-admin")


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=120).stdout


def is_optimised(build):
    """Without optimisation there is no _FORTIFY_SOURCE."""
    return "CMAKE_BUILD_TYPE:STRING=Debug" not in (build / "CMakeCache.txt").read_text()


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_are_hardened(build, program):
    file = build / "bin" / program
    headers = output_of("readelf", "-W", "--file-header", "--program-headers", "--dynamic", file)
    symbols = output_of("readelf", "-W", "--dyn-syms", file)
    assert re.search(r"Type: +DYN \(Position-Independent Executable", headers)
    assert re.search(r"FLAGS_1\) .*\bPIE\b", headers)
    # Full RELRO: all symbols are bound at the start, and their table is read-only from then on.
    assert "GNU_RELRO" in headers
    assert re.search(r"FLAGS_1\) .*\bNOW\b", headers)
    (stack,) = re.findall(r"GNU_STACK .*", headers)
    assert re.search(r" RW +0x", stack), stack
    assert not re.search(r"LOAD .* RWE ", headers)
    assert not re.search(r"\((RPATH|RUNPATH|TEXTREL)\)", headers)
    assert "__stack_chk_fail" in symbols
    if is_optimised(build):
        assert re.search(r"\b__mem(cpy|move)_chk\b", symbols)


@pytest.fixture(scope="module")
def sbom(build):
    return json.loads(output_of(ROOT / "scripts" / "sbom", "--build", build))


def test_sbom_is_cyclonedx(sbom):
    assert (sbom["bomFormat"], sbom["specVersion"], sbom["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", sbom["serialNumber"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", sbom["metadata"]["timestamp"])
    references = [component["bom-ref"] for component in [sbom["metadata"]["component"], *sbom["components"]]]
    assert len(references) == len(set(references))
    for component in sbom["components"]:
        assert component["name"] and component["version"]
        if component["type"] == "library":
            assert re.fullmatch(r"pkg:deb/debian/[a-z0-9.+-]+@[^?+:]+\?arch=[a-z0-9]+&distro=debian-\d+", component["purl"])
    for dependency in sbom["dependencies"]:
        assert {dependency["ref"], *dependency["dependsOn"]} <= set(references)


@pytest.mark.parametrize("program", PROGRAMS)
def test_sbom_has_every_linked_library(build, sbom, program):
    file_of = {
        file["name"]: component for component in sbom["components"] for file in component.get("components", [])
    }
    loaded = set(re.findall(r"(?:=> |^\t)(/\S+) \(", output_of("ldd", build / "bin" / program), re.MULTILINE))
    assert len(loaded) > 10
    assert loaded <= set(file_of)
    (depends,) = [dependency["dependsOn"] for dependency in sbom["dependencies"] if dependency["ref"] == program]
    for path in loaded:
        component = file_of[path]
        assert component["bom-ref"] in depends
        architecture = re.search(r"arch=(\w+)", component["purl"])[1]
        installed = output_of("dpkg-query", "--show", "--showformat=${Version}", f"{component['name']}:{architecture}")
        assert installed == component["version"]


def test_sbom_has_the_libraries_that_are_headers_only(sbom):
    headers = {
        component["name"] for component in sbom["components"]
        if {"name": "innergate:use", "value": "headers"} in component.get("properties", [])
    }
    assert {"rapidjson-dev", "libcli11-dev", "libexpected-dev", "libutfcpp-dev", "libhowardhinnant-date-dev"} <= headers
    assert "libboost-test1.74-dev" not in headers


def test_sbom_of_the_same_build_is_the_same(build, sbom):
    again = json.loads(output_of(ROOT / "scripts" / "sbom", "--build", build))
    assert again["serialNumber"] == sbom["serialNumber"]


def test_documented_libraries_and_versions_are_those_of_the_sbom(sbom):
    """docs/dependencies.md names each -dev package of which something is in the programs."""
    rows = re.findall(r"^\| [^|]+ \| `(\S+-dev)` \| ([0-9.]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)
    documented = dict(rows)
    compiled = {
        component["name"].replace("1.74", ""): component["version"].split(":")[-1]
        for component in sbom["components"] if component["name"].endswith("-dev")
    }
    of_the_compiler = {"libc6-dev", "libstdc++-12-dev", "linux-libc-dev"}
    assert set(compiled) - of_the_compiler <= set(documented)
    # Only the tests link it.
    assert set(documented) - set(compiled) == {"libboost-test-dev"}
    for name, version in documented.items():
        assert compiled.get(name, version).startswith(version), name
