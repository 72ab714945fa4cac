"""The command line: ``python -m generator.changes OLD NEW [--format markdown|json]``."""

from __future__ import annotations

import argparse
import io
import sys

from generator.changes.formats import to_json, to_markdown
from generator.changes.report import compare
from generator.changes.sides import UnknownSideError, read_side
from generator.problems import SpecError
from generator.text import visible

UNUSABLE = 2
_FORMATS = {"markdown": to_markdown, "json": to_json}


def main(arguments: list[str] | None = None) -> int:
    """Print what a change means to users of the client.

    Returns:
        0 if nothing changed or only texts did, 10 for additions, 20 for behavior, 30 for what breaks callers, and 2 if
        one of the sides cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m generator.changes",
        description="Describe what a changed document means to users of the client.",
        epilog="Exit codes: 0 nothing or texts, 10 additions, 20 behavior, 30 breaking, 2 unusable.",
    )
    side = "an OpenAPI document (the overlay.yaml beside it counts), or a git revision"
    parser.add_argument("old", metavar="OLD", help=side)
    parser.add_argument("new", metavar="NEW", help="the same")
    parser.add_argument("--format", choices=sorted(_FORMATS), default="markdown")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    name = options.old
    try:
        with read_side(options.old) as old:
            name = options.new
            with read_side(options.new, old) as new:
                report = compare(old, new)
                print(_FORMATS[options.format](report), end="")
                return report.verdict.exit_code
    except SpecError as error:
        print(f"{name} cannot be used:", file=sys.stderr)
        for problem in error.problems[:20]:
            print(f"  {problem}", file=sys.stderr)
        if len(error.problems) > 20:
            print(f"  and {len(error.problems) - 20} more", file=sys.stderr)
    except (UnknownSideError, ValueError) as error:
        print(visible(str(error)), file=sys.stderr)
    except OSError as error:
        print(f"cannot read {error.filename or name}: {error.strerror}", file=sys.stderr)
    except RecursionError:
        print(f"{name} cannot be used: its schemas refer to each other in a chain that is too long", file=sys.stderr)
    return UNUSABLE


if __name__ == "__main__":
    raise SystemExit(main())
