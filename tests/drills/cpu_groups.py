"""Control groups for the processor, one for each service, as systemd makes them where a unit has a CPUWeight."""

import contextlib
import os
import pathlib
import sys

from running_stack import wait_until

CGROUP = pathlib.Path("/sys/fs/cgroup")
# What a weight of 100 is in the older hierarchy.
USUAL_SHARES = 1024


def parent_group():
    """The folder in which groups are made, and the file and value of a weight there."""
    old = CGROUP / "cpu"
    if (old / "cpu.shares").exists():
        return old, lambda weight: ("cpu.shares", weight * USUAL_SHARES // 100)
    control = CGROUP / "cgroup.subtree_control"
    if control.exists() and "cpu" in control.read_text().split():
        return CGROUP, lambda weight: ("cpu.weight", weight)
    sys.exit(f"{CGROUP} has no control groups for the processor, which --weight needs")


def with_descendants(pid):
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in with_descendants(int(child)))]


@contextlib.contextmanager
def cpu_groups(services):
    """While it is open, each service has its group: services is a weight and process ids by name."""
    parent, setting = parent_group()
    folders = []
    try:
        for name, (weight, pids) in services.items():
            folder = parent / f"innergate-{os.getpid()}-{name}"
            folder.mkdir()
            folders.append(folder)
            file, value = setting(weight)
            (folder / file).write_text(str(value))
            for pid in [one for pid in pids for one in with_descendants(pid)]:
                (folder / "cgroup.procs").write_text(str(pid))
        yield
    finally:
        for folder in folders:
            remove(folder, parent)


def remove(folder, parent):
    """Its processes go back to where they were; some may be ending just now."""

    def is_removed():
        for pid in (folder / "cgroup.procs").read_text().split():
            with contextlib.suppress(OSError):
                (parent / "cgroup.procs").write_text(pid)
        with contextlib.suppress(OSError):
            folder.rmdir()
        return not folder.exists()

    wait_until(is_removed, what=f"{folder} to be removed")
