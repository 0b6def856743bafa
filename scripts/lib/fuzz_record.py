#!/usr/bin/env python3
"""Adds a run of a fuzz target to the table of executions in docs/security.md.

Usage: fuzz_record.py FILE TARGET EXECUTIONS SECONDS CORPUS
"""

import pathlib
import re
import sys

ROW = re.compile(r"^\| `(\w+)` \| ([\d ]+) \| ([\d ]+) \| ([\d ]+) \|$", re.MULTILINE)
HEAD = "| Target | Executions | Seconds | Inputs kept |\n|---|---:|---:|---:|\n"


def number(text):
    return int(text.replace(" ", ""))


def spaced(count):
    return f"{count:,}".replace(",", " ")


def main():
    file, target, executions, seconds, corpus = sys.argv[1:]
    page = pathlib.Path(file)
    text = page.read_text()
    begin = text.index(HEAD) + len(HEAD)
    end = text.index("\n\n", begin - 1) + 1
    runs = {name: (number(had), number(took)) for name, had, took, _ in ROW.findall(text[begin:end])}
    had, took = runs.get(target, (0, 0))
    runs[target] = (had + int(executions), took + int(seconds))
    kept = {name: sum(1 for _ in (pathlib.Path(corpus).parent / name).iterdir()) for name in runs}
    rows = (f"| `{name}` | {spaced(had)} | {spaced(took)} | {spaced(kept[name])} |\n" for name, (had, took) in sorted(runs.items()))
    page.write_text(text[:begin] + "".join(rows) + text[end:])


if __name__ == "__main__":
    main()
