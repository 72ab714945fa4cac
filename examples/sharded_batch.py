"""Run a workflow for every file of a folder from several machines: one process for each shard, each with its journal.

    python examples/sharded_batch.py workflows.extract-invoice contract contracts/ journals/ 3 16

This is shard 3 of the shards 0 to 15. Both folders are on storage that all machines share, and on which locks work. Run
a shard again, on any machine, to go on after an interruption; while it is running, a second process is refused.
It needs `pip install 'eigenpal[batch]'`, and the environment variable EIGENPAL_API_KEY.
"""

import os
import sys
import zlib
from pathlib import Path

from eigenpal import EigenpalClient


def main(target: str, name: str, folder: str, journals: str, shard: int, shards: int) -> int:
    """Print a line for each document of the shard, and return the number of documents without an output."""
    journal = Path(journals, f"{shard}-of-{shards}.jsonl")
    if set(journal.parent.glob("*.jsonl")) - set(journal.parent.glob(f"*-of-{shards}.jsonl")):
        # Documents would be in other shards than before, whose journals do not know their runs.
        sys.exit(f"{journals} has the journals of another number of shards")
    # The shard of a document depends on nothing but its name, so that it stays the same when other documents are added.
    paths = (path for path in Path(folder).iterdir() if zlib.crc32(os.fsencode(path.name)) % shards == shard)
    with EigenpalClient() as client:
        batch = client.run_many(target, ((path.name, {name: path}) for path in paths), journal=journal)
        for result in batch:
            print(result.key, result.run.output if result.run else result.error, flush=True)
    print(batch.summary())
    return batch.summary().inputs - batch.summary().completed


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    _, target, name, folder, journals, shard, shards = sys.argv
    sys.exit(min(main(target, name, folder, journals, int(shard), int(shards)), 1))
