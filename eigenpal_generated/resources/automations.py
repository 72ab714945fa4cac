# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `automations`, sync and async."""

from __future__ import annotations

from eigenpal_generated import api as _api, models
from eigenpal_generated.runtime import AsyncTransport, Resource, Transport


class Automations(Resource):
    """`client.automations`: Operations that work on both workflows and agents."""

    _place = "client.automations"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def sync(self, automation: str) -> models.AutomationSyncResponse:
        """Sync a workflow or agent with its latest release.

        Updates the stored metadata of a workflow or agent from the latest release of its source package. Does not start
        a run.

        Args:
            automation: The workflow or agent to sync.

        Returns:
            The result of the sync.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.automations.sync("extract-invoice")
            ```
        """
        return self._transport.call(_api.automations.sync.request(automation), _api.automations.sync.parse)


class AsyncAutomations(Resource):
    """`client.automations` of the asynchronous client: Operations that work on both workflows and agents."""

    _place = "client.automations"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def sync(self, automation: str) -> models.AutomationSyncResponse:
        """Sync a workflow or agent with its latest release.

        Updates the stored metadata of a workflow or agent from the latest release of its source package. Does not start
        a run.

        Args:
            automation: The workflow or agent to sync.

        Returns:
            The result of the sync.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.automations.sync("extract-invoice")
            ```
        """
        return await self._transport.call(_api.automations.sync.request(automation), _api.automations.sync.parse)
