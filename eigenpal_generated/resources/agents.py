# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `agents`, for both clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, overload

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.runtime import UNSET, AsyncTransport, Transport, Unset


class AgentsEmailTriggers:
    """`client.agents.email_triggers`: The addresses that start an agent by mail."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(self) -> models.ListEmailTriggersResponse:
        """List the email aliases of all agents.

        Lists the email aliases of the whole organization in one answer, whichever agent they start.

        Returns:
            All email aliases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.

        Example::

            client.agents.email_triggers.list()
        """
        return self._transport.call(_api.agents.email_triggers.list.request(), _api.agents.email_triggers.list.parse)

    def get(self, agent_id: str) -> models.EmailTriggerResponse:
        """Get the email trigger of an agent.

        Fetches whether mail can start the agent, and the aliases that mail can be sent to.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            The trigger and its aliases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.email_triggers.get("receipt-sorter")
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

        Adds an address that starts the agent: mail sent to it becomes a run. Every property of the body is optional;
        what the server puts in place of those left out is not specified.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email: Email address of the alias. How it goes together with `alias` is not specified.
            alias: Name of the alias; likely what the server forms the address from.
            label: Label for the alias, for people.
            allowlist: Senders whose mail is accepted: addresses, or patterns such as `*@example.com`. Whose is accepted
                if it is left out is not specified.
            allow: Likely another spelling of `allowlist`, which is the one to use.
            reply_config: Settings for replies to the senders; free-form, its keys are not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The new alias.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.email_triggers.create_alias(
                "receipt-sorter",
                alias="receipts",
                label="Travel desk",
                allowlist=["*@example.com"],
                reply_config={"mode": "always"},
            )
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
        enabled: bool | Unset = UNSET,
        body: models.UpdateEmailTriggerBody | Mapping[str, Any] | None = None,
    ) -> models.UpdateEmailTriggerResponse:
        """Switch the email trigger of an agent on or off.

        Enables or disables mail as a way to start the agent. The aliases of the agent are changed one by one, with
        `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            enabled: Whether mail may start the agent. Needed unless `body` is given.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The trigger as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.email_triggers.update("receipt-sorter", enabled=True)
        """
        return self._transport.call(
            _api.agents.email_triggers.update.request(agent_id, enabled=enabled, body=body),
            _api.agents.email_triggers.update.parse,
        )

    def delete_alias(self, agent_id: str, email_id: str) -> models.DeleteEmailAliasResponse:
        """Delete an email alias of an agent.

        Revokes the address, so mail sent to it no longer starts the agent. To stop it for a while, set its `status`
        with `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias; likely the `id` of one of the agent's `emails`.

        Returns:
            Confirms that the alias is gone.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.email_triggers.delete_alias("receipt-sorter", "eml_44")
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
        label: str | Unset | None = UNSET,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        status: models.EmailAliasStatus | None = None,
        reply_config: Mapping[str, Any] | None = None,
        require_sender_auth: bool | None = None,
        body: models.UpdateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Change an email alias of an agent.

        Changes what is given and leaves the rest as it is. Set `status` to `disabled` to stop an alias without losing
        it.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias; likely the `id` of one of the agent's `emails`.
            label: New label of the alias, for people. None removes it.
            allowlist: Senders whose mail is accepted: addresses, or patterns such as `*@example.com`. Send the list
                complete: whether the server keeps entries that are missing here is not specified.
            allow: Likely another spelling of `allowlist`, which is the one to use.
            status: Whether mail to the alias starts runs. One of `active`, `disabled`.
            reply_config: Settings for replies to the senders; free-form, its keys are not specified.
            require_sender_auth: Whether mail is accepted only from senders that are authenticated; how is not
                specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The alias as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.email_triggers.update_alias(
                "receipt-sorter",
                "eml_44",
                label=None,
                status="disabled",
                require_sender_auth=True,
            )
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


class AsyncAgentsEmailTriggers:
    """`client.agents.email_triggers` of the asynchronous client: The addresses that start an agent by mail."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> models.ListEmailTriggersResponse:
        """List the email aliases of all agents.

        Lists the email aliases of the whole organization in one answer, whichever agent they start.

        Returns:
            All email aliases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.

        Example::

            await client.agents.email_triggers.list()
        """
        return await self._transport.call(
            _api.agents.email_triggers.list.request(), _api.agents.email_triggers.list.parse
        )

    async def get(self, agent_id: str) -> models.EmailTriggerResponse:
        """Get the email trigger of an agent.

        Fetches whether mail can start the agent, and the aliases that mail can be sent to.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            The trigger and its aliases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.email_triggers.get("receipt-sorter")
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

        Adds an address that starts the agent: mail sent to it becomes a run. Every property of the body is optional;
        what the server puts in place of those left out is not specified.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email: Email address of the alias. How it goes together with `alias` is not specified.
            alias: Name of the alias; likely what the server forms the address from.
            label: Label for the alias, for people.
            allowlist: Senders whose mail is accepted: addresses, or patterns such as `*@example.com`. Whose is accepted
                if it is left out is not specified.
            allow: Likely another spelling of `allowlist`, which is the one to use.
            reply_config: Settings for replies to the senders; free-form, its keys are not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The new alias.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.email_triggers.create_alias(
                "receipt-sorter",
                alias="receipts",
                label="Travel desk",
                allowlist=["*@example.com"],
                reply_config={"mode": "always"},
            )
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
        enabled: bool | Unset = UNSET,
        body: models.UpdateEmailTriggerBody | Mapping[str, Any] | None = None,
    ) -> models.UpdateEmailTriggerResponse:
        """Switch the email trigger of an agent on or off.

        Enables or disables mail as a way to start the agent. The aliases of the agent are changed one by one, with
        `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            enabled: Whether mail may start the agent. Needed unless `body` is given.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The trigger as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.email_triggers.update("receipt-sorter", enabled=True)
        """
        return await self._transport.call(
            _api.agents.email_triggers.update.request(agent_id, enabled=enabled, body=body),
            _api.agents.email_triggers.update.parse,
        )

    async def delete_alias(self, agent_id: str, email_id: str) -> models.DeleteEmailAliasResponse:
        """Delete an email alias of an agent.

        Revokes the address, so mail sent to it no longer starts the agent. To stop it for a while, set its `status`
        with `client.agents.email_triggers.update_alias`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias; likely the `id` of one of the agent's `emails`.

        Returns:
            Confirms that the alias is gone.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.email_triggers.delete_alias("receipt-sorter", "eml_44")
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
        label: str | Unset | None = UNSET,
        allowlist: Sequence[str] | None = None,
        allow: Sequence[str] | None = None,
        status: models.EmailAliasStatus | None = None,
        reply_config: Mapping[str, Any] | None = None,
        require_sender_auth: bool | None = None,
        body: models.UpdateEmailAliasBody | Mapping[str, Any] | None = None,
    ) -> models.EmailAliasResponse:
        """Change an email alias of an agent.

        Changes what is given and leaves the rest as it is. Set `status` to `disabled` to stop an alias without losing
        it.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            email_id: Id of the email alias; likely the `id` of one of the agent's `emails`.
            label: New label of the alias, for people. None removes it.
            allowlist: Senders whose mail is accepted: addresses, or patterns such as `*@example.com`. Send the list
                complete: whether the server keeps entries that are missing here is not specified.
            allow: Likely another spelling of `allowlist`, which is the one to use.
            status: Whether mail to the alias starts runs. One of `active`, `disabled`.
            reply_config: Settings for replies to the senders; free-form, its keys are not specified.
            require_sender_auth: Whether mail is accepted only from senders that are authenticated; how is not
                specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The alias as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.email_triggers.update_alias(
                "receipt-sorter",
                "eml_44",
                label=None,
                status="disabled",
                require_sender_auth=True,
            )
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


class Agents:
    """`client.agents`: Agents, their source files, released versions and email triggers."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._email_triggers = AgentsEmailTriggers(transport)

    @property
    def email_triggers(self) -> AgentsEmailTriggers:
        """The addresses that start an agent by mail."""
        return self._email_triggers

    def list(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> models.ListAgentsResponse:
        """List agents page by page.

        Lists the agents the API key can see, with their latest version and basic statistics.

        A page starts at `offset` and holds up to `limit` agents; `total` counts those on all pages together.

        Args:
            search: Keep agents that contain this text in one of their fields. Which fields, and whether case matters,
                is not specified.
            slug: Keep only the agent that has exactly this slug.
            limit: Largest number of agents on a page. Its default and its largest value are not specified; the `limit`
                of the answer tells what the server used.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.
            include_archived: Whether archived agents are listed as well. What the server does if it is left out is not
                specified.

        Returns:
            One page of agents.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.list(search="receipt")
        """
        return self._transport.call(
            _api.agents.list.request(
                search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
            ),
            _api.agents.list.parse,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> Iterator[models.AgentSummary]:
        """List agents, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            search: Keep agents that contain this text in one of their fields. Which fields, and whether case matters,
                is not specified.
            slug: Keep only the agent that has exactly this slug.
            limit: Largest number of agents on a page. Its default and its largest value are not specified; the `limit`
                of the answer tells what the server used.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.
            include_archived: Whether archived agents are listed as well. What the server does if it is left out is not
                specified.

        Yields:
            AgentSummary: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            for row in client.agents.iter(search="receipt"):
                print(row)
        """
        request = _api.agents.list.request(
            search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
        )
        return runtime.iterate(self._transport, request, _api.agents.list.parse, _api.agents.list.PAGINATION)

    @overload
    def create(
        self, *, name: str, slug: str, description: str | None = None, config: Mapping[str, Any] | None = None
    ) -> models.CreateAgentResponse: ...

    @overload
    def create(self, *, body: models.CreateAgentBody | Mapping[str, Any]) -> models.CreateAgentResponse: ...

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        slug: str | Unset = UNSET,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.CreateAgentBody | Mapping[str, Any] | None = None,
    ) -> models.CreateAgentResponse:
        """Create an agent.

        Registers a new agent and sets up its source package in the Git repository of the organization.

        `source_recovered` and `recovery_kind` in the answer tell whether source from before was used for it. How the
        server answers if the slug is already taken is not specified.

        Args:
            name: Name of the agent, for people. Needed unless `body` is given.
            slug: Short name of the agent, as part of the target of a run: `agents.<slug>`. It cannot be changed later.
                Needed unless `body` is given.
            description: What the agent is for.
            config: Settings of the agent; free-form, its keys are not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The new agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.create(
                name="Lab notes",
                slug="lab-notes",
                description="Turns lab notes into tables",
                config={"model": "large"},
            )
        """
        return self._transport.call(
            _api.agents.create.request(name=name, slug=slug, description=description, config=config, body=body),
            _api.agents.create.parse,
        )

    def get(self, agent_id: str, *, include: str | Sequence[str] | None = None) -> models.GetAgentResponse:
        """Get one agent.

        Fetches an agent by its id or slug. The answer wraps it in `agent`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            include: Further sections to put into the answer. `files` and `dataset` are examples; which others there
                are, and what they hold, is not specified. They are likely to be further properties of the agent, which
                are kept as they come.

        Returns:
            The agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.get("receipt-sorter", include=["files", "dataset"])
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
        """Change the name, description or configuration of an agent.

        Changes what is given and leaves the rest as it is. The slug cannot be changed, and a description can be
        replaced but not set to None.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            name: New name of the agent, for people.
            description: New description of the agent.
            config: New settings of the agent; free-form. Send them complete: whether the server keeps settings that are
                missing here is not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The agent as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.update("receipt-sorter", name="Lab notes v2", config={"maxTurns": 20})
        """
        return self._transport.call(
            _api.agents.update.request(agent_id, name=name, description=description, config=config, body=body),
            _api.agents.update.parse,
        )

    def versions(self, agent_id: str) -> models.ListAgentVersionsResponse:
        """List the released versions of an agent.

        Lists every release of the agent, as tagged in Git, in one answer. `latest` marks the newest; the order of the
        list is not specified.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            All releases of the agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.versions("receipt-sorter")
        """
        return self._transport.call(_api.agents.versions.request(agent_id), _api.agents.versions.parse)

    def list_files(
        self, agent_id: str, *, path: str | None = None, prefix: str | None = None, ref: str | None = None
    ) -> Any:
        """List or read the source files of an agent.

        Looks into the Git package of the agent, `agents/<slug>` in the repository of the organization. What comes back
        depends on the query: a listing, or the content of one file.

        Inputs, outputs and datasets are not kept there; see the artifacts and files of its runs.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            path: Path of one file to read. Left out, the answer is a listing. Where the path begins is not specified;
                within the package is likely.
            prefix: Start of the paths to list. How it goes together with `path` is not specified.
            ref: Git ref that is meant, such as a branch or a tag. Left out, it is `main`.

        Returns:
            Whatever the query asked for: a listing of files, or one file. The API does not specify the shape of either.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.list_files("receipt-sorter")
        """
        return self._transport.call(
            _api.agents.list_files.request(agent_id, path=path, prefix=prefix, ref=ref), _api.agents.list_files.parse
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
        """Write one source file of an agent, which the server refuses.

        Deprecated. Kept for older clients; the documented outcome is an error with status 409. Agents have their source
        in Git: push to the repository that `client.source.repository` names, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            content_base64: Content of the file in Base64.
            content: Content of the file as text.
            content_type: Content type of the file, such as `text/markdown`.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.
            path: Path of the file to write.
            prefix: Not specified; likely the folder that `path` begins in.
            ref: Git ref that is meant, such as a branch or a tag. Left out, it is `main`.

        Returns:
            Whatever the server sent; no success is documented.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 409, 429 or 500), or gave no proper answer in
                time. Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.put_file(
                "receipt-sorter",
                content="Sort receipts by trip.",
                content_type="text/markdown",
                path="instructions.md",
            )
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

    def upload_files(
        self,
        agent_id: str,
        *,
        files: Sequence[models.AgentFileEntry | Mapping[str, Any]] | None = None,
        body: models.UploadAgentFilesBody | Mapping[str, Any] | None = None,
    ) -> Any:
        """Write several source files of an agent, which the server refuses.

        Deprecated. Kept for older clients; the documented outcome is an error with status 409. Agents have their source
        in Git: push to the repository that `client.source.repository` names, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            files: The files to write.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            Whatever the server sent; no success is documented.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 409, 429 or 500), or gave no proper answer in
                time. Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the
                call may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.agents.upload_files(
                "receipt-sorter",
                files=[{"path": "instructions.md", "content": "Sort receipts by trip."}],
            )
        """
        return self._transport.call(
            _api.agents.upload_files.request(agent_id, files=files, body=body), _api.agents.upload_files.parse
        )


class AsyncAgents:
    """`client.agents` of the asynchronous client: Agents, their source files, released versions and email triggers."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self._email_triggers = AsyncAgentsEmailTriggers(transport)

    @property
    def email_triggers(self) -> AsyncAgentsEmailTriggers:
        """The addresses that start an agent by mail."""
        return self._email_triggers

    async def list(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> models.ListAgentsResponse:
        """List agents page by page.

        Lists the agents the API key can see, with their latest version and basic statistics.

        A page starts at `offset` and holds up to `limit` agents; `total` counts those on all pages together.

        Args:
            search: Keep agents that contain this text in one of their fields. Which fields, and whether case matters,
                is not specified.
            slug: Keep only the agent that has exactly this slug.
            limit: Largest number of agents on a page. Its default and its largest value are not specified; the `limit`
                of the answer tells what the server used.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.
            include_archived: Whether archived agents are listed as well. What the server does if it is left out is not
                specified.

        Returns:
            One page of agents.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.list(search="receipt")
        """
        return await self._transport.call(
            _api.agents.list.request(
                search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
            ),
            _api.agents.list.parse,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        slug: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        include_archived: bool | None = None,
    ) -> AsyncIterator[models.AgentSummary]:
        """List agents, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            search: Keep agents that contain this text in one of their fields. Which fields, and whether case matters,
                is not specified.
            slug: Keep only the agent that has exactly this slug.
            limit: Largest number of agents on a page. Its default and its largest value are not specified; the `limit`
                of the answer tells what the server used.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.
            include_archived: Whether archived agents are listed as well. What the server does if it is left out is not
                specified.

        Yields:
            AgentSummary: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            async for row in client.agents.iter(search="receipt"):
                print(row)
        """
        request = _api.agents.list.request(
            search=search, slug=slug, limit=limit, offset=offset, include_archived=include_archived
        )
        return runtime.iterate_async(self._transport, request, _api.agents.list.parse, _api.agents.list.PAGINATION)

    @overload
    async def create(
        self, *, name: str, slug: str, description: str | None = None, config: Mapping[str, Any] | None = None
    ) -> models.CreateAgentResponse: ...

    @overload
    async def create(self, *, body: models.CreateAgentBody | Mapping[str, Any]) -> models.CreateAgentResponse: ...

    async def create(
        self,
        *,
        name: str | Unset = UNSET,
        slug: str | Unset = UNSET,
        description: str | None = None,
        config: Mapping[str, Any] | None = None,
        body: models.CreateAgentBody | Mapping[str, Any] | None = None,
    ) -> models.CreateAgentResponse:
        """Create an agent.

        Registers a new agent and sets up its source package in the Git repository of the organization.

        `source_recovered` and `recovery_kind` in the answer tell whether source from before was used for it. How the
        server answers if the slug is already taken is not specified.

        Args:
            name: Name of the agent, for people. Needed unless `body` is given.
            slug: Short name of the agent, as part of the target of a run: `agents.<slug>`. It cannot be changed later.
                Needed unless `body` is given.
            description: What the agent is for.
            config: Settings of the agent; free-form, its keys are not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The new agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.create(
                name="Lab notes",
                slug="lab-notes",
                description="Turns lab notes into tables",
                config={"model": "large"},
            )
        """
        return await self._transport.call(
            _api.agents.create.request(name=name, slug=slug, description=description, config=config, body=body),
            _api.agents.create.parse,
        )

    async def get(self, agent_id: str, *, include: str | Sequence[str] | None = None) -> models.GetAgentResponse:
        """Get one agent.

        Fetches an agent by its id or slug. The answer wraps it in `agent`.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            include: Further sections to put into the answer. `files` and `dataset` are examples; which others there
                are, and what they hold, is not specified. They are likely to be further properties of the agent, which
                are kept as they come.

        Returns:
            The agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.get("receipt-sorter", include=["files", "dataset"])
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
        """Change the name, description or configuration of an agent.

        Changes what is given and leaves the rest as it is. The slug cannot be changed, and a description can be
        replaced but not set to None.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            name: New name of the agent, for people.
            description: New description of the agent.
            config: New settings of the agent; free-form. Send them complete: whether the server keeps settings that are
                missing here is not specified.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The agent as it is now.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.update(
                "receipt-sorter",
                name="Lab notes v2",
                config={"maxTurns": 20},
            )
        """
        return await self._transport.call(
            _api.agents.update.request(agent_id, name=name, description=description, config=config, body=body),
            _api.agents.update.parse,
        )

    async def versions(self, agent_id: str) -> models.ListAgentVersionsResponse:
        """List the released versions of an agent.

        Lists every release of the agent, as tagged in Git, in one answer. `latest` marks the newest; the order of the
        list is not specified.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.

        Returns:
            All releases of the agent.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.versions("receipt-sorter")
        """
        return await self._transport.call(_api.agents.versions.request(agent_id), _api.agents.versions.parse)

    async def list_files(
        self, agent_id: str, *, path: str | None = None, prefix: str | None = None, ref: str | None = None
    ) -> Any:
        """List or read the source files of an agent.

        Looks into the Git package of the agent, `agents/<slug>` in the repository of the organization. What comes back
        depends on the query: a listing, or the content of one file.

        Inputs, outputs and datasets are not kept there; see the artifacts and files of its runs.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            path: Path of one file to read. Left out, the answer is a listing. Where the path begins is not specified;
                within the package is likely.
            prefix: Start of the paths to list. How it goes together with `path` is not specified.
            ref: Git ref that is meant, such as a branch or a tag. Left out, it is `main`.

        Returns:
            Whatever the query asked for: a listing of files, or one file. The API does not specify the shape of either.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.list_files("receipt-sorter")
        """
        return await self._transport.call(
            _api.agents.list_files.request(agent_id, path=path, prefix=prefix, ref=ref), _api.agents.list_files.parse
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
        """Write one source file of an agent, which the server refuses.

        Deprecated. Kept for older clients; the documented outcome is an error with status 409. Agents have their source
        in Git: push to the repository that `client.source.repository` names, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            content_base64: Content of the file in Base64.
            content: Content of the file as text.
            content_type: Content type of the file, such as `text/markdown`.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.
            path: Path of the file to write.
            prefix: Not specified; likely the folder that `path` begins in.
            ref: Git ref that is meant, such as a branch or a tag. Left out, it is `main`.

        Returns:
            Whatever the server sent; no success is documented.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 409, 429 or 500), or gave no proper answer in
                time. Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.put_file(
                "receipt-sorter",
                content="Sort receipts by trip.",
                content_type="text/markdown",
                path="instructions.md",
            )
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

    async def upload_files(
        self,
        agent_id: str,
        *,
        files: Sequence[models.AgentFileEntry | Mapping[str, Any]] | None = None,
        body: models.UploadAgentFilesBody | Mapping[str, Any] | None = None,
    ) -> Any:
        """Write several source files of an agent, which the server refuses.

        Deprecated. Kept for older clients; the documented outcome is an error with status 409. Agents have their source
        in Git: push to the repository that `client.source.repository` names, or edit the agent in the builder.

        Args:
            agent_id: Id or slug of the agent, such as `agt_3kd92` or `receipt-sorter`.
            files: The files to write.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            Whatever the server sent; no success is documented.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 409, 429 or 500), or gave no proper answer in
                time. Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the
                call may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.agents.upload_files(
                "receipt-sorter",
                files=[{"path": "instructions.md", "content": "Sort receipts by trip."}],
            )
        """
        return await self._transport.call(
            _api.agents.upload_files.request(agent_id, files=files, body=body), _api.agents.upload_files.parse
        )
