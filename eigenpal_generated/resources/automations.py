# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `automations`, for both clients."""

from __future__ import annotations

from eigenpal_generated import api as _api, models
from eigenpal_generated.runtime import AsyncTransport, Transport


class Automations:
    """`client.automations`: Operations that treat workflows and agents alike."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def sync(self, automation: str) -> models.AutomationSyncResponse:
        """Bring a workflow or agent up to date with its latest release.

        Reads the latest release of the source package from Git and updates what is recorded about the workflow or
        agent. No run is started.

        Args:
            automation: The workflow or agent to bring up to date. Its format is not specified; an id or a slug is
                likely.

        Returns:
            What was updated, from which release.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.automations.sync("extract-invoice")
        """
        return self._transport.call(_api.automations.sync.request(automation), _api.automations.sync.parse)


class AsyncAutomations:
    """`client.automations` of the asynchronous client: Operations that treat workflows and agents alike."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def sync(self, automation: str) -> models.AutomationSyncResponse:
        """Bring a workflow or agent up to date with its latest release.

        Reads the latest release of the source package from Git and updates what is recorded about the workflow or
        agent. No run is started.

        Args:
            automation: The workflow or agent to bring up to date. Its format is not specified; an id or a slug is
                likely.

        Returns:
            What was updated, from which release.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.automations.sync("extract-invoice")
        """
        return await self._transport.call(_api.automations.sync.request(automation), _api.automations.sync.parse)
