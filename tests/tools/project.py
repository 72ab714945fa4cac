"""A small project with a bare repository as its remote, on which the regenerate job runs as its workflow does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.tools.fake_gh import SCRIPT
from tools.regenerate.branch import switch_to_branch
from tools.regenerate.errors import UnusableDocumentError
from tools.regenerate.github import GitHub
from tools.regenerate.outcome import Outcome
from tools.regenerate.pull_request import open_pull_request
from tools.regenerate.report import ChangeReport
from tools.regenerate.run import regenerate

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changelog\n\nAll notable changes.\n\n## 0.1.0 - unreleased\n\nThe first version.\n\n- One thing.\n"
ACTION = "$.paths['/events'] is a stream; add an action that removes it"


def make_document(*paths: str) -> str:
    return yaml.safe_dump({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": dict.fromkeys(paths)})


def report(root: Path, old: str, new: str) -> ChangeReport:
    """Compare the paths of two documents, each at a path or a git revision. `/events` cannot be used."""
    before, after = (list_paths(root, place) for place in (old, new))
    added, removed = sorted(after - before), sorted(before - after)
    verdict = "breaking" if removed else "additions" if added else "nothing"
    current = re.findall(r'"(.*)"', read(root, old, "eigenpal/_version.py"))[0]
    minor = int(current.split(".")[1])
    lines = [*(f"- `{path}` was removed." for path in removed), *(f"- `{path}` is new." for path in added)]
    return ChangeReport(
        verdict=verdict,
        next_version=current if verdict == "nothing" else f"0.{minor + 1}.0",
        changelog="\n".join(lines),
        markdown=f"# {verdict}\n\n" + "\n".join(lines),
    )


def list_paths(root: Path, place: str) -> set[str]:
    try:
        found = set(yaml.safe_load(read(root, place, "openapi/openapi.yaml"))["paths"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UnusableDocumentError("This is not a document.") from error
    found -= set(yaml.safe_load(read(root, place, "openapi/overlay.yaml"))["remove"])
    if "/events" in found:
        raise UnusableDocumentError(ACTION)
    return found


def read(root: Path, place: str, name: str) -> str:
    if (root / place).exists():
        return (root / name).read_text(encoding="utf-8")
    return run_git(root, "show", f"{place}:{name}")


def run_git(root: Path, *arguments: str) -> str:
    # Whatever the machine is configured to do, such as signing commits.
    command = ["git", "-c", "commit.gpgsign=false", "-c", "user.name=Maintainer", "-c", "user.email=m@example.com"]
    done = subprocess.run([*command, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class Project:
    """The main branch of the remote, and the clone of a runner."""

    folder: Path
    failing: set[str] = field(default_factory=set[str])
    """Targets that fail."""
    made: list[str] = field(default_factory=list[str])
    """Targets that were run."""
    during_tests: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self.remote, self.maintainer = self.folder / "remote.git", self.folder / "maintainer"
        self.state = self.folder / "gh.json"
        self.state.write_text(json.dumps({"calls": [], "pulls": [], "labels": []}), encoding="utf-8")
        run_git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        run_git(self.folder, "clone", "--quiet", str(self.remote), str(self.maintainer))
        run_git(self.maintainer, "switch", "--quiet", "--create", "main")
        self.write(
            {
                ".gitignore": ".cache/\n",
                "openapi/openapi.yaml": make_document("/runs"),
                "openapi/overlay.yaml": "remove: []\n",
                "eigenpal/_version.py": '__version__ = "0.1.0"\n',
                "docs/reference/runs.md": "# Reference\n",
                "mkdocs.yml": "site_name: Eigenpal\n",
                "README.md": "# Eigenpal\n",
                "CHANGELOG.md": CHANGELOG,
            }
        )
        self.make(self.maintainer, "generate")
        self.push("main", "Begin")

    def install_gh(self) -> Path:
        """Write the stand-in for `gh`, and return the folder to put on the PATH."""
        folder = self.folder / "bin"
        folder.mkdir()
        script = SCRIPT.format(python=sys.executable, root=str(ROOT), state=str(self.state), remote=str(self.remote))
        (folder / "gh").write_text(script, encoding="utf-8")
        (folder / "gh").chmod(0o755)
        return folder

    def make(self, root: Path, target: str) -> tuple[int, str]:
        """Stand in for `make`: what is generated is the list of paths."""
        self.made.append(target)
        if target == "test" and self.during_tests:
            self.during_tests()
        if target in self.failing:
            return (
                2,
                f".venv/bin/python -m {target}\n```` @team is not happy with {target}\nmake: *** [{target}] Error 1",
            )
        if target == "generate":
            try:
                paths = list_paths(root, "openapi/openapi.yaml")
            except UnusableDocumentError as error:
                return 2, f"openapi.yaml cannot be used as it is: 1 problem.\n  {error}\nmake: *** [generate] Error 2"
            generated = root / "eigenpal_generated" / "openapi.json"
            generated.parent.mkdir(exist_ok=True)
            generated.write_text(json.dumps(sorted(paths)), encoding="utf-8")
        return 0, ""

    # What maintainers do.

    def write(self, files: dict[str, str]) -> None:
        for name, content in files.items():
            path = self.maintainer / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    def push(self, branch: str, message: str) -> str:
        run_git(self.maintainer, "add", "--all")
        run_git(self.maintainer, "commit", "--quiet", "--message", message)
        run_git(self.maintainer, "push", "--quiet", "origin", f"HEAD:{branch}")
        return run_git(self.maintainer, "rev-parse", "HEAD")

    def check_out(self, branch: str) -> None:
        run_git(self.maintainer, "fetch", "--quiet", "origin")
        run_git(self.maintainer, "switch", "--quiet", "--no-track", "--force-create", branch, f"origin/{branch}")

    def add_pull(self, **fields: Any) -> None:
        """Let somebody open a pull request from a branch of the same name."""
        saved = self._load()
        number = len(saved["pulls"]) + 1
        labels: list[str] = []
        pull = {
            "number": number,
            "headRefName": "regenerate",
            "headRefOid": "0" * 40,
            "labels": labels,
            "title": "Evil",
        }
        saved["pulls"].append({**pull, **fields})
        self.state.write_text(json.dumps(saved), encoding="utf-8")

    def add_label(self, number: int, name: str) -> None:
        """Put another label on a pull request."""
        saved = self._load()
        saved["labels"].append(name)
        saved["pulls"][number - 1]["labels"].append({"name": name})
        self.state.write_text(json.dumps(saved), encoding="utf-8")

    # What the job does.

    def run_job(self, document: str | None = None, *, with_token: bool = True) -> Outcome:
        """Run the steps of the workflow on a new clone.

        Without a document, none is fetched; an empty one is not there when it is fetched.
        """
        runner = self.folder / "runner"
        shutil.rmtree(runner, ignore_errors=True)
        run_git(self.folder, "clone", "--quiet", str(self.remote), str(runner))
        github = GitHub(runner) if with_token else None
        switch_to_branch(runner, github)
        spec = self.folder / "published.yaml"
        spec.unlink(missing_ok=True)
        if document:
            spec.write_text(document, encoding="utf-8")
        try:
            return regenerate(runner, spec.as_uri() if document is not None else "", self.make, report)
        finally:
            open_pull_request(runner, github)

    # What can be seen afterwards.

    @property
    def pulls(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._load()["pulls"]
        return found

    @property
    def calls(self) -> list[list[str]]:
        found: list[list[str]] = self._load()["calls"]
        return found

    def _load(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.state.read_text(encoding="utf-8"))
        return found

    def labels(self, number: int) -> list[str]:
        return [label["name"] for label in self.pulls[number - 1]["labels"]]

    def merge(self, number: int, *, squash: bool = True) -> None:
        """Merge a pull request into the main branch, as GitHub does."""
        self.check_out("main")
        run_git(self.maintainer, "fetch", "--quiet", "origin")
        if squash:
            run_git(self.maintainer, "merge", "--quiet", "--squash", "origin/regenerate")
            self.push("main", "Squashed")
        else:
            run_git(self.maintainer, "merge", "--quiet", "--no-ff", "-m", "Merged", "origin/regenerate")
            run_git(self.maintainer, "push", "--quiet", "origin", "main")
        saved = self._load()
        saved["pulls"][number - 1].update(state="MERGED", headRefOid=self.find("regenerate"))
        self.state.write_text(json.dumps(saved), encoding="utf-8")

    def find(self, revision: str) -> str:
        return run_git(self.remote, "rev-parse", revision)

    def show(self, branch: str, name: str) -> str:
        return run_git(self.remote, "show", f"{branch}:{name}")

    def changed(self) -> list[str]:
        """List the files in which the branch differs from the main branch."""
        return run_git(self.remote, "diff", "--name-only", "main...regenerate").splitlines()

    def commits(self) -> list[str]:
        """List the messages of the commits on the branch, the newest first."""
        return run_git(self.remote, "log", "--format=%an: %s", "main..regenerate").splitlines()
