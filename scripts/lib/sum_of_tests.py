"""Adds up JUnit files of ctest and pytest: prints what failed and what was skipped, then "N passed, M failed".

A test program of ctest counts as the Boost.Test cases it reports. Exit status 1 when a test failed, when
nothing ran, or when, with CI=true in the environment, something was skipped.
"""

import os
import re
import sys
import xml.etree.ElementTree

REPORTED_CASES = re.compile(r"^\s+(\d+) test cases? out of \d+ (passed|failed|aborted|skipped)\b", re.MULTILINE)

# "file.cpp(12): error: in "suite/case": check … has failed", and likewise what ends a case or the program.
BOOST_ERROR = re.compile(r"^\S+\(\d+\): (?:fatal )?error: in .*$", re.MULTILINE)
ERRORS_TOLD = 20


def errors_of(test):
    """What a failed <testcase> says, a line for each error."""
    problem = test.find("failure")
    if problem is None:
        problem = test.find("error")
    if problem is None:
        return []
    told = BOOST_ERROR.findall(test.findtext("system-out") or "")
    if not told:
        told = [": ".join([test.get("name"), *(problem.get("message") or "").splitlines()[:1]])]
    left_out = len(told) - ERRORS_TOLD
    return told[:ERRORS_TOLD] + ([f"{test.get('name')}: {left_out} more errors"] if left_out > 0 else [])


def cases_of(test):
    """Passed, failed and the reasons for skipping of one <testcase>."""
    if test.find("skipped") is not None:
        return 0, 0, [test.get("name") + ": " + test.find("skipped").get("message", "")]
    has_failed = test.find("failure") is not None or test.find("error") is not None
    output = test.findtext("system-out") or ""
    skipped = re.findall(r"^SKIPPED: .*$", output, re.MULTILINE)
    counts = {"passed": 0, "failed": 0, "aborted": 0, "skipped": 0}
    reports = REPORTED_CASES.findall(output)
    for number, outcome in reports:
        counts[outcome] += int(number)
    if not reports:
        return int(not has_failed), int(has_failed), skipped
    skipped += [f"{test.get('name')}: {counts['skipped']} test cases"] if counts["skipped"] else []
    # A program can fail without a failed case: a crash, a leak found at its end.
    failed = max(counts["failed"] + counts["aborted"], int(has_failed))
    return counts["passed"], failed, skipped


def main(files):
    passed, failed, skipped, errors = 0, 0, [], []
    for file in files:
        for test in xml.etree.ElementTree.parse(file).iter("testcase"):
            more_passed, more_failed, more_skipped = cases_of(test)
            passed, failed, skipped = passed + more_passed, failed + more_failed, skipped + more_skipped
            errors += errors_of(test)
    for error in errors:
        print("Failed:", error)
    for reason in skipped:
        print("Skipped:", reason)
    if skipped and os.environ.get("CI") == "true":
        print("In CI a skipped test is a failed one.")
        failed += len(skipped)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
