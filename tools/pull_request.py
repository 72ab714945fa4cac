"""Opens a pull request with what regenerating changed; without a token it only prints what it would say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.changes import changes  # noqa: E402
from generator.document import Node  # noqa: E402

BRANCH = "regenerate"
PATHS = ["openapi", "eigenpal_generated", "docs", "README.md"]
SHOWN = "eigenpal_generated/openapi.json"


def main() -> int:
    """Commit what changed to a branch and open the pull request.

    Returns:
        0, also if nothing changed.
    """
    changed = _run("git", "status", "--porcelain", "--", *PATHS)
    if not changed.strip():
        print("Nothing changed, so there is nothing to ask for.")
        return 0
    body = describe(_committed(), json.loads((ROOT / SHOWN).read_text(encoding="utf-8")))
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


def describe(old: Node, new: Node) -> str:
    """Say what changed, one line each."""
    found = changes(old, new)
    return "\n".join(f"- {line}" for line in found) or "- Texts and examples only."


def _committed() -> Node:
    done = subprocess.run(["git", "show", f"HEAD:{SHOWN}"], cwd=ROOT, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def _run(*command: str) -> str:
    # What a command says of its failure goes where the reader is.
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
