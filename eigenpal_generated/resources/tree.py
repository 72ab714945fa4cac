# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The root of the client tree, sync and async."""

from __future__ import annotations

from eigenpal_generated import api as _api, models, resources as _resources
from eigenpal_generated.runtime import AsyncTransport, Resource, Transport


class Tree(Resource):
    """The operations of the synchronous client. Resources are loaded on first use."""

    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._resource_agents: _resources.agents.Agents | None = None
        self._resource_workflows: _resources.workflows.Workflows | None = None
        self._resource_runs: _resources.runs.Runs | None = None
        self._resource_source: _resources.source.Source | None = None
        self._resource_automations: _resources.automations.Automations | None = None

    @property
    def agents(self) -> _resources.agents.Agents:
        """Agents, their source files, releases and email triggers."""
        if self._resource_agents is None:
            self._resource_agents = self._make_agents()
        return self._resource_agents

    def _make_agents(self) -> _resources.agents.Agents:
        from eigenpal_generated.resources.agents import Agents

        return Agents(self._transport)

    @property
    def workflows(self) -> _resources.workflows.Workflows:
        """Workflows and their releases."""
        if self._resource_workflows is None:
            self._resource_workflows = self._make_workflows()
        return self._resource_workflows

    def _make_workflows(self) -> _resources.workflows.Workflows:
        from eigenpal_generated.resources.workflows import Workflows

        return Workflows(self._transport)

    @property
    def runs(self) -> _resources.runs.Runs:
        """Start and manage runs of workflows and agents: status, output, artifacts, files, ground truth, feedback and
        traces.
        """
        if self._resource_runs is None:
            self._resource_runs = self._make_runs()
        return self._resource_runs

    def _make_runs(self) -> _resources.runs.Runs:
        from eigenpal_generated.resources.runs import Runs

        return Runs(self._transport)

    @property
    def source(self) -> _resources.source.Source:
        """The organization's Git repository with the source of workflows and agents, their releases, and encrypted
        secrets.
        """
        if self._resource_source is None:
            self._resource_source = self._make_source()
        return self._resource_source

    def _make_source(self) -> _resources.source.Source:
        from eigenpal_generated.resources.source import Source

        return Source(self._transport)

    @property
    def automations(self) -> _resources.automations.Automations:
        """Operations that work on both workflows and agents."""
        if self._resource_automations is None:
            self._resource_automations = self._make_automations()
        return self._resource_automations

    def _make_automations(self) -> _resources.automations.Automations:
        from eigenpal_generated.resources.automations import Automations

        return Automations(self._transport)

    def rerun(
        self, id: str, *, version: str | None = None, wait_for_completion: int | None = None
    ) -> models.RunRerunResponse:
        """Start a new run with the input of an earlier run.

        Starts a new run with the input of an existing run, by default with the latest version. The existing run is
        unchanged.

        By default the server responds immediately (201). With `wait_for_completion` it waits: the response is the full
        run if it finishes in time (200), or a short form with its id if not (202).

        Each call starts a new run. If a call fails and the run may have started, check `client.runs.list` before you
        retry.

        Args:
            id: Id of the run, such as `run_w01`.
            version: Version to run: `original` for the version of the earlier run, a release tag, or a Git ref.
                Defaults to the latest release.
            wait_for_completion: Seconds the server waits for the run to finish before it responds, at most 600. By
                default it responds as soon as the run is accepted.

        Returns:
            The started run: `Run` if it finished while the server waited, otherwise `RunAccepted`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.rerun("run_w01", wait_for_completion=30)
            ```
        """
        return self._transport.call(
            _api.rerun.request(id, version=version, wait_for_completion=wait_for_completion), _api.rerun.parse
        )


class AsyncTree(Resource):
    """The operations of the asynchronous client. Resources are loaded on first use."""

    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._resource_agents: _resources.agents.AsyncAgents | None = None
        self._resource_workflows: _resources.workflows.AsyncWorkflows | None = None
        self._resource_runs: _resources.runs.AsyncRuns | None = None
        self._resource_source: _resources.source.AsyncSource | None = None
        self._resource_automations: _resources.automations.AsyncAutomations | None = None

    @property
    def agents(self) -> _resources.agents.AsyncAgents:
        """Agents, their source files, releases and email triggers."""
        if self._resource_agents is None:
            self._resource_agents = self._make_agents()
        return self._resource_agents

    def _make_agents(self) -> _resources.agents.AsyncAgents:
        from eigenpal_generated.resources.agents import AsyncAgents

        return AsyncAgents(self._transport)

    @property
    def workflows(self) -> _resources.workflows.AsyncWorkflows:
        """Workflows and their releases."""
        if self._resource_workflows is None:
            self._resource_workflows = self._make_workflows()
        return self._resource_workflows

    def _make_workflows(self) -> _resources.workflows.AsyncWorkflows:
        from eigenpal_generated.resources.workflows import AsyncWorkflows

        return AsyncWorkflows(self._transport)

    @property
    def runs(self) -> _resources.runs.AsyncRuns:
        """Start and manage runs of workflows and agents: status, output, artifacts, files, ground truth, feedback and
        traces.
        """
        if self._resource_runs is None:
            self._resource_runs = self._make_runs()
        return self._resource_runs

    def _make_runs(self) -> _resources.runs.AsyncRuns:
        from eigenpal_generated.resources.runs import AsyncRuns

        return AsyncRuns(self._transport)

    @property
    def source(self) -> _resources.source.AsyncSource:
        """The organization's Git repository with the source of workflows and agents, their releases, and encrypted
        secrets.
        """
        if self._resource_source is None:
            self._resource_source = self._make_source()
        return self._resource_source

    def _make_source(self) -> _resources.source.AsyncSource:
        from eigenpal_generated.resources.source import AsyncSource

        return AsyncSource(self._transport)

    @property
    def automations(self) -> _resources.automations.AsyncAutomations:
        """Operations that work on both workflows and agents."""
        if self._resource_automations is None:
            self._resource_automations = self._make_automations()
        return self._resource_automations

    def _make_automations(self) -> _resources.automations.AsyncAutomations:
        from eigenpal_generated.resources.automations import AsyncAutomations

        return AsyncAutomations(self._transport)

    async def rerun(
        self, id: str, *, version: str | None = None, wait_for_completion: int | None = None
    ) -> models.RunRerunResponse:
        """Start a new run with the input of an earlier run.

        Starts a new run with the input of an existing run, by default with the latest version. The existing run is
        unchanged.

        By default the server responds immediately (201). With `wait_for_completion` it waits: the response is the full
        run if it finishes in time (200), or a short form with its id if not (202).

        Each call starts a new run. If a call fails and the run may have started, check `client.runs.list` before you
        retry.

        Args:
            id: Id of the run, such as `run_w01`.
            version: Version to run: `original` for the version of the earlier run, a release tag, or a Git ref.
                Defaults to the latest release.
            wait_for_completion: Seconds the server waits for the run to finish before it responds, at most 600. By
                default it responds as soon as the run is accepted.

        Returns:
            The started run: `Run` if it finished while the server waited, otherwise `RunAccepted`.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.rerun("run_w01", wait_for_completion=30)
            ```
        """
        return await self._transport.call(
            _api.rerun.request(id, version=version, wait_for_completion=wait_for_completion), _api.rerun.parse
        )
