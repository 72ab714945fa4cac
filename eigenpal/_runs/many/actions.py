"""The actions that the flows of a batch yield to their driver.

A flow is a generator without I/O. Drivers run one step of one flow at a time, so flows may change what they share, and
carry out the actions of all flows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

from eigenpal._transport.actions import RunInThread

if TYPE_CHECKING:
    from eigenpal_generated.runtime import Request, Response

T = TypeVar("T")


class Event(Protocol):
    """What a flow waits for and another one sets: a `threading.Event` or an `anyio.Event`."""

    def set(self) -> object:
        """Wake the flows that wait for it."""

    def is_set(self) -> bool:
        """Return whether it was set."""
        ...


class Call(NamedTuple):
    """Call an operation. The driver sends back what ``parse`` returns, or throws the error."""

    request: Request
    parse: Callable[[Response], Any]
    deadline: float | None = None
    """When to give up, on the monotonic clock."""
    with_retries: bool = False
    """Whether the transport retries it. Otherwise the batch does, so that a refused request slows all others."""


class Pause(NamedTuple):
    """Wait for an event, but no longer than ``seconds``. The driver sends back None."""

    event: Event
    seconds: float | None = None


class NotCarriedOut(Exception):
    """Thrown into a flow for an action that was not carried out, because the batch was stopped before."""


BatchAction: TypeAlias = "Call | Pause | RunInThread"
BatchFlow: TypeAlias = Generator[BatchAction, Any, T]
