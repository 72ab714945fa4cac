"""Opens a pull request with the regenerated files; without a token, only prints its text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.changes import changes  # noqa: E402

BRANCH = "regenerate"
PATHS = ["openapi", "eigenpal_generated", "docs", "README.md"]
SPEC = "eigenpal_generated/openapi.json"


def main() -> int:
    """Commit the changes to a branch and open the pull request.

    Returns:
        0, also if nothing changed.
    """
    changed = _run("git", "status", "--porcelain", "--", *PATHS)
    if not changed.strip():
        print("Nothing changed, so no pull request is needed.")
        return 0
    body = describe(_load_committed_spec(), json.loads((ROOT / SPEC).read_text(encoding="utf-8")))
    print(body)
    if not os.environ.get("GH_TOKEN"):
        print("\nGH_TOKEN is not set, so no pull request was opened.")
        return 0
    _run("git", "switch", "--force-create", BRANCH)
    _run("git", "add", "--", *PATHS)
    author = ["-c", "user.name=regenerate", "-c", "user.email=regenerate@users.noreply.github.com"]
    _run("git", *author, "commit", "--message", f"Regenerate from the spec\n\n{body}")
    _run("git", "push", "--force", "origin", BRANCH)
    if _run("gh", "pr", "list", "--head", BRANCH, "--state", "open", "--json", "number").strip() in ("", "[]"):
        _run("gh", "pr", "create", "--head", BRANCH, "--title", "Regenerate from the spec", "--body", body)
    else:
        _run("gh", "pr", "edit", BRANCH, "--body", body)
    return 0


def describe(old: dict[str, Any], new: dict[str, Any]) -> str:
    """Describe the changes, one per line."""
    found = changes(old, new)
    return "\n".join(f"- {line}" for line in found) or "- Only text and examples changed."


def _load_committed_spec() -> dict[str, Any]:
    done = subprocess.run(["git", "show", f"HEAD:{SPEC}"], cwd=ROOT, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def _run(*command: str) -> str:
    # stderr is not captured, so that the error of a command is visible.
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
