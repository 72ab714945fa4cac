"""The places of operations in the client tree."""

from __future__ import annotations

from typing import Any

import pytest

from generator.lowering.identifiers import identifiers
from tests.generator.lowering.running import notes, problems, run
from tests.generator.small_specs import OK, TEXT, make_spec

Operations = dict[str, dict[str, Any]]
"""By method and path."""

CHOSEN: dict[str, Any] = {"x-eigenpal-method": "a.c"}


def make_document(operations: Operations) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for place, operation in operations.items():
        method, _, path = place.partition(" ")
        paths.setdefault(path, {})[method] = {"responses": OK, **operation}
    return {**make_spec(), "paths": paths}


def name(operations: Operations) -> dict[str, str]:
    """Return the operationIds of operations, which must have no problems."""
    lowered, report = run(make_document(operations), identifiers)
    assert not report.problems
    return {
        f"{method} {path}": operation["operationId"]
        for path, item in lowered["paths"].items()
        for method, operation in item.items()
    }


def one(identifier: str, *tags: str, place: str = "get /x") -> str:
    return name({place: {"operationId": identifier, "tags": list(tags)}})[place]


@pytest.mark.parametrize(
    ("identifier", "tags", "expected"),
    [
        ("runs.expected.rename", ["other"], "runs.expected.rename"),
        ("Runs.list-items", [], "runs.listItems"),
        ("getThing", [], "getThing"),
        ("get_thing", ["things"], "things.getThing"),
        ("Get Thing", ["Pet Controller", "more"], "petController.getThing"),
        ("getUser_1", ["user-controller"], "userController.getUser1"),
        ("HTTPCheck", ["admin.users"], "admin.users.httpCheck"),
        ("GET_ALL", ["a/b"], "aB.getAll"),
        ("2fa", ["Größe"], "grosse.twoFa"),
        ("things", ["things"], "things.things"),
        ("PetController_findAll", ["pets"], "pets.findAll"),
        ("PetController_findAll", [], "petControllerFindAll"),
        ("runs..get.", [], "runs.get"),
    ],
)
def test_identifiers_of_any_spelling(identifier: str, tags: list[str], expected: str) -> None:
    assert one(identifier, *tags) == expected


@pytest.mark.parametrize(
    ("place", "identifier", "expected"),
    [
        ("get /items/{item_id}", "read_item_items__item_id__get", "items.readItem"),
        ("post /", "create_root__post", "items.createRoot"),
        ("get /items/{item_id}", "read_item_items__item_id__put", "items.readItemItemsItemIdPut"),
    ],
)
def test_what_fastapi_adds_to_the_name_of_a_function_is_cut(place: str, identifier: str, expected: str) -> None:
    assert one(identifier, "items", place=place) == expected


def test_it_is_not_cut_where_the_name_is_taken() -> None:
    assert name(
        {
            "get /a": {"operationId": "read_a_get", "tags": ["x"]},
            "get /b": {"operationId": "read_b_get", "tags": ["x"]},
            "get /c": {"operationId": "show_c_get", "tags": ["x"]},
            "get /d": {"operationId": "x.show"},
        }
    ) == {
        "get /a": "x.readAGet",
        "get /b": "x.readBGet",
        "get /c": "x.showCGet",
        "get /d": "x.show",
    }


def test_without_an_identifier_path_and_method_give_the_name() -> None:
    operations: Operations = {
        "get /things/{id}": {},
        "get /things": {},
        "post /things": {},
        "put /things/{id}": {},
        "patch /things/{id}": {},
        "delete /things/{id}": {},
        "post /api/v1/things/{id}/cancel": {},
        "post /v2/things/{id}:stop": {},
        "get /status": {},
        "get /": {},
        "get /users/{id}/blog-posts/{post}": {},
    }
    assert [name(operations)[place] for place in operations] == [
        "things.get",
        "things.list",
        "things.create",
        "things.replace",
        "things.update",
        "things.delete",
        "things.cancel",
        "things.stop",
        "status.get",
        "get",
        "users.blogPosts.get",
    ]
    _, report = run(make_document({"get /things": {}}), identifiers)
    [(place, message)] = notes(report)
    assert (place, message) == (
        "#/paths/~1things/get",
        "it has no operationId; named after its path and method: things.list",
    )


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        # The name that is spelled so keeps it, and the other is named after its path.
        (
            {"get /a": {"operationId": "x.getAll"}, "get /b/{c}": {"operationId": "x.get_all"}},
            ["x.getAll", "b.get"],
        ),
        ({"get /a": {"operationId": "x.b"}, "post /bs": {"operationId": "x.b"}}, ["a.get", "bs.create"]),
        (
            {"get /runs": {"operationId": "runs"}, "get /runs/{id}": {"operationId": "runs.get"}},
            ["runs.list", "runs.get"],
        ),
        ({"get /a/{b}": {}, "get /a/{b}/{c}": {}}, ["a.getByB", "a.getByBAndC"]),
        ({"get /a/{b}": {}, "get /x": {"operationId": "a.get"}}, ["a.getByB", "a.get"]),
    ],
)
def test_where_two_would_have_one_name_another_is_found(operations: Operations, expected: list[str]) -> None:
    assert list(name(operations).values()) == expected
    reordered = dict(reversed(list(operations.items())))
    assert sorted(name(reordered).values()) == sorted(expected)
    _, report = run(make_document(operations), identifiers)
    assert any(" is taken" in message for _, message in notes(report))
    assert all("x-eigenpal-method" in note.remedy for note in report.notes)


