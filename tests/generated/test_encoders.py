"""The encoders of the runtime: what they send, and what they reject before a request is sent."""

from __future__ import annotations

import enum
import io
import json
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote
from uuid import UUID
from zipfile import Path as ZipPath
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, strategies as st

from eigenpal_generated import encoding, models, runtime
from eigenpal_generated.encoding import UNSET
from eigenpal_generated.runtime import Request


class Text(str, enum.Enum):
    RED = "red"


class Number(enum.IntEnum):
    ONE = 1


class Plan(enum.Enum):
    FREE = "free"
    RATE = Decimal("1.10")
    TILL = date(2026, 1, 2)
    WRONG = b"x"


@dataclass
class Address:
    city: str = "Bonn"


@attrs.define
class Person:
    name: str = "Ada"


def make_type(name: str, module: str, **members: Any) -> Any:
    """Return an instance of a type of a library that the tests do not need."""
    return type(name, (), {"__module__": module, **members})()


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("plain-1.2_3~x", "plain-1.2_3~x"),
        ("a b", "a%20b"),
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("50%", "50%25"),
        ("%2F", "%252F"),
        ("é漢😀", "%C3%A9%E6%BC%A2%F0%9F%98%80"),
        ("...", "..."),
        (".hidden", ".hidden"),
        ("a\r\nb", "a%0D%0Ab"),
        ("\x00", "%00"),
        ("a:b@c;d=e&f+g,h", "a%3Ab%40c%3Bd%3De%26f%2Bg%2Ch"),
        ("\\..\\", "%5C..%5C"),
        (" ", "%20"),
        (Text.RED, "red"),
    ],
)
def test_a_path_value_is_one_encoded_segment(value: str, encoded: str) -> None:
    assert encoding.encode_path_segment("id", value) == encoded
    assert encoding.encode_path("path", f"x/{value.replace('/', '_')}").startswith("x/")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_a_path_segment(value: str) -> None:
    if value in ("", ".", ".."):
        with pytest.raises(ValueError, match="id must not be"):
            encoding.encode_path_segment("id", value)
        return
    encoded = encoding.encode_path_segment("id", value)
    assert unquote(encoded) == value
    assert encoded.isascii()
    assert not set("/?#% ") & set(encoded.replace("%", ""))


@pytest.mark.parametrize("value", [None, 1, b"a", Path("a"), UNSET])
@pytest.mark.parametrize("encode", [encoding.encode_path_segment, encoding.encode_path, encoding.encode_query_str])
def test_a_value_that_is_not_text_is_rejected(encode: Callable[[str, object], str], value: object) -> None:
    with pytest.raises(TypeError, match=f"id must be a str, not {type(value).__name__}"):
        encode("id", value)


def test_a_model_in_place_of_its_id_is_rejected_with_a_hint() -> None:
    run = models.RunAccepted(id="run_1", type="workflow", finished=False)
    with pytest.raises(TypeError, match="id must be a str, not RunAccepted; pass its id"):
        encoding.encode_path_segment("id", run)


