"""What a user can write down: calls, their arguments, models and their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Parameter(NamedTuple):
    """An argument of a call, or a field of a model, which its constructor takes as an argument."""

    name: str
    type: str
    default: str = ""
    """As code; empty if there is none."""
    is_positional: bool = False
    is_needed: bool = False
    """Whether a call must have it although it has a default, because the whole body can be passed instead."""

    @property
    def is_required(self) -> bool:
        """Whether a call must have it."""
        return not self.default or self.is_needed


@dataclass(frozen=True)
class Call:
    """A function or method."""

    name: str
    """As a user writes it: ``client.runs.get``."""
    parameters: tuple[Parameter, ...]
    returns: str
    about: str = ""
    """Its docstring."""
    is_written_by_hand: bool = False
    """Whether `eigenpal/` has it, and not the generated package."""

    @property
    def positional(self) -> list[str]:
        """The arguments that can be passed by position, in order."""
        return [parameter.name for parameter in self.parameters if parameter.is_positional]


@dataclass(frozen=True)
class Model:
    """A class with fields."""

    name: str
    fields: tuple[Parameter, ...]
    about: str = ""
    bases: tuple[str, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether iterating over it yields rows."""
        return any(base.startswith("Page[") for base in self.bases)


def full_name(name: str) -> str:
    """Return what a user calls a type: the name of one of `eigenpal.types` stands alone in a surface."""
    return name if "." in name else f"types.{name}"


@dataclass(frozen=True)
class Surface:
    """What a user can write down."""

    calls: dict[str, Call] = field(default_factory=dict[str, Call])
    models: dict[str, Model] = field(default_factory=dict[str, Model])
    """The classes with fields of `eigenpal.types`."""
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    """The other types of `eigenpal.types`, and what they stand for."""
    others: list[str] = field(default_factory=list[str])
    """Further public names."""
    requests: dict[str, Call] = field(default_factory=dict[str, Call])
    """The functions that build requests, by the place of their endpoint: the calls of `eigenpal/` itself."""

    def has_resource(self, name: str) -> bool:
        """Return whether there are calls in a resource, such as ``client.runs``."""
        return any(call.startswith(f"{name}.") for call in self.calls)