@pytest.mark.parametrize(
    ("operations", "message"),
    [
        ({"get /a": {"x-eigenpal-method": "x.y"}, "get /b": {"x-eigenpal-method": "x.y"}}, "client.x.y is taken by"),
        ({"get /a": {"x-eigenpal-method": "x"}, "get /b": {"operationId": "x.y"}}, "client.x is taken by a group"),
        ({"get /a": {"x-eigenpal-method": "x y"}}, "must be camelCase words joined by dots"),
        ({"get /a": {"operationId": f"things.{'x' * 151}"}}, "is too long for the name of a file"),
        (
            {"get /a": {"operationId": "a.list", "x-eigenpal-pagination": {}}, "get /b": {"operationId": "a.iter"}},
            "its iterator collides with a.iter",
        ),
        (
            {
                "get /a": {"operationId": "a.b", "x-eigenpal-also": [{"operation": "a.c"}]},
                "get /b": {"x-eigenpal-method": "a.c"},
            },
            "client.a.c is taken by",
        ),
    ],
)
def test_what_has_no_name_is_refused(operations: Operations, message: str) -> None:
    _, report = run(make_document(operations), identifiers)
    [(place, said)] = problems(report)
    assert message in said
    assert place.startswith("#/paths/~1")
    assert "x-eigenpal-method" in report.problems[0].remedy or "correct it" in report.problems[0].remedy


@pytest.mark.parametrize("group", ["models", "datetime", "runtime", "str", "any", "api", "tree", "asyncThings"])
def test_groups_and_methods_can_be_called_like_things_of_python(group: str) -> None:
    assert one(f"{group}.{group}") == f"{group}.{group}"


def test_the_overlay_can_choose_a_place_or_hide_an_operation() -> None:
    lowered, report = run(
        make_document(
            {
                "get /a": {"operationId": "read_a", "x-eigenpal-method": "files.read"},
                "get /b": {"operationId": "find", "tags": ["files"], "x-eigenpal-method": False},
            }
        ),
        identifiers,
    )
    assert not report.problems + report.notes
    assert lowered["paths"]["/a"]["get"] == {"operationId": "files.read", "responses": OK}
    hidden = lowered["paths"]["/b"]["get"]
    assert (hidden["operationId"], hidden["x-eigenpal-method"]) == ("find", False)


def test_operations_of_rare_methods_are_left_out_aloud() -> None:
    lowered, report = run(make_document({"head /a": {}, "options /a": {}, "get /a": {"operationId": "a"}}), identifiers)
    assert list(lowered["paths"]["/a"]) == ["get"]
    assert notes(report) == [
        ("#/paths/~1a/head", "HEAD /a is not generated"),
        ("#/paths/~1a/options", "OPTIONS /a is not generated"),
    ]


def test_every_media_type_of_a_body_has_a_method() -> None:
    media = ("application/json", "multipart/form-data", "application/xml", "text/xml")
    body: dict[str, Any] = {"requestBody": {"content": {name: {"schema": TEXT} for name in media}}}
    lowered, report = run(
        make_document(
            {
                "post /a": {"operationId": "a.send", "summary": "Send.", **body},
                "post /b": {"operationId": "a.send_multipart"},
                "post /c": {**body, "operationId": "hidden", "x-eigenpal-method": False},
            }
        ),
        identifiers,
    )
    assert not report.problems
    assert lowered["paths"]["/a"]["post"]["x-eigenpal-also"] == [
        {"operation": "a.sendMultipartBody", "media": "multipart/form-data"},
        {"operation": "a.sendXml", "media": "application/xml"},
        {"operation": "a.sendTextXml", "media": "text/xml"},
    ]
    assert "x-eigenpal-also" not in lowered["paths"]["/c"]["post"]
    again, _ = run(lowered, identifiers)
    assert again == lowered
