"""Checks that every operation has its own place in the client tree, and in the modules of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from generator import naming
from generator.document import Node
from generator.problems import Problem, below
from generator.spec import nodes, operations


def tree_problems(document: Node) -> Iterator[Problem]:
    """Check the operationIds."""
    identifiers: dict[str, str] = {}
    iterated: dict[str, str] = {}
    for _, _, operation, place in operations(document):
        found: list[tuple[object, str]] = [(operation.get("operationId"), below(place, "operationId"))]
        for index, entry in enumerate(nodes(operation, "x-eigenpal-also")):
            found.append((entry.get("operation"), below(place, "x-eigenpal-also", index, "operation")))
        for identifier, at in found:
            if not isinstance(identifier, str):
                yield Problem(at, "needs an operationId, the place of the operation in the client tree")
            elif not naming.OPERATION_ID.fullmatch(identifier):
                yield Problem(at, f"{identifier!r} must be camelCase words joined by dots, as in runs.expected.rename")
            elif identifier in identifiers:
                yield Problem(at, f"{identifier} is defined twice, first at {identifiers[identifier]}")
            else:
                identifiers[identifier] = at
                if "x-eigenpal-pagination" in operation and operation.get("x-eigenpal-method") is not False:
                    iterated[identifier] = at
    yield from _collisions(identifiers)
    yield from _reserved(identifiers)
    yield from _iterators(identifiers, iterated)


def _groups(identifiers: dict[str, str]) -> dict[str, str]:
    """Return the groups of operations, each with the place of an operation in it."""
    groups: dict[str, str] = {}
    for identifier, place in identifiers.items():
        steps = identifier.split(".")
        for length in range(1, len(steps)):
            groups.setdefault(".".join(steps[:length]), place)
    return groups


def _collisions(identifiers: dict[str, str]) -> Iterator[Problem]:
    """Find names that would be the same in Python: in the tree, in the imports of its modules, and of classes."""
    groups = _groups(identifiers)
    spelled: dict[str, str] = {}
    joined: dict[str, str] = {}
    for name, place in [*identifiers.items(), *groups.items()]:
        steps = naming.operation_steps(name)
        other = spelled.setdefault(".".join(steps), name)
        if other != name:
            yield Problem(place, f"{name} collides with {other}: both would be {'.'.join(steps)} in Python")
        elif name in identifiers and name in groups:
            yield Problem(place, f"{name} is both an operation and a group of operations")
        elif name in identifiers:
            alias = "_".join(steps)
            other = joined.setdefault(alias, name)
            if other != name:
                yield Problem(place, f"{name} collides with {other}: both would be {alias} in Python")
    classes: dict[str, str] = {}
    for name, place in groups.items():
        class_name = naming.class_name(naming.operation_steps(name))
        other = classes.setdefault(class_name, name)
        if other != name:
            yield Problem(place, f"the group {name} collides with {other}: both would be the class {class_name}")


def _reserved(identifiers: dict[str, str]) -> Iterator[Problem]:
    groups = _groups(identifiers)
    for name, place in {**identifiers, **groups}.items():
        last = naming.operation_steps(name)[-1]
        if last in naming.RESERVED_MEMBERS:
            yield Problem(place, f"{name} cannot end in {last}, a name that the generated code uses")
    for name, place in groups.items():
        class_name = naming.class_name(naming.operation_steps(name))
        if class_name in naming.RESERVED_CLASSES or class_name.startswith("Async"):
            yield Problem(
                place, f"the group {name} would be the class {class_name}, a name that the generated code uses"
            )


def _iterators(identifiers: dict[str, str], iterated: dict[str, str]) -> Iterator[Problem]:
    members = {".".join(naming.operation_steps(name)): name for name in [*identifiers, *_groups(identifiers)]}
    for name, place in iterated.items():
        steps = naming.operation_steps(name)
        iterator = ".".join([*steps[:-1], naming.iterator_name(steps[-1])])
        if iterator in members:
            yield Problem(place, f"the iterator of {name} collides with {members[iterator]}")
