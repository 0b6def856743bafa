#!/usr/bin/env python3
"""Holds a running server against the OpenAPI documents that it serves, by tools and clients of others.

Started by scripts/api-conformance, whose virtual environment and node_modules it uses.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))

from running_stack import Stack  # noqa: E402

DOCUMENTS = {"internal": "/-/openapi.json", "public": "/-/public/openapi.json"}
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance")


def say(text):
    print(text, flush=True)


def run(*command, **more):
    return subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, **more).returncode == 0


class Tools:
    """Others' programs, where scripts/api-conformance has put them."""

    def __init__(self, folder):
        self.folder = folder
        self._programs = folder / "environment" / "bin"
        self._node_programs = folder / "node_modules" / ".bin"

    def python(self, name):
        return self._programs / name

    def node(self, name):
        return self._node_programs / name


def fetch_documents(stack, folder):
    """The document of each pool, as its listener serves it to operators."""
    files = {}
    for pool, path in DOCUMENTS.items():
        files[pool] = folder / f"{pool}.json"
        with urllib.request.urlopen(stack.internal_url + path, timeout=30) as answer:
            files[pool].write_bytes(answer.read())
    return files


def are_valid(tools, documents):
    return all([run(tools.python("openapi-spec-validator"), "--schema", "3.1", file) for file in documents.values()])


def urls(stack):
    return {"internal": stack.internal_url, "public": stack.public_url}


def conform(tools, stack, documents, examples):
    """schemathesis asks each operation what its document lets one ask, and more."""
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
        "INNERGATE_ADMIN": str(stack.build / "bin" / "innergate-admin"),
        "INNERGATE_CONFIG": str(stack.settings_file),
    }
    is_good = True
    for pool, file in documents.items():
        say(f"== schemathesis: {pool}")
        base = stack.internal_url if pool == "internal" else stack.public_url
        is_good = run(
            tools.python("schemathesis"), "--config-file", HERE / "schemathesis.toml", "run", file, "--url", base, "--checks", ",".join(CHECKS),
            "--max-examples", examples, "--workers", "1", "--exclude-path-regex", "^/-/", env=environment,
            cwd=tools.folder,
        ) and is_good
    return is_good


def shell_jwt(stack):
    return stack.admin("jwt", "shell").strip()


def python_client_works(tools, stack, documents):
    say("== a client by openapi-python-client")
    folder = tools.folder / "python"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for pool, file in documents.items():
        settings = folder / f"{pool}.yaml"
        settings.write_text(
            f"project_name_override: innergate-{pool}\npackage_name_override: innergate_{pool}\n"
        )
        if not run(
            tools.python("openapi-python-client"), "generate", "--path", file, "--config", settings, "--meta", "none",
            "--output-path", folder / f"innergate_{pool}",
        ):
            return False
    return run(
        tools.python("python"), HERE / "python_client.py", stack.internal_url, stack.public_url, shell_jwt(stack),
        env={**os.environ, "PYTHONPATH": str(folder)},
    )


def typescript_client_works(tools, stack, documents):
    say("== a client by openapi-typescript")
    folder = tools.folder / "typescript"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "package.json").write_text('{"type": "module"}\n')
    shutil.copy(HERE / "client.ts", folder)
    for pool, file in documents.items():
        if not run(tools.node("openapi-typescript"), file, "--output", folder / f"{pool}.d.ts"):
            return False
    return run(
        tools.node("tsc"), "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node", "client.ts",
        cwd=folder,
    ) and run("node", "client.js", stack.internal_url, stack.public_url, shell_jwt(stack), cwd=folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True, help="build folder with the programs")
    parser.add_argument("--tools", type=pathlib.Path, required=True, help="folder with environment and node_modules")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--examples", type=int, default=30, help="requests that are made up per operation")
    options = parser.parse_args()
    tools = Tools(options.tools.resolve())
    is_good = True
    for database in options.database or ("sqlite", "postgresql"):
        say(f"== {database}")
        with Stack(options.build.resolve(), database=database) as stack:
            stack.change("update application_settings set gitlab_shell_operation_limit = 0")
            documents = fetch_documents(stack, tools.folder)
            for step in (lambda: are_valid(tools, documents), lambda: python_client_works(tools, stack, documents),
                         lambda: typescript_client_works(tools, stack, documents),
                         lambda: conform(tools, stack, documents, options.examples)):
                is_good = step() and is_good
    say("Every answer is as documented" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
