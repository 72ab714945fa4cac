"""A program that runs a batch, for tests that interrupt or kill it."""

from __future__ import annotations

CHILD = """
    import asyncio, signal, sys
    from pathlib import Path
    from eigenpal import AsyncEigenpalClient, EigenpalClient
    from eigenpal._runs.many import unknown_starts

    # A test that runs in the background inherits that it is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    kind, folder, journal = sys.argv[1:]
    unknown_starts.SETTLE_SECONDS = 1.0
    inputs = ({"document": path} for path in sorted(Path(folder).glob("*.txt")))
    options = {"journal": journal, "poll_interval_seconds": 0.05}

    async def main():
        async with AsyncEigenpalClient() as client:
            runs = client.run_many("workflows.echo", inputs, **options)
            async for result in runs:
                print(result.index, flush=True)
            print(runs.summary())

    if kind == "asyncio":
        asyncio.run(main())
    else:
        with EigenpalClient() as client:
            runs = client.run_many("workflows.echo", inputs, **options)
            for result in runs:
                print(result.index, flush=True)
            print(runs.summary())
"""
