"""What is sent, what is answered, and what is a form."""

from __future__ import annotations

import pytest

from tests.generator.lowering.lower import lower_document
from tests.generator.small_specs import TEXT, Node, make_multipart_body, make_response, make_spec, nullable, ref

READ: Node = {"type": "string", "readOnly": True}
WRITE: Node = {"type": "string", "writeOnly": True}
FILE: Node = {"type": "string", "format": "binary"}


def model(*required: str, **properties: Node) -> Node:
    found: Node = {"type": "object", "properties": properties}
    return {**found, "required": list(required)} if required else found


def listing(items: Node) -> Node:
    return {"type": "array", "items": items}


def lower_uses(schemas: Node, sent: str = "", answered: str = "", form: str = "") -> tuple[Node, list[str]]:
    """Lower schemas of which some are sent, answered, or a form; return them, and which these are then."""
    content = {"application/json": {"schema": ref(sent)}} if sent else {}
    content |= make_multipart_body(form)["content"] if form else {}
    operation = {
        "requestBody": {"content": content},
        **({"responses": make_response(ref(answered))} if answered else {}),
    }
    lowered, report = lower_document(make_spec(operation, schemas, method="post"))
    assert report.problems == []
    found = lowered["paths"]["/things"]["post"]
    holders = [*found["requestBody"]["content"].values(), *found["responses"]["200"]["content"].values()]
    references = [str(holder["schema"].get("$ref", "")).rsplit("/", 1)[-1] for holder in holders]
    return lowered["components"]["schemas"], [reference for reference in references if reference]


USER = model("id", "password", id=READ, name=TEXT, password=WRITE)
SENT, ANSWERED = model("password", name=TEXT, password=TEXT), model("id", id=TEXT, name=TEXT)


def test_what_goes_both_ways_becomes_two_schemas() -> None:
    found, uses = lower_uses({"User": USER}, sent="User", answered="User")
    assert found == {"User": ANSWERED, "UserInput": SENT}
    assert uses == ["UserInput", "User"]


def test_what_goes_one_way_keeps_its_name() -> None:
    assert lower_uses({"User": USER}, sent="User") == ({"User": SENT}, ["User"])
    assert lower_uses({"User": USER}, answered="User") == ({"User": ANSWERED}, ["User"])


def test_what_differs_in_nothing_stays_one() -> None:
    schemas = {"Thing": model(a=TEXT, again=ref("Thing")), "Other": USER}
    found, uses = lower_uses(schemas, sent="Thing", answered="Thing")
    assert found["Thing"] == schemas["Thing"]
    assert uses == ["Thing", "Thing"]


def test_what_contains_it_becomes_two_as_well() -> None:
    schemas = {
        "Team": model(users=listing(ref("User")), tag=ref("Tag"), lead=nullable(ref("User"))),
        "User": {**USER, "properties": {**USER["properties"], "team": ref("Team")}},
        "Tag": model(name=TEXT),
        "UserInput": model(taken=TEXT),
    }
    found, uses = lower_uses(schemas, sent="Team", answered="Team")
    assert uses == ["TeamInput", "Team"]
    assert found["Team"] == schemas["Team"]
    assert found["TeamInput"] == model(
        users=listing(ref("UserInput2")), tag=ref("Tag"), lead=nullable(ref("UserInput2"))
    )
    assert found["UserInput2"]["properties"]["team"] == ref("TeamInput")
    assert found["UserInput"] == schemas["UserInput"]


def test_unions_follow() -> None:
    schemas = {
        "Pet": {"oneOf": [ref("Cat"), ref("Dog")]},
        "Cat": model("c", c=TEXT, id=READ),
        "Dog": model("d", d=TEXT),
    }
    found, _ = lower_uses(schemas, sent="Pet", answered="Pet")
    assert found["PetInput"]["anyOf"] == [ref("CatInput"), ref("Dog")]
    assert [entry["schema"] for entry in found["PetInput"]["x-eigenpal-variants"]] == ["CatInput", "Dog"]
    assert [entry["schema"] for entry in found["Pet"]["x-eigenpal-variants"]] == ["Cat", "Dog"]


def test_a_property_is_read_only_if_its_schema_is() -> None:
    schemas = {"Stamp": READ, "Thing": model(at=ref("Stamp"), all=model(at=READ), a=TEXT)}
    found, _ = lower_uses(schemas, sent="Thing")
    assert found["Thing"] == model(all=ref("ThingAll"), a=TEXT)
    assert found["ThingAll"] == {"type": "object"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (FILE, FILE),
        (listing(FILE), listing(FILE)),
        ({**nullable(FILE), "description": "It."}, {**FILE, "description": "It."}),
        ({"anyOf": [FILE, listing(FILE)]}, listing(FILE)),
        ({"type": "string", "contentMediaType": "image/png"}, FILE),
        ({"type": "string", "contentMediaType": "application/json"}, TEXT),
        ({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}, TEXT),
        (listing(listing(TEXT)), listing(listing(TEXT))),
        (nullable(TEXT), nullable(TEXT)),
    ],
)
def test_parts_of_a_form_may_be_files(schema: Node, expected: Node) -> None:
    found, _ = lower_uses({"Upload": model(part=schema)}, form="Upload")
    assert found == {"Upload": model(part=expected)}


def test_a_file_in_json_is_text() -> None:
    schemas = {"Upload": model(file=FILE, files=listing(FILE), meta=ref("Meta")), "Meta": model(icon=FILE)}
    found, uses = lower_uses(schemas, sent="Upload", answered="Upload", form="Upload")
    text = model(file=TEXT, files=listing(TEXT), meta=ref("Meta"))
    assert found == {"Upload": text, "UploadForm": schemas["Upload"], "Meta": model(icon=TEXT)}
    assert uses == ["Upload", "UploadForm", "Upload"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (ref("File"), FILE),
        (ref("Alias"), FILE),
        (ref("Files"), listing(FILE)),
        (ref("Maybe"), FILE),
        (nullable(ref("File")), FILE),
        (listing(ref("Alias")), listing(FILE)),
    ],
)
def test_a_part_may_be_a_named_file(part: Node, expected: Node) -> None:
    named = {"File": FILE, "Alias": ref("File"), "Files": listing(ref("File")), "Maybe": nullable(ref("File"))}
    found, _ = lower_uses({"Upload": model(part=part, name=TEXT), **named}, form="Upload")
    assert found == {"Upload": model(part=expected, name=TEXT)}
    found, _ = lower_uses({"Thing": model(file=ref("File")), **named}, sent="Thing")
    assert found == {"Thing": model(file=TEXT)}
