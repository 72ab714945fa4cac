# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The root of the client tree, for both clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eigenpal_generated import api as _api, models
from eigenpal_generated.runtime import AsyncTransport, Transport

if TYPE_CHECKING:
    from eigenpal_generated.resources.agents import Agents, AsyncAgents
    from eigenpal_generated.resources.automations import AsyncAutomations, Automations
    from eigenpal_generated.resources.runs import AsyncRuns, Runs
    from eigenpal_generated.resources.source import AsyncSource, Source
    from eigenpal_generated.resources.workflows import AsyncWorkflows, Workflows


class Tree:
    """Everything the synchronous client offers that the spec says; a resource is loaded when it is first used."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._agents: Agents | None = None
        self._workflows: Workflows | None = None
        self._runs: Runs | None = None
        self._source: Source | None = None
        self._automations: Automations | None = None

    @property
    def agents(self) -> Agents:
        """Agents, their source files, released versions and email triggers."""
        if self._agents is None:
            from eigenpal_generated.resources.agents import Agents

            self._agents = Agents(self._transport)
        return self._agents

    @property
    def workflows(self) -> Workflows:
        """Workflows and their released versions."""
        if self._workflows is None:
            from eigenpal_generated.resources.workflows import Workflows

            self._workflows = Workflows(self._transport)
        return self._workflows

    @property
    def runs(self) -> Runs:
        """Starting runs of workflows and agents, and everything that belongs to a run: status, output, artifacts,
        files, ground truth, feedback and trace.
        """
        if self._runs is None:
            from eigenpal_generated.resources.runs import Runs

            self._runs = Runs(self._transport)
        return self._runs

    @property
    def source(self) -> Source:
        """The Git repository that holds the source of workflows and agents, and the secrets kept in it."""
        if self._source is None:
            from eigenpal_generated.resources.source import Source

            self._source = Source(self._transport)
        return self._source

    @property
    def automations(self) -> Automations:
        """Operations that treat workflows and agents alike."""
        if self._automations is None:
            from eigenpal_generated.resources.automations import Automations

            self._automations = Automations(self._transport)
        return self._automations

    def rerun(
        self, id: str, *, version: str | None = None, wait_for_completion: int | None = None
    ) -> models.RunRerunResponse:
        """Start a new run with the input of an earlier one.

        Starts a run that takes its input from an existing run, by default with the latest version. The earlier run
        stays as it is.

        Without `wait_for_completion` the answer comes at once (201). With it, the server waits that long: the whole run
        comes back if it finishes in time (200), the short form if not (202).

        Every call starts another run. If a call fails and the run may have been started, look for it with
        `client.runs.list` before calling again.

        Args:
            id: Id of the run, such as `run_w01`.
            version: Which version the new run uses: `original` for the one the earlier run used, a release tag, or a
                Git ref. Left out, the latest release is taken.
            wait_for_completion: Seconds for which the server may hold the answer back to wait for the run to finish, at
                most 600. Left out, it answers as soon as the run is accepted. The read timeout of the client has to be
                longer than that.

        Returns:
            A run that was started: `Run` if it finished while the server waited, else `RunAccepted`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.rerun("run_w01", wait_for_completion=30)
        """
        return self._transport.call(
            _api.rerun.request(id, version=version, wait_for_completion=wait_for_completion), _api.rerun.parse
        )


class AsyncTree:
    """Everything the asynchronous client offers that the spec says; a resource is loaded when it is first used."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._agents: AsyncAgents | None = None
        self._workflows: AsyncWorkflows | None = None
        self._runs: AsyncRuns | None = None
        self._source: AsyncSource | None = None
        self._automations: AsyncAutomations | None = None

    @property
    def agents(self) -> AsyncAgents:
        """Agents, their source files, released versions and email triggers."""
        if self._agents is None:
            from eigenpal_generated.resources.agents import AsyncAgents

            self._agents = AsyncAgents(self._transport)
        return self._agents

    @property
    def workflows(self) -> AsyncWorkflows:
        """Workflows and their released versions."""
        if self._workflows is None:
            from eigenpal_generated.resources.workflows import AsyncWorkflows

            self._workflows = AsyncWorkflows(self._transport)
        return self._workflows

    @property
    def runs(self) -> AsyncRuns:
        """Starting runs of workflows and agents, and everything that belongs to a run: status, output, artifacts,
        files, ground truth, feedback and trace.
        """
        if self._runs is None:
            from eigenpal_generated.resources.runs import AsyncRuns

            self._runs = AsyncRuns(self._transport)
        return self._runs

    @property
    def source(self) -> AsyncSource:
        """The Git repository that holds the source of workflows and agents, and the secrets kept in it."""
        if self._source is None:
            from eigenpal_generated.resources.source import AsyncSource

            self._source = AsyncSource(self._transport)
        return self._source

    @property
    def automations(self) -> AsyncAutomations:
        """Operations that treat workflows and agents alike."""
        if self._automations is None:
            from eigenpal_generated.resources.automations import AsyncAutomations

            self._automations = AsyncAutomations(self._transport)
        return self._automations

    async def rerun(
        self, id: str, *, version: str | None = None, wait_for_completion: int | None = None
    ) -> models.RunRerunResponse:
        """Start a new run with the input of an earlier one.

        Starts a run that takes its input from an existing run, by default with the latest version. The earlier run
        stays as it is.

        Without `wait_for_completion` the answer comes at once (201). With it, the server waits that long: the whole run
        comes back if it finishes in time (200), the short form if not (202).

        Every call starts another run. If a call fails and the run may have been started, look for it with
        `client.runs.list` before calling again.

        Args:
            id: Id of the run, such as `run_w01`.
            version: Which version the new run uses: `original` for the one the earlier run used, a release tag, or a
                Git ref. Left out, the latest release is taken.
            wait_for_completion: Seconds for which the server may hold the answer back to wait for the run to finish, at
                most 600. Left out, it answers as soon as the run is accepted. The read timeout of the client has to be
                longer than that.

        Returns:
            A run that was started: `Run` if it finished while the server waited, else `RunAccepted`.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.rerun("run_w01", wait_for_completion=30)
        """
        return await self._transport.call(
            _api.rerun.request(id, version=version, wait_for_completion=wait_for_completion), _api.rerun.parse
        )
