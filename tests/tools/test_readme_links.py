"""The package index shows the README without relative links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.package.readme_links import make_links_absolute

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
URLS = {
    "Documentation": "https://docs.test/sdk/",
    "Source": "https://git.test/eigenpal/sdk",
    "Changelog": "https://git.test/eigenpal/sdk/releases",
}
RELATIVE = re.compile(r"\]\((?!https://)")


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("docs/how-to/files.md", "https://docs.test/sdk/how-to/files/"),
        ("docs/how-to/files.md#flask", "https://docs.test/sdk/how-to/files/#flask"),
        ("docs/index.md", "https://docs.test/sdk/"),
        ("docs/reference/index.md", "https://docs.test/sdk/reference/"),
        ("docs/how-to/reindex.md", "https://docs.test/sdk/how-to/reindex/"),
        ("docs/reference/", "https://docs.test/sdk/reference/"),
        ("CHANGELOG.md", "https://git.test/eigenpal/sdk/releases"),
        ("LICENSE", "https://git.test/eigenpal/sdk/blob/v1.2.0/LICENSE"),
        ("openapi/", "https://git.test/eigenpal/sdk/tree/v1.2.0/openapi"),
        ("https://app.eigenpal.com", "https://app.eigenpal.com"),
        ("#files", "#files"),
    ],
)
def test_a_link_leads_to_the_site_or_to_the_file_of_the_version(target: str, address: str) -> None:
    assert make_links_absolute(f"See [it]({target}).", URLS, "1.2.0") == f"See [it]({address})."


def test_without_a_site_the_pages_are_those_of_the_version() -> None:
    made = make_links_absolute("[it](docs/how-to/files.md#flask)", {"Source": URLS["Source"]}, "1.2.0")
    assert made == "[it](https://git.test/eigenpal/sdk/blob/v1.2.0/docs/how-to/files.md#flask)"


def test_without_an_address_a_link_is_plain_text() -> None:
    assert make_links_absolute("See [`it`](docs/it.md), [it](LICENSE).", {}, "1.2.0") == "See `it`, it."


def test_code_is_not_changed() -> None:
    text = "[a](b.md)\n\n```python\nx = [a](b)\n```\n"
    assert make_links_absolute(text, {}, "1") == "a\n\n```python\nx = [a](b)\n```\n"


@pytest.mark.parametrize("urls", [{}, URLS])
def test_no_link_of_the_readme_stays_relative(urls: dict[str, str]) -> None:
    assert len(RELATIVE.findall(README)) > 20
    assert not RELATIVE.findall(make_links_absolute(README, urls, "1.2.0"))