@pytest.mark.parametrize("value", ["", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a"])
def test_a_path_that_is_not_relative_is_rejected(value: str) -> None:
    with pytest.raises(ValueError, match="path must be a relative path such as"):
        encoding.encode_path("path", value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: encoding.encode_path_segment("x", "a\udc80"),
        lambda: encoding.encode_path("x", "a/b\udc80"),
        lambda: encoding.encode_query_str("x", "a\udc80"),
        lambda: encoding.encode_query_list("x", "a\udc80"),
        lambda: encoding.encode_query_list("x", ["a\udc80"]),
        lambda: encoding.encode_query_datetime("x", "a\udc80"),
        lambda: encoding.to_json(["a\udc80"], "x"),
        lambda: encoding.to_json({"a\udc80": 1}, "x"),
    ],
)
def test_a_lone_surrogate_is_rejected(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"x.* contains a lone surrogate, which is not valid text$"):
        call()


def test_lists() -> None:
    assert encoding.encode_query_list("x", "a,b") == "a,b"
    assert encoding.encode_query_list("x", ["a"]) == "a"
    assert encoding.encode_query_list("x", ("a", Text.RED)) == "a,red"
    assert encoding.encode_query_list("x", {"a": 1}.keys()) == "a"


def test_numbers_and_booleans() -> None:
    assert encoding.encode_query_int("x", Number.ONE) == "1"
    assert encoding.encode_query_int("x", -(10**20)) == f"-1{'0' * 20}"
    assert [encoding.encode_query_float("x", value) for value in (1, 1.0, -0.25, Number.ONE)] == [
        "1",
        "1.0",
        "-0.25",
        "1",
    ]
    assert (encoding.encode_query_bool("x", True), encoding.encode_query_bool("x", False)) == ("true", "false")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 1, 1, tzinfo=timezone.utc), "2026-01-01T00:00:00.000Z"),
        (datetime(2026, 1, 1, 1, 2, 3, 999999, timezone(timedelta(hours=-8))), "2026-01-01T09:02:03.999Z"),
        (datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=1))), "2025-12-31T23:59:00.000Z"),
    ],
)
def test_datetimes_in_a_query_are_sent_as_utc_in_milliseconds(value: datetime, text: str) -> None:
    assert encoding.encode_query_datetime("x", value) == encoding.format_datetime("x", value) == text


def test_a_date_in_a_query_is_its_start_in_utc() -> None:
    assert encoding.encode_query_datetime("x", date(2026, 1, 31)) == "2026-01-31T00:00:00.000Z"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 1, 1, tzinfo=timezone.utc), "2026-01-01T00:00:00Z"),
        (datetime(2026, 1, 1, 1, 2, 3, 999999, timezone(timedelta(hours=-8))), "2026-01-01T01:02:03.999999-08:00"),
        (datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin")), "2026-07-01T00:00:00+02:00"),
        # RFC 3339 has no offsets with seconds.
        (datetime(1800, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32))), "1799-12-31T23:40:28Z"),
    ],
)
def test_datetimes_in_json_keep_their_offset_and_microseconds(value: datetime, text: str) -> None:
    assert encoding.to_json({"at": value}, "x") == {"at": text}
    assert datetime.fromisoformat(text.replace("Z", "+00:00")) == value


WHEN = datetime(2026, 1, 2, 3, tzinfo=timezone.utc)
FILTER = {"a": 1, "b": {"c": [True, "x y"], "d": [{"e": WHEN}, [1.5]]}}


