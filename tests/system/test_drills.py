"""The drills with servers of their own in short forms: that they are right, not how fast; scripts/drill is the long form."""

import signal
import subprocess

import pytest

from running_stack import ROOT

SECONDS, STOP_SECONDS = 240, 90


def rehearse(build, drill, *options):
    """What a drill says; it fails if a write was lost or a request refused."""
    command = ["/usr/bin/python3", ROOT / "tests" / "drills" / f"{drill}.py", "--build", build, *options]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except BaseException as reason:
        # It stops what it has started; what it said until then tells where it was.
        process.send_signal(signal.SIGTERM)
        try:
            said, _ = process.communicate(timeout=STOP_SECONDS)
        finally:
            process.kill()
        raise AssertionError(f"{drill} was ended because of {reason!r}:\n{said}") from reason
    assert process.returncode == 0, said
    return said


@pytest.mark.usefixtures("postgresql")
def test_no_acknowledged_write_is_lost_when_the_primary_changes(build):
    said = rehearse(build, "cluster", "--seconds", "1")
    assert said.count("lost of these: 0\n") == 3, said


@pytest.mark.usefixtures("postgresql")
def test_nobody_waits_beyond_his_bound_while_the_database_hangs(build):
    said = rehearse(build, "hang", "--seconds", "4")
    assert said.endswith("No request waited beyond its bound, and none was lost\n"), said


@pytest.mark.usefixtures("postgresql")
def test_nothing_is_lost_whatever_happens_in_which_order(build):
    said = rehearse(build, "soak", "--seconds", "30")
    assert said.endswith("Every request had its answer in time, and nothing was lost\n"), said


def test_no_request_is_lost_or_left_alone_by_reloads_and_restarts(build):
    said = rehearse(build, "reload", "--rounds", "10", "--requests", "2000")
    assert said.endswith("No request was lost, and none waited\n"), said


def test_each_side_is_served_while_the_other_one_is_flooded(build):
    said = rehearse(build, "flood", "--seconds", "1", "--rounds", "1", "--database", "sqlite")
    assert "No request failed beside a flood of the other side" in said
