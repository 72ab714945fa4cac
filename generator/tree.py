"""The client tree: resources, their children and their docstrings."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator import naming, text
from generator.facts import Facts
from generator.operations import Method


@dataclass
class Resource:
    """A node of the client tree."""

    steps: list[str]
    about: str
    class_name: str = ""
    """The name of its class; the asynchronous class has the prefix Async."""
    methods: list[Method] = field(default_factory=list[Method])
    children: list[Resource] = field(default_factory=list["Resource"])

    @property
    def name(self) -> str:
        """The attribute that leads to it."""
        return self.steps[-1]

    @property
    def module(self) -> str:
        """The module of the top-level resource it belongs to; ``tree`` has the root."""
        return "tree_" if self.steps[0] == "tree" else self.steps[0]

    @property
    def documentation(self) -> dict[bool, str]:
        """The docstrings of both classes."""
        place = ".".join(["client", *self.steps])
        summary = {False: f"`{place}`", True: f"`{place}` of the asynchronous client"}
        about = text.prose(self.about, text.WIDTH - 7)
        return {
            is_async: text.docstring([f"{opening}: {about}" if about else f"{opening}."], 4)
            if len(about) < 80
            else text.docstring([f"{opening}.", about], 4)
            for is_async, opening in summary.items()
        }

    @property
    def property_documentation(self) -> str:
        """The docstring of the property that leads to it."""
        return text.docstring(
            [text.prose(self.about, text.WIDTH - 11) or f"Operations under `{'.'.join(self.steps)}`."], 8
        )

    def all(self) -> list[Resource]:
        """Return the resource and all below it, children first."""
        return [inner for child in self.children for inner in child.all()] + [self]


def build(facts: Facts, methods: list[Method]) -> Resource:
    """Build the client tree from its methods."""
    about = {tuple(naming.operation_steps(name)): tag.description for name, tag in facts.tags}
    root = Resource([], "")
    classes: set[str] = set()
    for method in methods:
        resource = root
        for length in range(1, len(method.steps)):
            steps = method.steps[:length]
            child = next((child for child in resource.children if child.steps == steps), None)
            if child is None:
                class_name = naming.class_name(steps)
                while classes & {class_name, f"Async{class_name}"}:
                    class_name += "_"
                classes |= {class_name, f"Async{class_name}"}
                child = Resource(steps, about.get(tuple(steps), ""), class_name)
                resource.children.append(child)
            resource = child
        resource.methods.append(method)
    return root