@pytest.mark.parametrize(
    ("call", "encoded"),
    [
        (
            lambda: [encoding.encode_scalar("x", value) for value in ("a", 1, 1.5, True, WHEN, Text.RED, Number.ONE)],
            ["a", "1", "1.5", "true", "2026-01-02T03:00:00.000Z", "red", "1"],
        ),
        (lambda: encoding.encode_items("x", ["a", "", 2]), ["a", "", "2"]),
        (lambda: encoding.encode_items("x", (1, 2), encoding.encode_query_int), ["1", "2"]),
        (lambda: encoding.encode_items("x", {"a": 1}.keys()), ["a"]),
        (lambda: encoding.encode_items("x", "abc", single=True), ["abc"]),
        (lambda: encoding.encode_items("x", [{"a": "é"}], encoding.encode_json), ['{"a":"é"}']),
        (lambda: encoding.encode_delimited("x", [1, True, "a b"]), "1,true,a b"),
        (lambda: encoding.encode_delimited("x", ["a,b", WHEN], separator="|"), "a,b|2026-01-02T03:00:00.000Z"),
        (lambda: encoding.encode_delimited("x", 1, encoding.encode_query_int, " ", single=True), "1"),
        (lambda: encoding.encode_properties("x", {"a": 1, "b": ["c", True]}), [("a", "1"), ("b", "c"), ("b", "true")]),
        (lambda: encoding.encode_object("x", {"a": 1, "b": "c"}), "a,1,b,c"),
        (lambda: encoding.encode_object("x", {"a": 1, "b": WHEN}, exploded=True), "a=1,b=2026-01-02T03:00:00.000Z"),
        (
            lambda: encoding.encode_deep_object("x", "f", FILTER),
            [
                ("f[a]", "1"),
                ("f[b][c][]", "true"),
                ("f[b][c][]", "x y"),
                ("f[b][d][0][e]", "2026-01-02T03:00:00.000Z"),
                ("f[b][d][1][]", "1.5"),
            ],
        ),
        (lambda: encoding.encode_deep_object("x", "f", ["a", 2]), [("f[]", "a"), ("f[]", "2")]),
        (lambda: encoding.encode_form("x", "f", 1), [("f", "1")]),
        (lambda: encoding.encode_form("x", "f", "abc"), [("f", "abc")]),
        (lambda: encoding.encode_form("x", "f", ["a", 2]), [("f", "a"), ("f", "2")]),
        (lambda: encoding.encode_form("x", "f", {"a": 1}), [("a", "1")]),
        (lambda: encoding.encode_json("x", {"a": ["é"]}), '{"a":["é"]}'),
        (lambda: encoding.encode_json("x", {"a": ["é"]}, ascii_only=True), '{"a":["\\u00e9"]}'),
        (lambda: encoding.encode_cookies([("a", "1"), ("b", 'é; "%,\\ =')]), "a=1; b=%C3%A9%3B%20%22%25%2C%5C%20="),
        (lambda: encoding.encode_path_segment("x", encoding.encode_delimited("x", ["a/b", 2]), ","), "a%2Fb,2"),
        (lambda: encoding.encode_path_segment("x", encoding.encode_query_float("x", 1e300)), "1e%2B300"),
        (lambda: encoding.make_json_value("x", ["a"], "array", "string"), ["a"]),
        (
            lambda: encoding.encode_items("x", [Decimal("1.10"), date(2026, 1, 2), UUID(int=1), Plan.FREE, Plan.RATE]),
            ["1.10", "2026-01-02", "00000000-0000-0000-0000-000000000001", "free", "1.10"],
        ),
        (lambda: encoding.make_json_value("x", WHEN, "string"), "2026-01-02T03:00:00Z"),
        (lambda: encoding.make_json_value("x", Decimal("1.10"), "number"), Decimal("1.10")),
        (lambda: encoding.make_json_value("x", 1, "number", "null"), 1),
        (lambda: encoding.make_json_value("x", None, "number", "null"), None),
        (lambda: encoding.make_json_value("x", (True, {"a": None})), [True, {"a": None}]),
        (lambda: encoding.check_binary("x", b"a"), b"a"),
    ],
)
def test_values_of_every_shape(call: Callable[[], object], encoded: object) -> None:
    assert call() == encoded


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: encoding.encode_scalar("x", None), "x must be a str, int, float, bool or datetime, not NoneType"),
        (lambda: encoding.encode_scalar("x", math.nan), "x must be finite, not nan"),
        (lambda: encoding.encode_scalar("x", datetime(2026, 1, 1)), "x must have a time zone"),
        (lambda: encoding.encode_items("x", "abc"), "x must be a sequence, not str; pass a list with it"),
        (lambda: encoding.encode_items("x", b"abc"), "x must be a sequence, not bytes"),
        (lambda: encoding.encode_items("x", {"a": 1}), "x must be a sequence, not dict"),
        (lambda: encoding.encode_items("x", []), "x is empty; omit it or pass None"),
        (lambda: encoding.encode_items("x", [1, [2]]), r"x\[1\] must be a str, int, float, bool or datetime, not list"),
        (lambda: encoding.encode_items("x", [True], encoding.encode_query_int), r"x\[0\] must be an int, not bool"),
        (lambda: encoding.encode_delimited("x", ["a,b"]), "x contains 'a,b', but its values must .* contain commas"),
        (lambda: encoding.encode_delimited("x", ["a b"], separator=" "), "must not be empty or contain spaces"),
        (lambda: encoding.encode_delimited("x", ["a", ""], separator="|"), r"x contains '', .* contain '\|'"),
        (lambda: encoding.encode_properties("x", [1]), "x must be a mapping, not list"),
        (lambda: encoding.encode_properties("x", {}), "x is empty"),
        (lambda: encoding.encode_properties("x", {"a": {"b": 1}}), r"x\.a must be a str, .* not dict"),
        (lambda: encoding.encode_properties("x", {"a": None}), r"x\.a must be a str, .* not NoneType"),
        (lambda: encoding.encode_object("x", {"a": [1]}), r"x\.a must be a str, .* not list"),
        (lambda: encoding.encode_object("x", {"a,b": 1}), "x contains 'a,b'"),
        (lambda: encoding.encode_deep_object("x", "f", {"a": {"b": []}}), r"x\.a\.b is empty; omit it"),
        (lambda: encoding.encode_deep_object("x", "f", {"a]": 1}), r"x has the key 'a\]'"),
        (lambda: encoding.encode_deep_object("x", "f", {"a": [None]}), r"x\.a\[0\] must be a str, .* not NoneType"),
        (lambda: encoding.encode_header("x", encoding.encode_json("x", "é")), "x is sent as a header"),
        (
            lambda: encoding.make_json_value("x", "abc", "array", "object"),
            "must be a list or a model or a mapping, not str",
        ),
        (lambda: encoding.make_json_value("x", True, "integer"), "x must be an int, not bool"),
        (lambda: encoding.check_binary("x", "abc"), "x must be bytes, a path or a binary file handle, not a str"),
    ],
)
def test_values_of_another_shape_are_rejected(call: Callable[[], object], error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        call()


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_to_json_makes_plain_copies() -> None:
    inner: dict[str, Any] = {"a": [1]}
    given: OrderedDict[str, Any] = OrderedDict(x=MappingProxyType(inner), y=(True, None, 1.5, Number.ONE), z=Text.RED)
    result = encoding.to_json(given, "body")
    assert result == {"x": {"a": [1]}, "y": [True, None, 1.5, 1], "z": "red"}
    assert json.loads(json.dumps(result)) == result
    inner["a"].append(2)
    assert result["x"] == {"a": [1]}
    entry = models.AgentFileEntry.from_dict({"path": "a", "unknown": [1]})
    assert encoding.to_json([entry], "body") == [{"path": "a", "unknown": [1]}]
    assert type(encoding.to_json(entry, "body")) is dict


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 2), '"2026-01-02"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (Plan.FREE, '"free"'),
        (Plan.TILL, '"2026-01-02"'),
        (Decimal("1.10"), "1.10"),
        (Decimal("0.1234567890123456789012345"), "0.1234567890123456789012345"),
        (Decimal("-1E+30"), "-1E+30"),
        ([Plan.RATE, '"1.10"', {"a": Decimal(7)}], '[1.10,"\\"1.10\\"",{"a":7}]'),
        (10**30, f"1{'0' * 30}"),
        (math.pi, "3.141592653589793"),
    ],
)
def test_values_that_have_one_form_in_json(value: object, text: str) -> None:
    assert encoding.encode_json("x", value) == text


