# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `workflows`, sync and async."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.runtime import AsyncTransport, Resource, Transport


class Workflows(Resource):
    """`client.workflows`: Workflows and their releases."""

    _place = "client.workflows"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> models.ListWorkflowsResponse:
        """List workflows.

        Returns one page of the workflows the API key can access. Use `name` to look up a workflow by its exact name, or
        `search` to match part of a name.

        Pagination uses `offset` and `limit`. `total` is the number of workflows on all pages.

        Iterating over the result yields the items of this page; `client.workflows.iter` goes over all pages.

        Args:
            search: Only workflows with this text in their name (substring match).
            name: Only the workflow with exactly this name, which is its slug.
            kind: Only workflows of this kind. One of `workflow`, `block`. Defaults to workflows and blocks.
            folder_id: Only workflows in the folder with this id. Pass the string `"null"` for workflows in no folder.
                Defaults to all workflows.
            limit: Maximum number of items per page, at most 100. Defaults to 50.
            offset: Number of items to skip. Defaults to 0.

        Returns:
            One page of workflows.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.workflows.list(search="invoice")
            ```
        """
        return self._transport.call(
            _api.workflows.list.request(
                search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
            ),
            _api.workflows.list.parse,
        )

    @runtime.takes_page_size("limit")
    def iter(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
    ) -> Iterator[models.WorkflowSummary]:
        """List workflows, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            search: Only workflows with this text in their name (substring match).
            name: Only the workflow with exactly this name, which is its slug.
            kind: Only workflows of this kind. One of `workflow`, `block`. Defaults to workflows and blocks.
            folder_id: Only workflows in the folder with this id. Pass the string `"null"` for workflows in no folder.
                Defaults to all workflows.
            page_size: Maximum number of items per page, at most 100. Defaults to 50. The total is not limited.
            offset: Number of items to skip. Defaults to 0.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            for item in client.workflows.iter(search="invoice"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size, 100)
        _request = _api.workflows.list.request(
            search=search, name=name, kind=kind, folder_id=folder_id, limit=page_size, offset=offset
        )
        return runtime.iterate(self._transport, _request, _api.workflows.list.parse, _api.workflows.list.PAGINATION)

    def get(self, id: str) -> models.WorkflowDetail:
        """Get a workflow.

        Returns a workflow with the YAML of its current version. For the YAML of other versions, use
        `client.workflows.versions`.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.

        Returns:
            The workflow.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.workflows.get("wf_h20x8")
            ```
        """
        return self._transport.call(_api.workflows.get.request(id), _api.workflows.get.parse)

    def versions(self, id: str, *, limit: int | None = None, offset: int | None = None) -> models.ListVersionsResponse:
        """List the released versions of a workflow.

        Returns one page of the workflow's releases, newest first.

        Pagination uses `offset` and `limit`. `total` is the number of versions on all pages.

        Iterating over the result yields the items of this page; `client.workflows.iter_versions` goes over all pages.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.
            limit: Maximum number of items per page, at most 100. Defaults to 50.
            offset: Number of items to skip. Defaults to 0.

        Returns:
            One page of versions.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.workflows.versions("wf_h20x8")
            ```
        """
        return self._transport.call(
            _api.workflows.versions.request(id, limit=limit, offset=offset), _api.workflows.versions.parse
        )

    @runtime.takes_page_size("limit")
    def iter_versions(
        self, id: str, *, page_size: int | None = None, offset: int | None = None
    ) -> Iterator[models.WorkflowVersion]:
        """List the released versions of a workflow, with automatic pagination.

        Takes the same filters as `versions`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.
            page_size: Maximum number of items per page, at most 100. Defaults to 50. The total is not limited.
            offset: Number of items to skip. Defaults to 0.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `versions`. Raised while you iterate, after the rows of the
                pages before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            for item in client.workflows.iter_versions("wf_h20x8"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size, 100)
        _request = _api.workflows.versions.request(id, limit=page_size, offset=offset)
        return runtime.iterate(
            self._transport, _request, _api.workflows.versions.parse, _api.workflows.versions.PAGINATION
        )


