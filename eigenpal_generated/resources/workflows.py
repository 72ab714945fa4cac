# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `workflows`, for both clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from eigenpal_generated import api as _api, models, runtime
from eigenpal_generated.runtime import AsyncTransport, Transport


class Workflows:
    """`client.workflows`: Workflows and their released versions."""

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
        """List workflows page by page.

        Lists the workflows the API key can see. Use `name` to find one by its exact name, `search` to find those that
        contain a text.

        A page starts at `offset` and holds up to `limit` workflows; `total` counts those on all pages together.

        Args:
            search: Keep workflows that contain this text in their name. Whether case matters is not specified.
            name: Keep only the workflow that has exactly this name, which is its slug.
            kind: Keep those of one kind. One of `workflow`, `block`. Left out, workflows and blocks are listed.
            folder_id: Keep the workflows of the folder with this id. The four letters `null` stand for those in no
                folder. Left out, workflows are listed wherever they are filed.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Returns:
            One page of workflows.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.workflows.list(search="invoice")
        """
        return self._transport.call(
            _api.workflows.list.request(
                search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
            ),
            _api.workflows.list.parse,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> Iterator[models.WorkflowSummary]:
        """List workflows, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            search: Keep workflows that contain this text in their name. Whether case matters is not specified.
            name: Keep only the workflow that has exactly this name, which is its slug.
            kind: Keep those of one kind. One of `workflow`, `block`. Left out, workflows and blocks are listed.
            folder_id: Keep the workflows of the folder with this id. The four letters `null` stand for those in no
                folder. Left out, workflows are listed wherever they are filed.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Yields:
            WorkflowSummary: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            for row in client.workflows.iter(search="invoice"):
                print(row)
        """
        request = _api.workflows.list.request(
            search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
        )
        return runtime.iterate(self._transport, request, _api.workflows.list.parse, _api.workflows.list.PAGINATION)

    def get(self, id: str) -> models.WorkflowDetail:
        """Get one workflow.

        Fetches a workflow together with the YAML of its current version. `client.workflows.versions` lists its
        releases, with theirs.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.

        Returns:
            The workflow.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.workflows.get("wf_h20x8")
        """
        return self._transport.call(_api.workflows.get.request(id), _api.workflows.get.parse)

    def versions(self, id: str, *, limit: int | None = None, offset: int | None = None) -> models.ListVersionsResponse:
        """List the released versions of a workflow page by page.

        Lists the releases of a workflow, newest first.

        A page starts at `offset` and holds up to `limit` versions; `total` counts those on all pages together.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Returns:
            One page of versions.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.workflows.versions("wf_h20x8")
        """
        return self._transport.call(
            _api.workflows.versions.request(id, limit=limit, offset=offset), _api.workflows.versions.parse
        )

    def iter_versions(
        self, id: str, *, limit: int | None = None, offset: int | None = None
    ) -> Iterator[models.WorkflowVersion]:
        """List the released versions of a workflow, all pages one after the other.

        Takes the filters of `versions`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Yields:
            WorkflowVersion: One row after the other.

        Raises:
            EigenpalError: As `versions`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            for row in client.workflows.iter_versions("wf_h20x8"):
                print(row)
        """
        request = _api.workflows.versions.request(id, limit=limit, offset=offset)
        return runtime.iterate(
            self._transport, request, _api.workflows.versions.parse, _api.workflows.versions.PAGINATION
        )


class AsyncWorkflows:
    """`client.workflows` of the asynchronous client: Workflows and their released versions."""

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
        """List workflows page by page.

        Lists the workflows the API key can see. Use `name` to find one by its exact name, `search` to find those that
        contain a text.

        A page starts at `offset` and holds up to `limit` workflows; `total` counts those on all pages together.

        Args:
            search: Keep workflows that contain this text in their name. Whether case matters is not specified.
            name: Keep only the workflow that has exactly this name, which is its slug.
            kind: Keep those of one kind. One of `workflow`, `block`. Left out, workflows and blocks are listed.
            folder_id: Keep the workflows of the folder with this id. The four letters `null` stand for those in no
                folder. Left out, workflows are listed wherever they are filed.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Returns:
            One page of workflows.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.workflows.list(search="invoice")
        """
        return await self._transport.call(
            _api.workflows.list.request(
                search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
            ),
            _api.workflows.list.parse,
        )

    def iter(
        self,
        *,
        search: str | None = None,
        name: str | None = None,
        kind: models.WorkflowKind | None = None,
        folder_id: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
    ) -> AsyncIterator[models.WorkflowSummary]:
        """List workflows, all pages one after the other.

        Takes the filters of `list`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            search: Keep workflows that contain this text in their name. Whether case matters is not specified.
            name: Keep only the workflow that has exactly this name, which is its slug.
            kind: Keep those of one kind. One of `workflow`, `block`. Left out, workflows and blocks are listed.
            folder_id: Keep the workflows of the folder with this id. The four letters `null` stand for those in no
                folder. Left out, workflows are listed wherever they are filed.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Yields:
            WorkflowSummary: One row after the other.

        Raises:
            EigenpalError: As `list`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            async for row in client.workflows.iter(search="invoice"):
                print(row)
        """
        request = _api.workflows.list.request(
            search=search, name=name, kind=kind, folder_id=folder_id, limit=limit, offset=offset
        )
        return runtime.iterate_async(
            self._transport, request, _api.workflows.list.parse, _api.workflows.list.PAGINATION
        )

    async def get(self, id: str) -> models.WorkflowDetail:
        """Get one workflow.

        Fetches a workflow together with the YAML of its current version. `client.workflows.versions` lists its
        releases, with theirs.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.

        Returns:
            The workflow.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.workflows.get("wf_h20x8")
        """
        return await self._transport.call(_api.workflows.get.request(id), _api.workflows.get.parse)

    async def versions(
        self, id: str, *, limit: int | None = None, offset: int | None = None
    ) -> models.ListVersionsResponse:
        """List the released versions of a workflow page by page.

        Lists the releases of a workflow, newest first.

        A page starts at `offset` and holds up to `limit` versions; `total` counts those on all pages together.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Returns:
            One page of versions.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.workflows.versions("wf_h20x8")
        """
        return await self._transport.call(
            _api.workflows.versions.request(id, limit=limit, offset=offset), _api.workflows.versions.parse
        )

    def iter_versions(
        self, id: str, *, limit: int | None = None, offset: int | None = None
    ) -> AsyncIterator[models.WorkflowVersion]:
        """List the released versions of a workflow, all pages one after the other.

        Takes the filters of `versions`; a page is fetched when its first row is asked for, and `limit` is the size of a
        page, not of the whole.

        Args:
            id: Id of the workflow, such as `wf_h20x8`. Whether a slug is taken as well is not specified.
            limit: Largest number of entries on a page, at most 100. Left out, it is 50.
            offset: Number of entries to skip, counted from the start of the list. Left out, none is skipped.

        Yields:
            WorkflowVersion: One row after the other.

        Raises:
            EigenpalError: As `versions`, for any of the pages, while they are iterated over.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            async for row in client.workflows.iter_versions("wf_h20x8"):
                print(row)
        """
        request = _api.workflows.versions.request(id, limit=limit, offset=offset)
        return runtime.iterate_async(
            self._transport, request, _api.workflows.versions.parse, _api.workflows.versions.PAGINATION
        )
