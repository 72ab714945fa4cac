"""A stand-in for `gh`: it keeps pull requests, labels and releases in a JSON file, and reads branches of a remote."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """#!{python}
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.tools.fake_gh import main
sys.exit(main(sys.argv[1:], Path({state!r}), Path({remote!r})))
"""


def main(arguments: list[str], state: Path, remote: Path) -> int:
    saved: dict[str, Any] = json.loads(state.read_text(encoding="utf-8"))
    saved["calls"].append(arguments)
    if arguments[0] == "release":
        code = run_release(arguments[1], arguments[2:], saved.setdefault("releases", {}))
        state.write_text(json.dumps(saved), encoding="utf-8")
        return code
    parser = argparse.ArgumentParser()
    parser.add_argument("selector", nargs="?")
    for name in ("head", "base", "state", "limit", "json", "title", "body-file", "comment", "color", "description"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--method")
    parser.add_argument("-f", dest="raw_field", action="append", default=[])
    parser.add_argument("-F", dest="field")
    options = parser.parse_args(arguments[2 if arguments[0] != "api" else 1 :])
    pulls: list[dict[str, Any]] = saved["pulls"]
    for each in pulls:
        if each["state"] == "OPEN" and not each["isCrossRepository"]:
            each["headRefOid"] = find_head(remote, each["headRefName"])
    match arguments[:2]:
        case ["pr", "list"]:
            print(json.dumps([each for each in reversed(pulls) if each["headRefName"] == options.head]))
        case ["pr", "create"]:
            pulls.append(
                {
                    "number": len(pulls) + 1,
                    "state": "OPEN",
                    "headRefName": options.head,
                    "headRefOid": find_head(remote, options.head),
                    "isCrossRepository": False,
                    "labels": [],
                    "title": options.title,
                    "body": Path(options.body_file).read_text(encoding="utf-8"),
                }
            )
            print(f"https://github.test/owner/name/pull/{len(pulls)}")
        case ["api", "--method"]:
            match [options.method, *options.selector.split("/")[3:]]:
                case ["PATCH", "pulls", number]:
                    body = Path(options.field.removeprefix("body=@")).read_text(encoding="utf-8")
                    pulls[int(number) - 1].update(title=options.raw_field[0].removeprefix("title="), body=body)
                case ["PUT", "issues", number, "labels"]:
                    names = [field.removeprefix("labels[]=") for field in options.raw_field]
                    if not set(names) <= set(saved["labels"]):
                        print(f"{names} not found", file=sys.stderr)
                        return 1
                    pulls[int(number) - 1]["labels"] = [{"name": name} for name in names]
                case _:
                    print(f"unknown request {arguments}", file=sys.stderr)
                    return 1
        case ["pr", "close"]:
            pulls[int(options.selector) - 1].update(state="CLOSED", comment=options.comment)
        case ["label", "list"]:
            print(json.dumps([{"name": name} for name in saved["labels"]]))
        case ["label", "create"]:
            if options.selector in saved["labels"]:
                print("label already exists", file=sys.stderr)
                return 1
            saved["labels"].append(options.selector)
        case _:
            print(f"unknown command {arguments}", file=sys.stderr)
            return 1
    state.write_text(json.dumps(saved), encoding="utf-8")
    return 0


def run_release(command: str, arguments: list[str], releases: dict[str, dict[str, Any]]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("tag", nargs="?", default="")
    parser.add_argument("files", nargs="*")
    for name in ("limit", "json", "title", "notes-file", "dir"):
        parser.add_argument(f"--{name}")
    for name in ("draft", "verify-tag", "prerelease", "yes"):
        parser.add_argument(f"--{name}")
    # As for the real one, a flag takes a value only after an equals sign.
    flags = ("--draft", "--verify-tag", "--prerelease", "--yes")
    options = parser.parse_intermixed_args([f"{each}=true" if each in flags else each for each in arguments])
    if command not in ("list", "create") and options.tag not in releases:
        print("release not found", file=sys.stderr)
        return 1
    match command:
        case "list":
            print(json.dumps([{"tagName": tag, "isDraft": each["draft"]} for tag, each in releases.items()]))
        case "create":
            # The real one makes a second draft.
            assert options.tag not in releases
            releases[options.tag] = {
                "draft": options.draft == "true",
                "prerelease": options.prerelease == "true",
                "notes": Path(options.notes_file).read_text(encoding="utf-8"),
                "files": {Path(name).name: Path(name).read_text(encoding="utf-8") for name in options.files},
            }
        case "delete":
            del releases[options.tag]
        case "download":
            Path(options.dir).mkdir(exist_ok=True)
            for name, content in releases[options.tag]["files"].items():
                (Path(options.dir) / name).write_text(content, encoding="utf-8")
        case "edit":
            releases[options.tag]["draft"] = options.draft == "true"
        case _:
            print(f"unknown command {command}", file=sys.stderr)
            return 1
    return 0


def find_head(remote: Path, branch: str) -> str:
    command = ["git", "--git-dir", str(remote), "rev-parse", f"refs/heads/{branch}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
