"""The README as the package index shows it, where a relative link would lead nowhere.

Hatchling runs `ReadmeHook` for every build, so this module imports nothing of the project.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

ADDRESSES = ("Documentation", "Source", "Changelog", "Issues")
"""What `[project.urls]` in pyproject.toml should hold."""

_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?P<label>[^\]]*)\]\((?!https?://|mailto:|#)(?P<target>[^)\s]+)\)")


class ReadmeHook(MetadataHookInterface):
    """Sets the field `readme`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Make the links of README.md absolute."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        made = make_links_absolute(text, metadata.get("urls", {}), metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": made}


def make_links_absolute(text: str, urls: dict[str, str], version: str) -> str:
    """Replace the relative links of a text in Markdown.

    Args:
        text: The text.
        urls: The addresses of the project.
        version: The version that is built, whose files are linked.

    Returns:
        The text with absolute links. What has no address yet is plain text.
    """

    def replace(link: re.Match[str]) -> str:
        address = find_address(link["target"], urls, version)
        return f"[{link['label']}]({address})" if address else link["label"]

    parts = _FENCED.split(text)
    parts[::2] = [_LINK.sub(replace, part) for part in parts[::2]]
    return "".join(parts)


def find_address(target: str, urls: dict[str, str], version: str) -> str | None:
    """Return the address of a file or folder of the project, or None if there is none yet."""
    path, hash_, anchor = target.partition("#")
    if path == "CHANGELOG.md" and "Changelog" in urls:
        return urls["Changelog"]
    if path.startswith("docs/") and "Documentation" in urls:
        page = re.sub(r"((^|(?<=/))index)?\.md$", "/", path.removeprefix("docs/")).strip("/")
        return f"{urls['Documentation'].rstrip('/')}/{page}{'/' if page else ''}{hash_}{anchor}"
    if "Source" in urls:
        kind = "tree" if path.endswith("/") else "blob"
        return f"{urls['Source'].rstrip('/')}/{kind}/v{version}/{path.rstrip('/')}{hash_}{anchor}"
    return None
