"""The command line: ``python -m generator [--spec FILE] [--overlay FILE] [--out DIR] [--check]``."""

from __future__ import annotations

import argparse
import io
import json
import shlex
import sys
import traceback
from pathlib import Path
from typing import Any, cast

from generator import output
from generator.compatibility import check_hand_layer
from generator.formatting import Files
from generator.naming import PACKAGE
from generator.nodes import Node, nodes
from generator.problems import Report, SpecError, pointer
from generator.reading import Reader, shorten
from generator.rendering import render
from generator.reporting import count_kinds, format_notes, format_problems
from generator.text import visible

ROOT = Path(__file__).parent.parent

DONE, DRIFT, UNUSABLE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Generate the package, or check that it is up to date with the spec.

    Returns:
        0 on success, 1 if the package is out of date with the spec, 2 if the spec or the folder cannot be used.
    """
    parser = argparse.ArgumentParser(
        prog="python -m generator", description="Generate eigenpal_generated/ from the spec."
    )
    parser.add_argument("--spec", type=Path, default=ROOT / "openapi" / "openapi.yaml", help="the OpenAPI document")
    parser.add_argument(
        "--overlay", type=Path, help="the overlay; by default overlay.yaml beside the spec, if it exists"
    )
    parser.add_argument("--out", type=Path, default=ROOT / PACKAGE, help="the folder of the package")
    parser.add_argument("--check", action="store_true", help="write nothing; print any differences and exit with 1")
    options = parser.parse_args(arguments)
    spec, out = Path(options.spec), Path(options.out)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the spec may contain what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    reader = Reader(spec, options.overlay)
    try:
        files = _generate(reader, out)
        return _check(files, spec, options.overlay, out) if options.check else _write(files, out)
    except SpecError as error:
        overlay = str(shorten(reader.overlay))
        found = count_kinds(error.problems)
        print(f"{shorten(spec)} cannot be used as it is: {found}. {out.name}/ is unchanged.", file=sys.stderr)
        print(format_problems(error.problems, reader.locate, overlay), file=sys.stderr)
    except output.ForeignFolderError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"cannot read or write {error.filename or out}: {error.strerror}", file=sys.stderr)
    except Exception as error:  # noqa: BLE001 - whatever a document does, the maintainer reads a message
        print(f"{shorten(spec)} cannot be used: the generator has a bug. {out.name}/ is unchanged.", file=sys.stderr)
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(f"  {place.filename}:{place.lineno}: {type(error).__name__}: {visible(str(error))}", file=sys.stderr)
    return UNUSABLE


def _generate(reader: Reader, out: Path) -> Files:
    """Generate the files, and print the notes; the error names all problems, also those of overlay and hand layer."""
    report = Report()
    earlier = _load_earlier(out)
    document = reader.read(report, earlier)
    note_insecure_server(document, report)
    files: Files = {}
    try:
        rendering = Report()  # of its own: what does not fit in the overlay does not end the generation
        files = render(document, rendering)
        report.notes += rendering.notes
        hand_layer = out.parent / "eigenpal"
        if out.name == PACKAGE and hand_layer.is_dir():
            check_hand_layer(hand_layer, files, document, earlier, report)
    except SpecError as error:
        report.problems += error.problems
    except RecursionError:
        place = pointer("components", "schemas")
        report.refuse(place, "refer to each other in a chain that is too long; refer to the end of the chain instead")
    report.raise_problems()
    if report.notes:
        print(format_notes(report.notes, reader.locate), file=sys.stderr)
    return files


def _load_earlier(out: Path) -> dict[str, Any]:
    """Return the document from which the package on disk was generated; empty if there is none."""
    try:
        earlier = json.loads((out / "openapi.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", earlier) if isinstance(earlier, dict) else {}


def note_insecure_server(document: Node, report: Report) -> None:
    """Say aloud that requests, and the API key with them, are sent unencrypted by default."""
    for server in nodes(document, "servers")[:1]:
        url = str(server.get("url", ""))
        if "://" in url and not url.startswith("https://"):
            report.note(
                server.at("url"),
                f"the default server {url} is not https, so API keys are sent to it unencrypted",
                remedy="set another url if that is not meant",
            )


def _write(files: Files, out: Path) -> int:
    changed = output.write(files, out)
    done = f"{len(files)} files, {changed} written or removed" if changed else "up to date"
    print(f"{out.name}/: {done}", file=sys.stderr)
    return DONE


def _check(files: Files, spec: Path, overlay: Path | None, out: Path) -> int:
    if not output.compare(files, out):
        print(f"{out.name}/ is up to date with {spec.name} ({len(files)} files)")
        return DONE
    print(output.difference(files, out), end="")
    command = "make generate"
    if (spec, overlay, out) != (ROOT / "openapi" / "openapi.yaml", None, ROOT / PACKAGE):
        named = ["--overlay", str(overlay)] if overlay else []
        command = shlex.join(["python", "-m", "generator", "--spec", str(spec), *named, "--out", str(out)])
    print(f"\n{out.name}/ is out of date with {spec.name}; run `{command}` to fix it.", file=sys.stderr)
    return DRIFT


if __name__ == "__main__":
    raise SystemExit(main())
