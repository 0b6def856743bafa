"""Repositories for the rows in which somebody looks into them: one ref is about to be pushed to each."""

import hashlib
import json
import os
import shutil
import subprocess

BRANCH = "release-0"  # protected in all of the data's protected projects
QUARANTINE = "objects/incoming-bench"
FILES = 100


def git(folder, *arguments, **variables):
    settings = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    names = {f"GIT_{who}_{what}": "bench@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **settings, **names, **variables},
    ).stdout.strip()


def relative_path(project):
    digest = hashlib.sha256(str(project).encode()).hexdigest()
    return f"@hashed/{digest[:2]}/{digest[2:4]}/{digest}.git"


class Repositories:
    """One repository of a hundred files for each of some projects; a commit waits in its quarantine."""

    def __init__(self, folder, projects):
        self.storage = folder / "repositories"
        work, template = folder / "work", folder / "template.git"
        git(folder, "init", "--quiet", f"--initial-branch={BRANCH}", str(work))
        for number in range(FILES):
            (work / f"file{number}").write_text(f"{number}\n" * 100)
        git(work, "add", ".")
        git(work, "commit", "--quiet", "--message=first")
        git(folder, "clone", "--quiet", "--bare", str(work), str(template))
        (template / QUARANTINE).mkdir()
        (work / "file0").write_text("changed\n")
        self.old = git(work, "rev-parse", "HEAD")
        variables = {
            "GIT_OBJECT_DIRECTORY": str(template / QUARANTINE),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(work / ".git/objects"),
        }
        git(work, "add", ".", **variables)
        git(work, "commit", "--quiet", "--message=second", **variables)
        self.new = git(work, "rev-parse", "HEAD", **variables)
        for project in projects:
            place = self.storage / relative_path(project)
            place.parent.mkdir(parents=True)
            shutil.copytree(template, place)

    def push(self, user, project):
        """What Gitaly's hook asks."""
        quarantine = {
            "GIT_OBJECT_DIRECTORY_RELATIVE": QUARANTINE, "GIT_ALTERNATE_OBJECT_DIRECTORIES_RELATIVE": ["objects"],
        }
        return {
            "key_id": str(user), "gl_repository": f"project-{project}", "project": "/storage/of/gitaly",
            "action": "git-receive-pack", "protocol": "ssh", "env": json.dumps(quarantine),
            "relative_path": relative_path(project), "changes": f"{self.old} {self.new} refs/heads/{BRANCH}\n",
        }
