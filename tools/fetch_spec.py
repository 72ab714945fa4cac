"""Replaces the spec with a newer one from a URL: any OpenAPI document, byte for byte as it came."""

from __future__ import annotations

import argparse
import sys
import urllib.request
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.loading import LONGEST, load  # noqa: E402
from generator.problems import SpecError  # noqa: E402


def main() -> int:
    """Fetch the spec and replace the old one; `make generate` then says what it needs.

    Returns:
        0 on success, 1 if the URL cannot be read, 2 if what it holds is not an OpenAPI document.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="an https or file URL")
    parser.add_argument("--to", type=Path, default=ROOT / "openapi" / "openapi.yaml")
    options = parser.parse_args()
    url: str = options.url
    scheme = urlsplit(url).scheme
    if scheme not in ("https", "file"):
        print(f"The URL must begin with https:// or file://, not {scheme or 'nothing'}.", file=sys.stderr)
        return 1
    try:
        with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310 - the scheme was checked
            content = response.read(LONGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        print(f"Cannot read the URL: {error}", file=sys.stderr)
        return 1
    if len(content) > LONGEST:
        print(f"The spec is larger than {LONGEST:,} bytes.", file=sys.stderr)
        return 1
    target = Path(options.to)
    downloaded = target.with_suffix(".download.yaml")
    downloaded.write_bytes(content)
    try:
        load(downloaded)
    except SpecError as error:
        print(f"This is not a spec that can be loaded, so {target.name} was not changed:\n{error}", file=sys.stderr)
        return 2
    else:
        downloaded.replace(target)
    finally:
        downloaded.unlink(missing_ok=True)
    print(f"{target.name} was replaced; next, run `make generate`, which says what needs a change in the overlay.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
