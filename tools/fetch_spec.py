"""Takes a newer spec from an address into the repository, if it is one the generator can use."""

from __future__ import annotations

import argparse
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator import rendering  # noqa: E402
from generator.problems import SpecError  # noqa: E402

LARGEST = 20 * 1024 * 1024


def main() -> int:
    """Fetch, check, replace.

    Returns:
        0 done, 1 the address cannot be read, 2 the spec cannot be used.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="an https or file address")
    parser.add_argument("--to", type=Path, default=ROOT / "openapi" / "openapi.yaml")
    options = parser.parse_args()
    address: str = options.address
    scheme = urlsplit(address).scheme
    if scheme not in ("https", "file"):
        print(f"The address must begin with https:// or file://, not {scheme or 'nothing'}.", file=sys.stderr)
        return 1
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - the scheme was checked
            content = answer.read(LARGEST + 1)
    except OSError as error:
        print(f"Cannot read the address: {error}", file=sys.stderr)
        return 1
    if len(content) > LARGEST:
        print(f"What stands there is larger than {LARGEST} bytes.", file=sys.stderr)
        return 1
    target = Path(options.to)
    fresh = target.with_suffix(".download.yaml")
    fresh.write_bytes(content)
    try:
        rendering.generate(fresh)
    except SpecError as error:
        print(f"The spec cannot be used, so {target.name} was left as it is:\n{error}", file=sys.stderr)
        return 2
    else:
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    print(f"{target.name} is now what stands at the address; `make generate` comes next.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
