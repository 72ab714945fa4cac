"""Compare two versions of a workflow on a folder of documents, in CI: a Markdown table, and exit code 1 if they differ.

    export EIGENPAL_API_KEY=...
    python examples/compare_versions.py extract-invoice 1.0.0 1.1.0 documents/

In GitHub Actions the table is also the summary of the job. Without an account,
`python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from eigenpal import EigenpalClient
from eigenpal.types import RunResult


def compare_versions(client: EigenpalClient, target: str, old: str, new: str, folder: Path) -> dict[str, str]:
    """Return what differs for each document, an empty text where nothing does."""
    inputs = {path.name: {"contract": path} for path in sorted(folder.iterdir())}
    results = [list(client.run_many(target, inputs, version=version).in_order()) for version in (old, new)]
    return {one.key: compare(client, one, other) for one, other in zip(*results, strict=True)}


def compare(client: EigenpalClient, *results: RunResult) -> str:
    """Return what differs between the runs of two versions for the same document."""
    for result in results:
        if result.run is None:
            return f"no run: {result.error}"
        if not result.ok:
            return f"{result.run.source.version} {result.run.execution.status}: {result.run.error}"
    old, new = (result.run for result in results if result.run)
    differences = ["output"] if old.output != new.output else []
    report = client.runs.compare(old.id, new.id)
    differences += [f"step {step.step_name}" for step in report.steps if step.output_state == "diff"]
    return "; ".join(differences + report.warnings if report.status == "fail" else differences)


def format_table(title: str, differences: Mapping[str, str]) -> str:
    """Format the differences as Markdown."""
    count = sum(1 for text in differences.values() if text)
    lines = [f"### {title}: {count} of {len(differences)} differ", "", "| Document | Differences |", "|---|---|"]
    for name, text in differences.items():
        cells = (" ".join(cell.split()).replace("|", r"\|") for cell in (name, f"❌ {text}" if text else "✅"))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    workflow, old, new, folder = sys.argv[1:]
    with EigenpalClient() as client:
        differences = compare_versions(client, f"workflows.{workflow}", old, new, Path(folder))
    table = format_table(f"{workflow} {old} → {new}", differences)
    print(table)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            print(table, file=file)
    # Comparing nothing is no success.
    sys.exit(any(differences.values()) or not differences)
