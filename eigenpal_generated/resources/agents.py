# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `agents`, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, overload

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.encoding import UNSET
from eigenpal_generated.runtime import AsyncTransport, Resource, Transport


class AgentsEmailTriggers(Resource):
    """`client.agents.email_triggers`: Email triggers of agents, and the email aliases that start them."""

    _place = "client.agents.email_triggers"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> models.ListEmailTriggersResponse:
        """List the email aliases of all agents.

        Returns all email aliases in the organization, across all agents.

        Iterating over the result yields its `emails`.

        Returns:
            All email aliases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.

        Examples:
            ```python
            client.agents.email_triggers.list()
            ```
        """
        return self._transport.call(_api.agents.email_triggers.list.request(), _api.agents.email_triggers.list.parse)

    def get(self, agent_id: str) -> models.EmailTriggerResponse:
        """Get the email trigger of an agent.

        Returns the agent's email trigger and its aliases.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            The email trigger and its aliases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.email_triggers.get("receipt-sorter")
            ```
        """
        return self._transport.call(
            _api.agents.email_triggers.get.request(agent_id), _api.agents.email_triggers.get.parse
        )

    def create_alias(
        self,
        agent_id: str,
        *,
        email: str | None = None,
        alias: str | None = None,
        label: str | None = None,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        reply_config: Mapping[str, Any] | None = None,
        body: models.CreateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Create an email alias for an agent.

        Adds an email address that starts the agent: each email sent to it starts a run. All settings are optional.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email: Email address of the alias.
            alias: Name of the alias.
            label: Display label of the alias.
            allowlist: Senders whose email is accepted: addresses, or patterns such as `*@example.com`.
            allow: Use `allowlist` instead.
            reply_config: Settings for replies to senders, a free-form object.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The created alias.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.email_triggers.create_alias(
                "receipt-sorter",
                alias="receipts",
                label="Travel desk",
                allowlist=["*@example.com"],
                reply_config={"mode": "always"},
            )
            ```
        """
        return self._transport.call(
            _api.agents.email_triggers.create_alias.request(
                agent_id,
                email=email,
                alias=alias,
                label=label,
                allowlist=allowlist,
                allow=allow,
                reply_config=reply_config,
                body=body,
            ),
            _api.agents.email_triggers.create_alias.parse,
        )

    @overload
    def update(self, agent_id: str, *, enabled: bool) -> models.UpdateEmailTriggerResponse: ...

    @overload
    def update(
        self, agent_id: str, *, body: models.UpdateEmailTriggerBody | Mapping[str, Any]
    ) -> models.UpdateEmailTriggerResponse: ...

    def update(
        self,
        agent_id: str,
        *,
        enabled: bool = UNSET,
        body: models.UpdateEmailTriggerBody | Mapping[str, Any] | None = None,
    ) -> models.UpdateEmailTriggerResponse:
        """Enable or disable the email trigger of an agent.

        Controls whether email can start the agent. To change a single alias, use
        `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            enabled: Whether email can start the agent. Required unless you pass `body`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated email trigger.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.email_triggers.update("receipt-sorter", enabled=True)
            ```
        """
        return self._transport.call(
            _api.agents.email_triggers.update.request(agent_id, enabled=enabled, body=body),
            _api.agents.email_triggers.update.parse,
        )

    def delete_alias(self, agent_id: str, email_id: str) -> models.DeleteEmailAliasResponse:
        """Delete an email alias of an agent.

        Revokes the alias, so that email sent to it no longer starts the agent. To stop an alias temporarily, set its
        `status` with `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias.

        Returns:
            Confirmation that the alias was deleted.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.email_triggers.delete_alias("receipt-sorter", "eml_44")
            ```
        """
        return self._transport.call(
            _api.agents.email_triggers.delete_alias.request(agent_id, email_id),
            _api.agents.email_triggers.delete_alias.parse,
        )

    def update_alias(
        self,
        agent_id: str,
        email_id: str,
        *,
        label: str | None = UNSET,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        status: models.EmailAliasStatus | None = None,
        reply_config: Mapping[str, Any] | None = None,
        require_sender_auth: bool | None = None,
        body: models.UpdateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Update an email alias of an agent.

        Changes only the values you pass. Set `status` to `disabled` to stop an alias without deleting it.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias.
            label: New display label of the alias. None removes it.
            allowlist: Senders whose email is accepted: addresses, or patterns such as `*@example.com`. Send the
                complete list.
            allow: Use `allowlist` instead.
            status: Status of the alias. One of `active`, `disabled`.
            reply_config: Settings for replies to senders, a free-form object.
            require_sender_auth: Whether to accept email only from authenticated senders.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated alias.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.email_triggers.update_alias(
                "receipt-sorter",
                "eml_44",
                label=None,
                status="disabled",
                require_sender_auth=True,
            )
            ```
        """
        return self._transport.call(
            _api.agents.email_triggers.update_alias.request(
                agent_id,
                email_id,
                label=label,
                allowlist=allowlist,
                allow=allow,
                status=status,
                reply_config=reply_config,
                require_sender_auth=require_sender_auth,
                body=body,
            ),
            _api.agents.email_triggers.update_alias.parse,
        )


class AsyncAgentsEmailTriggers(Resource):
    """`client.agents.email_triggers` of the asynchronous client: Email triggers of agents, and the email aliases that start them."""

    _place = "client.agents.email_triggers"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> models.ListEmailTriggersResponse:
        """List the email aliases of all agents.

        Returns all email aliases in the organization, across all agents.

        Iterating over the result yields its `emails`.

        Returns:
            All email aliases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.

        Examples:
            ```python
            await client.agents.email_triggers.list()
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.list.request(), _api.agents.email_triggers.list.parse
        )

    async def get(self, agent_id: str) -> models.EmailTriggerResponse:
        """Get the email trigger of an agent.

        Returns the agent's email trigger and its aliases.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            The email trigger and its aliases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.email_triggers.get("receipt-sorter")
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.get.request(agent_id), _api.agents.email_triggers.get.parse
        )

    async def create_alias(
        self,
        agent_id: str,
        *,
        email: str | None = None,
        alias: str | None = None,
        label: str | None = None,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        reply_config: Mapping[str, Any] | None = None,
        body: models.CreateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Create an email alias for an agent.

        Adds an email address that starts the agent: each email sent to it starts a run. All settings are optional.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email: Email address of the alias.
            alias: Name of the alias.
            label: Display label of the alias.
            allowlist: Senders whose email is accepted: addresses, or patterns such as `*@example.com`.
            allow: Use `allowlist` instead.
            reply_config: Settings for replies to senders, a free-form object.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The created alias.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.email_triggers.create_alias(
                "receipt-sorter",
                alias="receipts",
                label="Travel desk",
                allowlist=["*@example.com"],
                reply_config={"mode": "always"},
            )
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.create_alias.request(
                agent_id,
                email=email,
                alias=alias,
                label=label,
                allowlist=allowlist,
                allow=allow,
                reply_config=reply_config,
                body=body,
            ),
            _api.agents.email_triggers.create_alias.parse,
        )

    @overload
    async def update(self, agent_id: str, *, enabled: bool) -> models.UpdateEmailTriggerResponse: ...

    @overload
    async def update(
        self, agent_id: str, *, body: models.UpdateEmailTriggerBody | Mapping[str, Any]
    ) -> models.UpdateEmailTriggerResponse: ...

    async def update(
        self,
        agent_id: str,
        *,
        enabled: bool = UNSET,
        body: models.UpdateEmailTriggerBody | Mapping[str, Any] | None = None,
    ) -> models.UpdateEmailTriggerResponse:
        """Enable or disable the email trigger of an agent.

        Controls whether email can start the agent. To change a single alias, use
        `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            enabled: Whether email can start the agent. Required unless you pass `body`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated email trigger.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.email_triggers.update("receipt-sorter", enabled=True)
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.update.request(agent_id, enabled=enabled, body=body),
            _api.agents.email_triggers.update.parse,
        )

    async def delete_alias(self, agent_id: str, email_id: str) -> models.DeleteEmailAliasResponse:
        """Delete an email alias of an agent.

        Revokes the alias, so that email sent to it no longer starts the agent. To stop an alias temporarily, set its
        `status` with `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias.

        Returns:
            Confirmation that the alias was deleted.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.email_triggers.delete_alias("receipt-sorter", "eml_44")
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.delete_alias.request(agent_id, email_id),
            _api.agents.email_triggers.delete_alias.parse,
        )

    async def update_alias(
        self,
        agent_id: str,
        email_id: str,
        *,
        label: str | None = UNSET,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        status: models.EmailAliasStatus | None = None,
        reply_config: Mapping[str, Any] | None = None,
        require_sender_auth: bool | None = None,
        body: models.UpdateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Update an email alias of an agent.

        Changes only the values you pass. Set `status` to `disabled` to stop an alias without deleting it.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias.
            label: New display label of the alias. None removes it.
            allowlist: Senders whose email is accepted: addresses, or patterns such as `*@example.com`. Send the
                complete list.
            allow: Use `allowlist` instead.
            status: Status of the alias. One of `active`, `disabled`.
            reply_config: Settings for replies to senders, a free-form object.
            require_sender_auth: Whether to accept email only from authenticated senders.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated alias.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.email_triggers.update_alias(
                "receipt-sorter",
                "eml_44",
                label=None,
                status="disabled",
                require_sender_auth=True,
            )
            ```
        """
        return await self._transport.call(
            _api.agents.email_triggers.update_alias.request(
                agent_id,
                email_id,
                label=label,
                allowlist=allowlist,
                allow=allow,
                status=status,
                reply_config=reply_config,
                require_sender_auth=require_sender_auth,
                body=body,
            ),
            _api.agents.email_triggers.update_alias.parse,
        )


