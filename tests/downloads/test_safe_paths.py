"""No artifact name leads out of the target directory."""

from __future__ import annotations

import ntpath
import posixpath
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from eigenpal._downloads import safe_paths
from eigenpal._downloads.safe_paths import make_safe_paths


def one(path: str) -> str:
    return "/".join(make_safe_paths([path])[0])


@pytest.mark.parametrize(
    ("path", "saved"),
    [
        ("output/render/summary.pdf", "output/render/summary.pdf"),
        ("trace.jsonl", "trace.jsonl"),
        ("output/Rechnung März.pdf", "output/Rechnung März.pdf"),
        ("output/請求書.pdf", "output/請求書.pdf"),
        (".hidden", ".hidden"),
        ("/etc/passwd", "etc/passwd"),
        ("../../etc/passwd", "etc/passwd"),
        ("a/../../b", "a/b"),
        ("./a//b", "a/b"),
        ("..", "file"),
        ("", "file"),
        ("...", "file"),
        ("C:\\Windows\\system.ini", "C_/Windows/system.ini"),
        ("C:evil.txt", "C_evil.txt"),
        ("\\\\server\\share\\x", "server/share/x"),
        ("a\\..\\b", "a/b"),
        ("name.txt:stream", "name.txt_stream"),
        ('a<b>c"d|e?f*g', "a_b_c_d_e_f_g"),
        ("con", "_con"),
        ("CON.txt", "_CON.txt"),
        ("output/nul.tar.gz", "output/_nul.tar.gz"),
        ("COM1", "_COM1"),
        ("lpt9.pdf", "_lpt9.pdf"),
        ("CON .log", "_CON.log"),
        ("nul . .log", "_nul.log"),
        ("aux .tar.gz", "_aux .tar.gz"),
        ("console.log", "console.log"),
        ("COM10", "COM10"),
        ("a.txt. ", "a.txt"),
        (" a.txt", "a.txt"),
        ("line\nend\x00\x7f.txt", "line_end__.txt"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("half\ud800.txt", "half_.txt"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("é" * 300, "é" * 100),
        ("x." + "e" * 300, "x." + "e" * 198),
    ],
)
def test_safe_names(path: str, saved: str) -> None:
    assert one(path) == saved


@pytest.mark.parametrize(
    ("paths", "saved"),
    [
        (["a.txt", "a.txt", "a.txt"], ["a.txt", "a (2).txt", "a (3).txt"]),
        (["A.txt", "a.TXT"], ["A.txt", "a (2).TXT"]),
        (["Straße", "STRASSE"], ["Straße", "STRASSE (2)"]),
        (["caf\u00e9", "cafe\u0301"], ["café", "café (2)"]),
        (["a", "a/b"], ["a", "a (2)/b"]),
        (["a/b", "a"], ["a/b", "a (2)"]),
        (["a/b", "A/c"], ["a/b", "A/c"]),
        (["a", "a/b", "a/c"], ["a", "a (2)/b", "a (2)/c"]),
        (["a?b", "a:b"], ["a_b", "a_b (2)"]),
        (["a (2).txt", "a.txt", "a.txt"], ["a (2).txt", "a.txt", "a (3).txt"]),
        (["x/../a", "a"], ["x/a", "a"]),
        (["con", "_con"], ["_con", "_con (2)"]),
    ],
)
def test_colliding_names(paths: list[str], saved: list[str]) -> None:
    assert ["/".join(parts) for parts in make_safe_paths(paths)] == saved


def test_thousands_of_the_same_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting from the beginning for each of them would take minutes."""
    tried: list[str] = []
    shorten: Any = vars(safe_paths)["_shorten"]

    def count(name: str, addition: str) -> str:
        tried.append(addition)
        return str(shorten(name, addition))

    monkeypatch.setattr(safe_paths, "_shorten", count)
    saved = make_safe_paths(["a/x.pdf"] * 10_000 + ["A/X.pdf", "a/x (3).pdf"])
    assert len(tried) < 50_000
    assert len(set(saved)) == 10_002
    assert saved[9_999:] == [("a", "x (10000).pdf"), ("A", "X (10001).pdf"), ("a", "x (3) (2).pdf")]


hostile = st.text(alphabet=st.sampled_from(list("aAbB./\\: \u0301é\ud800CONnul1~*\x00\u202e"))) | st.text(max_size=300)


@settings(max_examples=300)
@given(st.lists(hostile, max_size=8))
def test_no_name_leads_out_of_the_directory(paths: list[str]) -> None:
    saved = make_safe_paths(paths)
    assert len(saved) == len(paths)
    keys = [tuple(unicodedata.normalize("NFC", part.casefold()) for part in parts) for parts in saved]
    assert len(set(keys)) == len(keys)
    for parts, key in zip(saved, keys, strict=True):
        assert not any(other != key and other == key[: len(other)] for other in keys)
        joined = "/".join(parts)
        assert not posixpath.isabs(joined)
        assert not ntpath.splitdrive(joined)[0]
        assert not ntpath.isabs(joined)
        assert posixpath.normpath(joined) == joined
        for part in parts:
            assert part
            assert len(part.encode()) <= 255
            assert part.isprintable()
            assert not part.endswith((" ", "."))
            assert part not in (".", "..")
            assert part.partition(".")[0].rstrip(" ").lower() not in ("con", "nul")
