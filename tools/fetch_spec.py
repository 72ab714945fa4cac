"""Replaces the spec with a newer one from a URL: any OpenAPI document, byte for byte as it came."""

from __future__ import annotations

import argparse
import sys
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.loading import LONGEST, load  # noqa: E402
from generator.problems import SpecError  # noqa: E402


class HttpsRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to https only."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the next request.

        Raises:
            URLError: It is not https.
        """
        if urlsplit(newurl).scheme != "https":
            raise URLError(f"it redirects to {newurl}, which is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch_spec(url: str, target: Path, *, keep_unusable: bool = False) -> int:
    """Fetch the spec and replace the old one.

    Args:
        url: An https or file URL.
        target: The file to replace.
        keep_unusable: Also replace it if what the URL holds is not an OpenAPI document, so that this is seen in review.

    Returns:
        0 on success, 1 if the URL cannot be read, 2 if what it holds is not an OpenAPI document.
    """
    scheme = urlsplit(url).scheme
    if scheme not in ("https", "file"):
        print(f"The URL must begin with https:// or file://, not {scheme or 'nothing'}.", file=sys.stderr)
        return 1
    try:
        with urllib.request.build_opener(HttpsRedirects).open(url, timeout=60) as response:
            content = response.read(LONGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        print(f"Cannot read the URL: {error}", file=sys.stderr)
        return 1
    if len(content) > LONGEST:
        print(f"The spec is larger than {LONGEST:,} bytes.", file=sys.stderr)
        return 1
    downloaded = target.with_suffix(".download.yaml")
    downloaded.write_bytes(content)
    try:
        load(downloaded)
    except SpecError as error:
        outcome = "" if keep_unusable else f", so {target.name} was not changed"
        print(f"This is not a spec that can be loaded{outcome}:\n{error}", file=sys.stderr)
        if keep_unusable:
            downloaded.replace(target)
        return 2
    else:
        downloaded.replace(target)
    finally:
        downloaded.unlink(missing_ok=True)
    print(f"{target.name} was replaced; next, run `make generate`, which says what needs a change in the overlay.")
    return 0


def main() -> int:
    """Fetch the spec; `make generate` then says what it needs.

    Returns:
        0 on success, 1 if the URL cannot be read, 2 if what it holds is not an OpenAPI document.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="an https or file URL")
    parser.add_argument("--to", type=Path, default=ROOT / "openapi" / "openapi.yaml")
    options = parser.parse_args()
    return fetch_spec(options.url, Path(options.to))


if __name__ == "__main__":
    sys.exit(main())