class AsyncWorkflows(Resource):
    """`client.workflows` of the asynchronous client: Workflows and their releases."""

    _place = "client.workflows"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> models.ListWorkflowsResponse:
        """List workflows.

        Returns one page of the workflows the API key can access. Use `name` to look up a workflow by its exact name, or
        `search` to match part of a name.

        Pagination uses `offset` and `limit`. `total` is the number of workflows on all pages.

        Iterating over the result yields the items of this page; `client.workflows.iter` goes over all pages.

        Args:
            search: Only workflows with this text in their name (substring match).
            name: Only the workflow with exactly this name, which is its slug.
            kind: Only workflows of this kind. One of `workflow`, `block`. Defaults to workflows and blocks.
            folder_id: Only workflows in the folder with this id. Pass the string `"null"` for workflows in no folder.
                Defaults to all workflows.
            limit: Maximum number of items per page, at most 100. Defaults to 50.
            offset: Number of items to skip. Defaults to 0.

        Returns:
            One page of workflows.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.workflows.list(search="invoice")
            ```
        """
        return await self._transport.call(
            _api.workflows.list.request(
                search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
            ),
            _api.workflows.list.parse,
        )

    @runtime.takes_page_size("limit")
    def iter(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
    ) -> AsyncIterator[models.WorkflowSummary]:
        """List workflows, with automatic pagination.

        Takes the same filters as `list`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            search: Only workflows with this text in their name (substring match).
            name: Only the workflow with exactly this name, which is its slug.
            kind: Only workflows of this kind. One of `workflow`, `block`. Defaults to workflows and blocks.
            folder_id: Only workflows in the folder with this id. Pass the string `"null"` for workflows in no folder.
                Defaults to all workflows.
            page_size: Maximum number of items per page, at most 100. Defaults to 50. The total is not limited.
            offset: Number of items to skip. Defaults to 0.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `list`. Raised while you iterate, after the rows of the pages
                before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async for item in client.workflows.iter(search="invoice"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size, 100)
        _request = _api.workflows.list.request(
            search=search, name=name, kind=kind, folder_id=folder_id, limit=page_size, offset=offset
        )
        return runtime.iterate_async(
            self._transport, _request, _api.workflows.list.parse, _api.workflows.list.PAGINATION
        )

    async def get(self, id: str) -> models.WorkflowDetail:
        """Get a workflow.

        Returns a workflow with the YAML of its current version. For the YAML of other versions, use
        `client.workflows.versions`.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.

        Returns:
            The workflow.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.workflows.get("wf_h20x8")
            ```
        """
        return await self._transport.call(_api.workflows.get.request(id), _api.workflows.get.parse)

    async def versions(
        self, id: str, *, limit: int | None = None, offset: int | None = None
    ) -> models.ListVersionsResponse:
        """List the released versions of a workflow.

        Returns one page of the workflow's releases, newest first.

        Pagination uses `offset` and `limit`. `total` is the number of versions on all pages.

        Iterating over the result yields the items of this page; `client.workflows.iter_versions` goes over all pages.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.
            limit: Maximum number of items per page, at most 100. Defaults to 50.
            offset: Number of items to skip. Defaults to 0.

        Returns:
            One page of versions.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.workflows.versions("wf_h20x8")
            ```
        """
        return await self._transport.call(
            _api.workflows.versions.request(id, limit=limit, offset=offset), _api.workflows.versions.parse
        )

    @runtime.takes_page_size("limit")
    def iter_versions(
        self, id: str, *, page_size: int | None = None, offset: int | None = None
    ) -> AsyncIterator[models.WorkflowVersion]:
        """List the released versions of a workflow, with automatic pagination.

        Takes the same filters as `versions`. Pages are fetched while you iterate; every call begins at the first one.

        Args:
            id: Id of the workflow, such as `wf_h20x8`.
            page_size: Maximum number of items per page, at most 100. Defaults to 50. The total is not limited.
            offset: Number of items to skip. Defaults to 0.

        Yields:
            One item at a time, from all pages.

        Raises:
            EigenpalError: Fetching a page failed, as for `versions`. Raised while you iterate, after the rows of the
                pages before.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            async for item in client.workflows.iter_versions("wf_h20x8"):
                print(item)
            ```
        """
        runtime.check_page_size(page_size, 100)
        _request = _api.workflows.versions.request(id, limit=page_size, offset=offset)
        return runtime.iterate_async(
            self._transport, _request, _api.workflows.versions.parse, _api.workflows.versions.PAGINATION
        )