class Agents(Resource):
    """`client.agents`: Agents, their source files, releases and email triggers."""

    _place = "client.agents"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._resource_email_triggers: AgentsEmailTriggers | None = None

    @property
    def email_triggers(self) -> AgentsEmailTriggers:
        """Email triggers of agents, and the email aliases that start them."""
        if self._resource_email_triggers is None:
            self._resource_email_triggers = self._make_email_triggers()
        return self._resource_email_triggers

    def _make_email_triggers(self) -> AgentsEmailTriggers:
        return AgentsEmailTriggers(self._transport)

    def list(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> models.ListAgentsResponse:
        """List agents.

        Returns one page of the agents the API key can access, each with its latest version and basic statistics.

        Pagination uses `offset` and `limit`. `total` is the number of agents on all pages.

        Iterating over the result yields the items of this page; `client.agents.iter` goes over all pages.

        Args:
            search: Only agents with this text in one of their fields (substring match).
            slug: Only the agent with exactly this slug.
            limit: Maximum number of agents per page.
            offset: Number of items to skip. Defaults to 0.
            include_archived: Whether to include archived agents.

        Returns:
            One page of agents.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.list(search="receipt")
            ```
        """
        return self._transport.call(
            _api.agents.list.request(
                search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
            ),
            _api.agents.list.parse,
        )

    @runtime.takes_page_size("limit")
    def iter(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> Iterator[models.AgentSummary]:
        """List agents, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            search: Only agents with this text in one of their fields (substring match).
            slug: Only the agent with exactly this slug.
            page_size: Maximum number of agents per page. The total is not limited.
            offset: Number of items to skip. Defaults to 0.
            include_archived: Whether to include archived agents.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            for item in client.agents.iter(search="receipt"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size)
        _request = _api.agents.list.request(
            search=search, slug=slug, limit=page_size, offset=offset, include_archived=include_archived
        )
        return runtime.iterate(self._transport, _request, _api.agents.list.parse, _api.agents.list.PAGINATION)

    @overload
    def create(
        self, *, name: str, slug: str, description: str | None = None, config: Mapping[str, Any] | None = None
    ) -> models.CreateAgentResponse: ...

    @overload
    def create(self, *, body: models.CreateAgentBody | Mapping[str, Any]) -> models.CreateAgentResponse: ...

    def create(
        self,
        *,
        name: str = UNSET,
        slug: str = UNSET,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.CreateAgentBody | Mapping[str, Any] | None = None,
    ) -> models.CreateAgentResponse:
        """Create an agent.

        Creates the agent and its source package in the organization's Git repository.

        In the response, `source_recovered` is true if existing source was recovered, and `recovery_kind` is how the
        source was set up.

        Args:
            name: Display name of the agent. Required unless you pass `body`.
            slug: Slug of the agent. The target of a run is `agents.<slug>`. It cannot be changed later. Required unless
                you pass `body`.
            description: Description of the agent.
            config: Configuration of the agent, a free-form object.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The created agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.create(
                name="Lab notes",
                slug="lab-notes",
                description="Turns lab notes into tables",
                config={"model": "large"},
            )
            ```
        """
        return self._transport.call(
            _api.agents.create.request(name=name, slug=slug, description=description, config=config, body=body),
            _api.agents.create.parse,
        )

    def get(self, agent_id: str, *, include: str | Sequence[str] | None = None) -> models.GetAgentResponse:
        """Get an agent.

        Looks up an agent by its id or slug. It is the `agent` of the response.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            include: Optional sections to include, such as `files` or `dataset`.

        Returns:
            The agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.get("receipt-sorter", include=["files", "dataset"])
            ```
        """
        return self._transport.call(_api.agents.get.request(agent_id, include=include), _api.agents.get.parse)

    def update(
        self,
        agent_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.PatchAgentBody | Mapping[str, Any] | None = None,
    ) -> models.PatchAgentResponse:
        """Update an agent.

        Changes only the values you pass. The slug cannot be changed, and the description cannot be set to None.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            name: New display name of the agent.
            description: New description of the agent.
            config: New configuration of the agent, a free-form object. Send the complete configuration.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.update("receipt-sorter", name="Lab notes v2", config={"maxTurns": 20})
            ```
        """
        return self._transport.call(
            _api.agents.update.request(agent_id, name=name, description=description, config=config, body=body),
            _api.agents.update.parse,
        )

    def versions(self, agent_id: str) -> models.ListAgentVersionsResponse:
        """List the released versions of an agent.

        Returns all releases of the agent, as tagged in Git. `latest` marks the newest one.

        Iterating over the result yields its `versions`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            All releases of the agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.versions("receipt-sorter")
            ```
        """
        return self._transport.call(_api.agents.versions.request(agent_id), _api.agents.versions.parse)

    def list_files(
        self, agent_id: str, *, path: str | None = None, prefix: str | None = None, ref: str | None = None
    ) -> Any:
        """List or read the source files of an agent.

        Reads the agent's Git package, `agents/<slug>` in the organization's repository. Depending on the query, the
        response is a file listing or the content of one file.

        Run files and datasets are not served here. For run files, use `client.runs.artifacts.list` or
        `client.runs.files.list`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            path: Path of one file to read. Omit it to get a file listing.
            prefix: Path prefix of the files to list.
            ref: Git ref, such as a branch or tag. Defaults to `main`.

        Returns:
            A file listing or the content of one file, as free-form JSON.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.list_files("receipt-sorter")
            ```
        """
        return self._transport.call(
            _api.agents.list_files.request(agent_id, path=path, prefix=prefix, ref=ref), _api.agents.list_files.parse
        )

    @runtime.deprecated(
        "client.agents.put_file is deprecated: Fails with status 409, because agent source is stored in Git. To change it, push to the repository that `client.source.repository` returns, or edit the agent in the builder."
    )
    def put_file(
        self,
        agent_id: str,
        *,
        content_base64: str | None = None,
        content: str | None = None,
        content_type: str | None = None,
        body: models.PutAgentFileBody | Mapping[str, Any] | None = None,
        path: str | None = None,
        prefix: str | None = None,
        ref: str | None = None,
    ) -> Any:
        """Write an agent source file (no longer supported).

        Deprecated. Fails with status 409, because agent source is stored in Git. To change it, push to the repository
        that `client.source.repository` returns, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            content_base64: Content of the file, encoded as Base64.
            content: Content of the file as text.
            content_type: Content type of the file, such as `text/markdown`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.
            path: Path of the file to write.
            prefix: Path prefix of the file.
            ref: Git ref, such as a branch or tag. Defaults to `main`.

        Returns:
            The decoded JSON response.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 409, 429 or 500), or the request failed or
                timed out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.put_file(
                "receipt-sorter",
                content="Sort receipts by trip.",
                content_type="text/markdown",
                path="instructions.md",
            )
            ```
        """
        return self._transport.call(
            _api.agents.put_file.request(
                agent_id,
                content_base64=content_base64,
                content=content,
                content_type=content_type,
                body=body,
                path=path,
                prefix=prefix,
                ref=ref,
            ),
            _api.agents.put_file.parse,
        )

    @runtime.deprecated(
        "client.agents.upload_files is deprecated: Fails with status 409, because agent source is stored in Git. To change it, push to the repository that `client.source.repository` returns, or edit the agent in the builder."
    )
    def upload_files(
        self,
        agent_id: str,
        *,
        files: Sequence[models.AgentFileEntry | Mapping[str, Any]] | None = None,
        body: models.UploadAgentFilesBody | Mapping[str, Any] | None = None,
    ) -> Any:
        """Write several agent source files (no longer supported).

        Deprecated. Fails with status 409, because agent source is stored in Git. To change it, push to the repository
        that `client.source.repository` returns, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            files: The files to write.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The decoded JSON response.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 409, 429 or 500), or the request failed or
                timed out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is
                set, the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.agents.upload_files(
                "receipt-sorter",
                files=[{"path": "instructions.md", "content": "Sort receipts by trip."}],
            )
            ```
        """
        return self._transport.call(
            _api.agents.upload_files.request(agent_id, files=files, body=body), _api.agents.upload_files.parse
        )


class AsyncAgents(Resource):
    """`client.agents` of the asynchronous client: Agents, their source files, releases and email triggers."""

    _place = "client.agents"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._resource_email_triggers: AsyncAgentsEmailTriggers | None = None

    @property
    def email_triggers(self) -> AsyncAgentsEmailTriggers:
        """Email triggers of agents, and the email aliases that start them."""
        if self._resource_email_triggers is None:
            self._resource_email_triggers = self._make_email_triggers()
        return self._resource_email_triggers

    def _make_email_triggers(self) -> AsyncAgentsEmailTriggers:
        return AsyncAgentsEmailTriggers(self._transport)

    async def list(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> models.ListAgentsResponse:
        """List agents.

        Returns one page of the agents the API key can access, each with its latest version and basic statistics.

        Pagination uses `offset` and `limit`. `total` is the number of agents on all pages.

        Iterating over the result yields the items of this page; `client.agents.iter` goes over all pages.

        Args:
            search: Only agents with this text in one of their fields (substring match).
            slug: Only the agent with exactly this slug.
            limit: Maximum number of agents per page.
            offset: Number of items to skip. Defaults to 0.
            include_archived: Whether to include archived agents.

        Returns:
            One page of agents.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.list(search="receipt")
            ```
        """
        return await self._transport.call(
            _api.agents.list.request(
                search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
            ),
            _api.agents.list.parse,
        )

    @runtime.takes_page_size("limit")
    def iter(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> AsyncIterator[models.AgentSummary]:
        """List agents, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            search: Only agents with this text in one of their fields (substring match).
            slug: Only the agent with exactly this slug.
            page_size: Maximum number of agents per page. The total is not limited.
            offset: Number of items to skip. Defaults to 0.
            include_archived: Whether to include archived agents.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async for item in client.agents.iter(search="receipt"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size)
        _request = _api.agents.list.request(
            search=search, slug=slug, limit=page_size, offset=offset, include_archived=include_archived
        )
        return runtime.iterate_async(self._transport, _request, _api.agents.list.parse, _api.agents.list.PAGINATION)

    @overload
    async def create(
        self, *, name: str, slug: str, description: str | None = None, config: Mapping[str, Any] | None = None
    ) -> models.CreateAgentResponse: ...

    @overload
    async def create(self, *, body: models.CreateAgentBody | Mapping[str, Any]) -> models.CreateAgentResponse: ...

    async def create(
        self,
        *,
        name: str = UNSET,
        slug: str = UNSET,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.CreateAgentBody | Mapping[str, Any] | None = None,
    ) -> models.CreateAgentResponse:
        """Create an agent.

        Creates the agent and its source package in the organization's Git repository.

        In the response, `source_recovered` is true if existing source was recovered, and `recovery_kind` is how the
        source was set up.

        Args:
            name: Display name of the agent. Required unless you pass `body`.
            slug: Slug of the agent. The target of a run is `agents.<slug>`. It cannot be changed later. Required unless
                you pass `body`.
            description: Description of the agent.
            config: Configuration of the agent, a free-form object.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The created agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.create(
                name="Lab notes",
                slug="lab-notes",
                description="Turns lab notes into tables",
                config={"model": "large"},
            )
            ```
        """
        return await self._transport.call(
            _api.agents.create.request(name=name, slug=slug, description=description, config=config, body=body),
            _api.agents.create.parse,
        )

    async def get(self, agent_id: str, *, include: str | Sequence[str] | None = None) -> models.GetAgentResponse:
        """Get an agent.

        Looks up an agent by its id or slug. It is the `agent` of the response.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            include: Optional sections to include, such as `files` or `dataset`.

        Returns:
            The agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.get("receipt-sorter", include=["files", "dataset"])
            ```
        """
        return await self._transport.call(_api.agents.get.request(agent_id, include=include), _api.agents.get.parse)

    async def update(
        self,
        agent_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.PatchAgentBody | Mapping[str, Any] | None = None,
    ) -> models.PatchAgentResponse:
        """Update an agent.

        Changes only the values you pass. The slug cannot be changed, and the description cannot be set to None.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            name: New display name of the agent.
            description: New description of the agent.
            config: New configuration of the agent, a free-form object. Send the complete configuration.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The updated agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.update(
                "receipt-sorter",
                name="Lab notes v2",
                config={"maxTurns": 20},
            )
            ```
        """
        return await self._transport.call(
            _api.agents.update.request(agent_id, name=name, description=description, config=config, body=body),
            _api.agents.update.parse,
        )

    async def versions(self, agent_id: str) -> models.ListAgentVersionsResponse:
        """List the released versions of an agent.

        Returns all releases of the agent, as tagged in Git. `latest` marks the newest one.

        Iterating over the result yields its `versions`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            All releases of the agent.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.versions("receipt-sorter")
            ```
        """
        return await self._transport.call(_api.agents.versions.request(agent_id), _api.agents.versions.parse)

    async def list_files(
        self, agent_id: str, *, path: str | None = None, prefix: str | None = None, ref: str | None = None
    ) -> Any:
        """List or read the source files of an agent.

        Reads the agent's Git package, `agents/<slug>` in the organization's repository. Depending on the query, the
        response is a file listing or the content of one file.

        Run files and datasets are not served here. For run files, use `client.runs.artifacts.list` or
        `client.runs.files.list`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            path: Path of one file to read. Omit it to get a file listing.
            prefix: Path prefix of the files to list.
            ref: Git ref, such as a branch or tag. Defaults to `main`.

        Returns:
            A file listing or the content of one file, as free-form JSON.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.list_files("receipt-sorter")
            ```
        """
        return await self._transport.call(
            _api.agents.list_files.request(agent_id, path=path, prefix=prefix, ref=ref), _api.agents.list_files.parse
        )

    @runtime.deprecated(
        "client.agents.put_file is deprecated: Fails with status 409, because agent source is stored in Git. To change it, push to the repository that `client.source.repository` returns, or edit the agent in the builder."
    )
    async def put_file(
        self,
        agent_id: str,
        *,
        content_base64: str | None = None,
        content: str | None = None,
        content_type: str | None = None,
        body: models.PutAgentFileBody | Mapping[str, Any] | None = None,
        path: str | None = None,
        prefix: str | None = None,
        ref: str | None = None,
    ) -> Any:
        """Write an agent source file (no longer supported).

        Deprecated. Fails with status 409, because agent source is stored in Git. To change it, push to the repository
        that `client.source.repository` returns, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            content_base64: Content of the file, encoded as Base64.
            content: Content of the file as text.
            content_type: Content type of the file, such as `text/markdown`.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.
            path: Path of the file to write.
            prefix: Path prefix of the file.
            ref: Git ref, such as a branch or tag. Defaults to `main`.

        Returns:
            The decoded JSON response.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 409, 429 or 500), or the request failed or
                timed out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.put_file(
                "receipt-sorter",
                content="Sort receipts by trip.",
                content_type="text/markdown",
                path="instructions.md",
            )
            ```
        """
        return await self._transport.call(
            _api.agents.put_file.request(
                agent_id,
                content_base64=content_base64,
                content=content,
                content_type=content_type,
                body=body,
                path=path,
                prefix=prefix,
                ref=ref,
            ),
            _api.agents.put_file.parse,
        )

    @runtime.deprecated(
        "client.agents.upload_files is deprecated: Fails with status 409, because agent source is stored in Git. To change it, push to the repository that `client.source.repository` returns, or edit the agent in the builder."
    )
    async def upload_files(
        self,
        agent_id: str,
        *,
        files: Sequence[models.AgentFileEntry | Mapping[str, Any]] | None = None,
        body: models.UploadAgentFilesBody | Mapping[str, Any] | None = None,
    ) -> Any:
        """Write several agent source files (no longer supported).

        Deprecated. Fails with status 409, because agent source is stored in Git. To change it, push to the repository
        that `client.source.repository` returns, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            files: The files to write.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The decoded JSON response.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 409, 429 or 500), or the request failed or
                timed out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is
                set, the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.agents.upload_files(
                "receipt-sorter",
                files=[{"path": "instructions.md", "content": "Sort receipts by trip."}],
            )
            ```
        """
        return await self._transport.call(
            _api.agents.upload_files.request(agent_id, files=files, body=body), _api.agents.upload_files.parse
        )
