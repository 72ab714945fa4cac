"""Prepare documents and process outputs on a Dask cluster, and start a run for each document from this process alone.

    python examples/dask_batch.py tcp://scheduler:8786 workflows.extract-invoice contract contracts/ contracts.jsonl

Dask repeats tasks whose worker has died, also finished ones, so a task must not start runs. Workers read the folder,
which is on shared storage. It needs `pip install 'eigenpal[batch]' distributed`, and the environment variable
EIGENPAL_API_KEY, here but not on the workers.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from distributed import Client, as_completed

from eigenpal import EigenpalClient


def prepare(name: str, path: Path) -> tuple[str, dict[str, Any]]:
    """Return the key and the input for a document, for example after converting it. Runs on a worker."""
    return path.name, {name: {"content": path.read_bytes(), "filename": path.name}}


def read_inputs(prepared: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the inputs as they are prepared, and print the errors of the others."""
    for future in prepared:
        if error := future.exception():
            print(error, file=sys.stderr)
        else:
            yield future.result()


def process(key: str, output: Any) -> str:
    """Return what is needed of an output. Runs on a worker."""
    return f"{key}: {json.dumps(output)}"


def main(scheduler: str, target: str, name: str, folder: str, journal: str) -> None:
    """Print a line for each document."""
    paths = sorted(Path(folder).iterdir())
    with Client(scheduler) as cluster, EigenpalClient() as client:
        prepared = as_completed(cluster.map(prepare, [name] * len(paths), paths, pure=False))
        batch = client.run_many(target, read_inputs(prepared), journal=journal)
        results = ((result.key, result.run.output) for result in batch if result.run is not None)
        processed = [cluster.submit(process, *result, pure=False) for result in results]
        for future in as_completed(processed):
            print(future.result())
    print(batch.summary())


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
