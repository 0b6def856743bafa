"""Prints a CycloneDX document about the programs in BUILD/bin, with the module that they may load. Called by scripts/sbom."""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

PROGRAMS = ("innergate-pool", "innergate-admin", "innergate-gitaly.so")


def output_of(*command, may_fail=False):
    ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"})
    if ran.returncode != 0 and not may_fail:
        sys.exit(f"sbom: {' '.join(map(str, command))}: {ran.stderr.strip()}")
    return ran.stdout


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def shared_libraries(program):
    """Paths of all that the dynamic linker loads, those that libraries need too."""
    text = output_of("ldd", program)
    if "not found" in text:
        sys.exit(f"sbom: {program} needs libraries that are not there:\n{text}")
    return sorted(set(re.findall(r"(?:=> |^\t)(/\S+) \(", text, re.MULTILINE)))


def spellings(path):
    """A path as dpkg may know it: /lib is a link to /usr/lib, and packages name either."""
    names = {path, os.path.realpath(path)}
    return names | {f"/usr{name}" for name in names if not name.startswith("/usr/")} | {
        name.removeprefix("/usr") for name in names if name.startswith("/usr/lib")
    }


def packages_of(paths):
    """By path, the package it belongs to as dpkg names it (`libc6:amd64`)."""
    asked = {spelling: path for path in paths for spelling in spellings(path)}
    found = {}
    for line in output_of("dpkg-query", "--search", *asked, may_fail=True).splitlines() if asked else []:
        owners, _, path = line.rpartition(": ")
        if path in asked and not owners.startswith("diversion "):
            found[asked[path]] = owners.split(", ")[0]
    return found


def compiled_headers(build):
    """Headers outside of the repository that went into the programs, as ninja noted while compiling."""
    if not (build / ".ninja_deps").exists():
        return []
    headers, is_ours = set(), False
    for line in output_of("ninja", "-C", build, "-t", "deps", may_fail=True).splitlines():
        if line.startswith("    "):
            if is_ours and line.startswith("    /usr/include/"):
                headers.add(line.strip())
        elif line:
            is_ours = not line.startswith("tests/")
    return sorted(headers)


def described(packages):
    """By package, what dpkg knows of it."""
    form = "${binary:Package}\t${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\t${Maintainer}\t${Homepage}\n"
    known = {}
    for line in output_of("dpkg-query", "--show", f"--showformat={form}", *sorted(packages)).splitlines():
        full, *rest = line.split("\t")
        known[full] = rest
    # Of packages for all architectures, dpkg-query --search leaves out the architecture, as --show does.
    return {package: known[package] for package in packages}


def purl_of(name, version, architecture, distribution):
    return f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}&distro={distribution}"


def distribution():
    fields = dict(re.findall(r'^(\w+)="?([^"\n]*)', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE))
    return f"{fields['ID']}-{fields.get('VERSION_ID', 'unstable')}"


def component_of(package, facts, files, how):
    name, version, architecture, source, source_version, maintainer, homepage = facts
    component = {
        "type": "library", "name": name, "version": version,
        "purl": purl_of(name, version, architecture, distribution()),
        "supplier": {"name": maintainer},
        "properties": [
            {"name": "innergate:use", "value": how},
            {"name": "debian:source", "value": source}, {"name": "debian:source-version", "value": source_version},
        ],
    }
    component["bom-ref"] = component["purl"]
    if homepage:
        component["externalReferences"] = [{"type": "website", "url": homepage}]
    if files:
        component["components"] = [
            {"type": "file", "name": path, "bom-ref": f"file:{path}", "hashes": [{"alg": "SHA-256", "content": sha256(path)}]}
            for path in sorted(files)
        ]
    return component


def document(build):
    version = output_of(build / "bin" / PROGRAMS[0], "--version").strip().split()[-1]
    libraries = {program: shared_libraries(build / "bin" / program) for program in PROGRAMS}
    paths = sorted({path for loaded in libraries.values() for path in loaded})
    owners = packages_of(paths)
    if set(paths) - set(owners):
        sys.exit(f"sbom: of no Debian package: {' '.join(sorted(set(paths) - set(owners)))}")
    header_owners = set(packages_of(compiled_headers(build)).values())
    facts = described({*owners.values(), *header_owners})
    linked = {
        package: component_of(package, facts[package], [path for path in paths if owners[path] == package], "shared library")
        for package in sorted(set(owners.values()))
    }
    compiled = {package: component_of(package, facts[package], [], "headers") for package in sorted(header_owners - set(linked))}
    programs = [
        {
            "type": "application", "name": program, "version": version, "bom-ref": program,
            "hashes": [{"alg": "SHA-256", "content": sha256(build / "bin" / program)}],
        }
        for program in PROGRAMS
    ]
    headers = [component["bom-ref"] for component in compiled.values()]
    depends = [
        {"ref": program, "dependsOn": sorted({linked[owners[path]]["bom-ref"] for path in libraries[program]} | set(headers))}
        for program in PROGRAMS
    ]
    components = [*programs, *linked.values(), *compiled.values()]
    # The same build gives the same document where SOURCE_DATE_EPOCH says when it was.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.timezone.utc) if epoch is None else datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc)
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(components, sort_keys=True))
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{serial}", "version": 1,
        "metadata": {
            "timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {"type": "application", "name": "innergate", "version": version, "bom-ref": "innergate"},
        },
        "components": components,
        "dependencies": [{"ref": "innergate", "dependsOn": list(PROGRAMS)}, *depends],
    }


print(json.dumps(document(pathlib.Path(sys.argv[1]).resolve()), indent=2, ensure_ascii=False))
