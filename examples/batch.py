"""Run a workflow for every file of a folder; run it again to go on after an interruption.

    python examples/batch.py workflows.extract-invoice contract contracts/ contracts.jsonl

It needs `pip install 'eigenpal[batch]'`, and the environment variable EIGENPAL_API_KEY.
Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import csv
import json
import sys
from pathlib import Path

from eigenpal import EigenpalClient


def main(target: str, name: str, folder: str, journal: str) -> int:
    """Write the outputs next to the journal, and return the number of files without one."""
    inputs = ((path.name, {name: path}) for path in sorted(Path(folder).iterdir()))
    with EigenpalClient() as client, Path(journal).with_suffix(".csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        batch = client.run_many(target, inputs, journal=journal, retry_failed=True, progress=True)
        for result in batch:
            reason = result.error if result.run is None else result.run.error
            output = "" if result.run is None else json.dumps(result.run.output)
            rows.writerow([result.key, result.run_id or "", output, reason or ""])
    print(batch.summary())
    return batch.summary().inputs - batch.summary().completed


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(min(main(*sys.argv[1:]), 1))
