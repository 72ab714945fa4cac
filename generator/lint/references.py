"""Checks that every ``$ref`` can be resolved, and that no schema expands to itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Node
from generator.problems import Problem, SpecError, pointer
from generator.spec import component_kind, component_schemas, references, referred, resolve


def reference_problems(document: Node) -> Iterator[Problem]:
    """Find the references that cannot be resolved."""
    found = list(_dangling(document))
    yield from found
    if not found:
        yield from _endless(document)


def _dangling(document: Node) -> Iterator[Problem]:
    for node, place in references(document):
        try:
            resolve(document, node, place)
        except SpecError as error:
            yield from error.problems


def _endless(document: Node) -> Iterator[Problem]:
    """Find the schemas that would have to be expanded within themselves."""
    components = component_schemas(document)
    written_out = {
        name: {
            other
            for other in referred(node)
            if other in components and component_kind(document, other) in ("plain", "alias")
        }
        for name, node in components.items()
        if component_kind(document, name) in ("plain", "alias")
    }
    for name in written_out:
        reached: set[str] = set()
        waiting = list(written_out[name])
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting.extend(written_out[other])
        if name in reached:
            yield Problem(
                pointer("components", "schemas", name),
                "contains itself; only an object with properties or a union with x-eigenpal-variants can do so",
            )