CANNOT = "which cannot be sent as JSON"


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (b"x", rf"^body is of type bytes, {CANNOT}; pass .decode\(\), or base64"),
        (
            {"a": [Path("x")]},
            rf"^body\['a'\]\[0\] is of type pathlib\.\S*Path, {CANNOT}; pass str\(\.\.\.\) for its text; files",
        ),
        (ZipPath.__new__(ZipPath), rf"^body is of type zipfile\.\S*Path, {CANNOT}"),
        (io.BytesIO(), f"^body is of type _io.BytesIO, {CANNOT}; files to upload are top-level values of the input"),
        ({"a": Decimal("NaN")}, rf"^body\['a'\] is Decimal\('NaN'\), {CANNOT}"),
        (Decimal("-Infinity"), rf"^body is Decimal\('-Infinity'\), {CANNOT}"),
        (Plan.WRONG, f"^body is of type bytes, {CANNOT}"),
        (time(1), rf"^body is of type datetime.time, {CANNOT}; pass .isoformat\(\)"),
        (timedelta(1), rf"^body is of type datetime.timedelta, {CANNOT}; pass .total_seconds\(\)"),
        ({1: 2}, "body has the key 1; the keys of a JSON object must be str"),
        (float("inf"), f"^body is inf, {CANNOT}; pass None"),
        ({"a": math.nan}, rf"^body\['a'\] is nan, {CANNOT}; pass None"),
        (datetime(2026, 1, 1), "body must have a time zone"),
        ({1, 2}, rf"^body is of type set, {CANNOT}; pass list\(\.\.\.\)"),
        (iter([1]), rf"^body is of type list_iterator, {CANNOT}; pass list\(\.\.\.\)"),
        ({"a": 1}.keys(), rf"^body is of type dict_keys, {CANNOT}; pass list\(\.\.\.\)"),
        (Address(), rf"Address, {CANNOT}; pass dataclasses.asdict\(\.\.\.\)"),
        (Person(), rf"Person, {CANNOT}; pass attrs.asdict\(\.\.\.\)"),
        (
            make_type("Order", "shop", model_dump=0, __iter__=0),
            rf'shop.Order, {CANNOT}; pass .model_dump\(mode="json"\)',
        ),
        (make_type("bool", "numpy"), f"^body is of type numpy.bool, {CANNOT}$"),
        (make_type("ndarray", "numpy", tolist=0, __iter__=0), rf"numpy.ndarray, {CANNOT}; pass .tolist\(\)"),
        (make_type("URL", "httpx", __str__=str.upper), rf"httpx.URL, {CANNOT}; pass str\(\.\.\.\)"),
        (object(), f"^body is of type object, {CANNOT}$"),
        (UNSET, f"^body is of type eigenpal_generated.encoding.Unset, {CANNOT}; pass None"),
    ],
)
def test_to_json_names_the_place_of_a_value_that_cannot_be_sent(value: object, error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        encoding.to_json(value, "body")


def test_a_value_that_contains_itself_cannot_be_sent() -> None:
    loop: list[Any] = []
    loop.append(loop)
    for call in (lambda: encoding.to_json(loop, "x"), lambda: encoding.encode_json("x", loop)):
        with pytest.raises(ValueError, match="x is nested too deeply to be sent as JSON, or contains itself"):
            call()


def test_json_text_is_compact_and_unescaped() -> None:
    assert encoding.encode_json("x", {"ü": [1, "€"], "b": None}) == '{"ü":[1,"€"],"b":null}'


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(JSON)
def test_any_json_is_sent_unchanged(value: Any) -> None:
    assert encoding.to_json(value, "x") == value
    assert json.loads(encoding.encode_json("x", value)) == value


def test_json_bodies() -> None:
    body = encoding.make_json_body
    required, optional, nullable = {"a": 1}, {"b": None}, {"c": None, "d": UNSET}
    assert body(None, required=required, optional=optional, nullable=nullable) == {"a": 1, "c": None}
    assert body(None) == {}
    assert body({"x": 1}) == {"x": 1}
    assert body({"a": 2}, required={"a": UNSET}, optional={"b": None}, nullable={"c": UNSET}) == {"a": 2}
    with pytest.raises(TypeError, match="missing 'a'"):
        body(None, required={"a": UNSET})
    with pytest.raises(TypeError, match="pass either body= or 'a', 'c', not both"):
        body({}, required=required, optional=optional, nullable=nullable)
    with pytest.raises(ValueError, match="body is missing 'a'"):
        body({"b": 1}, required={"a": UNSET})
    with pytest.raises(TypeError, match="body must be a model or a mapping, not str"):
        body("a")


def test_file_parts() -> None:
    one, two = Path("one"), Path("two")
    assert runtime.make_file_parts("files.", None) == runtime.make_file_parts("files.", {}) == []
    assert runtime.make_file_parts("files.", {"a": one, "b": [one, two], "c": (two,)}) == [
        ("files.a", one),
        ("files.b", one),
        ("files.b", two),
        ("files.c", two),
    ]
    assert runtime.make_file_parts("", {"a": {"content": b"", "filename": "x"}}) == [
        ("a", {"content": b"", "filename": "x"})
    ]


def test_a_request_with_other_query_values() -> None:
    request = Request("x", "GET", "/x", query=(("a", "1"), ("b", "2"), ("a", "3")))
    assert request.with_query(a="4", self="5").query == (("b", "2"), ("a", "4"), ("self", "5"))
    assert request.query == (("a", "1"), ("b", "2"), ("a", "3"))
