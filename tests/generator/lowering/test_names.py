"""Names of schemas and of properties."""

from __future__ import annotations

import pytest

from generator.lowering.names import Names
from generator.lowering.words import pascal_case, singular
from generator.naming import snake_case
from tests.generator.lowering.lower import lower_document, lower_schema, lower_schemas
from tests.generator.small_specs import TEXT, make_object, make_response, make_spec, ref


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Run", "Run"),
        ("APIKey", "APIKey"),
        ("user", "User"),
        ("run_status", "RunStatus"),
        ("RUN_STATUS", "RunStatus"),
        ("Item-Input", "ItemInput"),
        ("Page_User_", "PageUser"),
        ("Page«User»", "PageUser"),
        ("com.example.UserDto", "ComExampleUserDto"),
        ("Body_upload_files_post", "BodyUploadFilesPost"),
        ("Größe", "Grosse"),
        ("2fa", "TwoFa"),
        ("日本", "E697a5e69cac"),
        ("None", "None2"),
        ("x" * 300, "X" + "x" * 129 + "3d7421c3"),
    ],
)
def test_schemas_are_named_in_pascal_case(name: str, expected: str) -> None:
    found = lower_schemas({name: make_object(a=TEXT), "Thing": make_object(it=ref(name))})
    assert found == {expected: make_object(a=TEXT), "Thing": make_object(it=ref(expected))}


def test_a_good_name_is_kept_whatever_else_there_is() -> None:
    names = ["foo_bar", "foo-bar", "FooBar", "APIKey", "ApiKey"]
    found = lower_schemas({name: make_object(name=TEXT, it=ref("foo_bar")) for name in names})
    assert list(found) == ["FooBar2", "FooBar3", "FooBar", "APIKey", "ApiKey2"]
    assert {str(schema["properties"]["it"]) for schema in found.values()} == {str(ref("FooBar2"))}


def test_names_stay_when_schemas_are_added() -> None:
    schemas = {name: make_object(a=TEXT) for name in ("foo_bar", "Größe", "User")}
    before = list(lower_schemas(schemas))
    after = list(lower_schemas({**schemas, "foo.bar": TEXT, "user": TEXT}))
    assert after == [*before, "FooBar2", "User2"]


def test_references_in_operations_follow() -> None:
    lowered, _ = lower_document(make_spec({"responses": make_response(ref("a_thing"))}, {"a_thing": TEXT}))
    answer = lowered["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == ref("AThing")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *[("RunSteps", "RunStep"), ("Entries", "Entry"), ("Boxes", "Box"), ("Addresses", "Address")],
        *[("Statuses", "Status"), ("Children", "Child"), ("People", "Person"), ("Responses", "Response")],
        *[("Status", ""), ("News", ""), ("Series", ""), ("Data", ""), ("Class", ""), ("Analysis", ""), ("S", "")],
    ],
)
def test_singular(name: str, expected: str) -> None:
    assert singular(name) == expected


def test_a_name_that_is_taken_gets_a_number_at_any_length() -> None:
    names = Names(["Run"])
    assert [names.take("Run", "RunItem") for _ in range(3)] == ["RunItem", "RunItem2", "RunItem3"]
    longest = pascal_case("y" * 150)
    assert len({names.take(longest) for _ in range(12)}) == 12


# --- properties -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["id", "camelCase", "class", "from_dict", "@type", "kebab-case"], {}),
        (["a-b", "a_b", "aB", "a.b"], {"a-b": "a_dash_b", "aB": "a_b_2", "a.b": "a_dot_b"}),
        (["$id", "id"], {"$id": "dollar_id"}),
        (["123", "+1", "-1", "Größe"], {"123": "one_two_three", "+1": "plus1", "-1": "dash1", "Größe": "grosse"}),
        (["日本", "", " ", "_"], {"日本": "field_e697a5e69cac", "": "field_", " ": "space", "_": "field_5f"}),
        (["class", "class_"], {"class": "class_2"}),
    ],
)
def test_properties_get_names_where_python_has_none(names: list[str], expected: dict[str, str]) -> None:
    properties = lower_schema(make_object(**dict.fromkeys(names, TEXT)))["properties"]
    assert list(properties) == names
    assert {name: node["x-eigenpal-name"] for name, node in properties.items() if "x-eigenpal-name" in node} == expected


def test_names_of_the_overlay_come_first() -> None:
    given = {**TEXT, "x-eigenpal-name": "a_b"}
    properties = lower_schema(make_object(**{"a_b": TEXT, "other": given}))["properties"]
    assert properties == {"a_b": {**TEXT, "x-eigenpal-name": "a_b_2"}, "other": given}


def test_names_do_not_depend_on_the_unicode_version_of_python() -> None:
    letter, outlined = "\U00011f02", "\U0001ccd6"  # new in Unicode 15, and in 16 a form of A
    assert snake_case(f"a{letter}b") == "a_b"
    assert pascal_case(f"b{outlined}") == "B"
