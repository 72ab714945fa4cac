# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `source`, sync and async."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import api as _api, models
from eigenpal_generated.runtime import AsyncTransport, Resource, Transport


class Source(Resource):
    """`client.source`.

    The organization's Git repository with the source of workflows and agents, their releases, and encrypted secrets.
    """

    _place = "client.source"
    _root = "Tree"

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def repository(self) -> models.SourceRepositoryResponse:
        """Get the Git repository of the organization.

        Returns the path and the remote URL of the repository that holds the source of workflows and agents.

        Returns:
            The repository.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.

        Examples:
            ```python
            client.source.repository()
            ```
        """
        return self._transport.call(_api.source.repository.request(), _api.source.repository.parse)

    def raw(self, path: str, *, ref: str | None = None) -> models.RawSourceResponse:
        """Read a file from the Git repository.

        Returns a file as text, for example for a preview, with its ref, path and content type.

        Args:
            path: Path of the file from the repository root, such as `workflows/extract-invoice/workflow.yaml`.
            ref: Git ref to read from, such as a branch or tag. Defaults to `main`.

        Returns:
            The file as text.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.source.raw("workflows/extract-invoice/workflow.yaml")
            ```
        """
        return self._transport.call(_api.source.raw.request(path, ref=ref), _api.source.raw.parse)

    def releases(self, package_path: str, *, version: str | None = None) -> models.SourceReleasesResponse:
        """List the releases of a source package.

        Returns all releases of a source package, as tagged in Git. With `version`, returns only that release.

        Iterating over the result yields its `releases`.

        Args:
            package_path: Path of the package from the repository root, such as `workflows/extract-invoice`.
            version: Only the release with exactly this version.

        Returns:
            The releases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.source.releases("workflows/extract-invoice")
            ```
        """
        return self._transport.call(
            _api.source.releases.request(package_path, version=version), _api.source.releases.parse
        )

    def lockfile(self, package_ref: str) -> models.SourceLockfileResponse:
        """Preview the lockfile of a source package.

        Resolves a package and its dependencies to Git commits and returns the lockfile that a run would use. Nothing is
        started or stored.

        Args:
            package_ref: Package to resolve, such as `workflows/extract-invoice`.

        Returns:
            The lockfile.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.source.lockfile("workflows/extract-invoice")
            ```
        """
        return self._transport.call(_api.source.lockfile.request(package_ref), _api.source.lockfile.parse)

    def encrypt_secrets(
        self,
        *,
        organization_id: str | None = None,
        source_path: str | None = None,
        secret_name: str | None = None,
        plaintext: str | None = None,
        secrets: Sequence[models.PlaintextSecretEntry | Mapping[str, Any]] | None = None,
        body: models.SourceSecretsEncryptBody | Mapping[str, Any] | None = None,
    ) -> models.SourceSecretsEncryptResponse:
        """Encrypt secrets for use in source files.

        Encrypts one secret, or several with `secrets`, so that you can keep them in Git. The decryption key belongs to
        the organization and never leaves the server.

        The response has `encrypted` for a single secret, and `secrets` for a batch.

        Args:
            organization_id: Id of the organization that owns the secrets.
            source_path: Path of the source file that will hold the single secret.
            secret_name: Name of the single secret.
            plaintext: The single secret as plain text.
            secrets: The plain-text secrets of a batch.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The encrypted secret or secrets.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.source.encrypt_secrets(
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                plaintext="tok-118",
            )
            ```
        """
        return self._transport.call(
            _api.source.encrypt_secrets.request(
                organization_id=organization_id,
                source_path=source_path,
                secret_name=secret_name,
                plaintext=plaintext,
                secrets=secrets,
                body=body,
            ),
            _api.source.encrypt_secrets.parse,
        )

    def decrypt_secrets(
        self,
        *,
        organization_id: str | None = None,
        execution_id: str | None = None,
        source_path: str | None = None,
        source_commit: str | None = None,
        secret_name: str | None = None,
        encrypted: models.EncryptedSecret | Mapping[str, Any] | None = None,
        secrets: Sequence[models.EncryptedSecretEntry | Mapping[str, Any]] | None = None,
        body: models.SourceSecretsDecryptBody | Mapping[str, Any] | None = None,
    ) -> models.SourceSecretsDecryptResponse:
        """Decrypt secrets from source files.

        Decrypts one secret, or several with `secrets`. A single secret requires `execution_id` and must be part of that
        run's lockfile. A batch can hold any secret of the organization, and is meant for local tools.

        The response has `plaintext` for a single secret, and `secrets` for a batch.

        Args:
            organization_id: Id of the organization that owns the secrets.
            execution_id: Id of the run that uses the secret. Required for a single secret, not for a batch.
            source_path: Path of the source file that holds the single secret.
            source_commit: Git commit of the source file.
            secret_name: Name of the single secret.
            encrypted: The single secret, encrypted.
            secrets: The encrypted secrets of a batch.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The decrypted secret or secrets.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            client.source.decrypt_secrets(
                execution_id="run_w01",
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                encrypted={
                    "algorithm": "aes-256-gcm",
                    "keyId": "key_02",
                    "nonce": "b64:Zm9vYmFyYmF6",
                    "ciphertext": "b64:9QkS1mXv",
                    "tag": "b64:pT7cWw",
                },
            )
            ```
        """
        return self._transport.call(
            _api.source.decrypt_secrets.request(
                organization_id=organization_id,
                execution_id=execution_id,
                source_path=source_path,
                source_commit=source_commit,
                secret_name=secret_name,
                encrypted=encrypted,
                secrets=secrets,
                body=body,
            ),
            _api.source.decrypt_secrets.parse,
        )


class AsyncSource(Resource):
    """`client.source` of the asynchronous client.

    The organization's Git repository with the source of workflows and agents, their releases, and encrypted secrets.
    """

    _place = "client.source"
    _root = "AsyncTree"

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def repository(self) -> models.SourceRepositoryResponse:
        """Get the Git repository of the organization.

        Returns the path and the remote URL of the repository that holds the source of workflows and agents.

        Returns:
            The repository.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.

        Examples:
            ```python
            await client.source.repository()
            ```
        """
        return await self._transport.call(_api.source.repository.request(), _api.source.repository.parse)

    async def raw(self, path: str, *, ref: str | None = None) -> models.RawSourceResponse:
        """Read a file from the Git repository.

        Returns a file as text, for example for a preview, with its ref, path and content type.

        Args:
            path: Path of the file from the repository root, such as `workflows/extract-invoice/workflow.yaml`.
            ref: Git ref to read from, such as a branch or tag. Defaults to `main`.

        Returns:
            The file as text.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.source.raw("workflows/extract-invoice/workflow.yaml")
            ```
        """
        return await self._transport.call(_api.source.raw.request(path, ref=ref), _api.source.raw.parse)

    async def releases(self, package_path: str, *, version: str | None = None) -> models.SourceReleasesResponse:
        """List the releases of a source package.

        Returns all releases of a source package, as tagged in Git. With `version`, returns only that release.

        Iterating over the result yields its `releases`.

        Args:
            package_path: Path of the package from the repository root, such as `workflows/extract-invoice`.
            version: Only the release with exactly this version.

        Returns:
            The releases.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.source.releases("workflows/extract-invoice")
            ```
        """
        return await self._transport.call(
            _api.source.releases.request(package_path, version=version), _api.source.releases.parse
        )

    async def lockfile(self, package_ref: str) -> models.SourceLockfileResponse:
        """Preview the lockfile of a source package.

        Resolves a package and its dependencies to Git commits and returns the lockfile that a run would use. Nothing is
        started or stored.

        Args:
            package_ref: Package to resolve, such as `workflows/extract-invoice`.

        Returns:
            The lockfile.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.source.lockfile("workflows/extract-invoice")
            ```
        """
        return await self._transport.call(_api.source.lockfile.request(package_ref), _api.source.lockfile.parse)

    async def encrypt_secrets(
        self,
        *,
        organization_id: str | None = None,
        source_path: str | None = None,
        secret_name: str | None = None,
        plaintext: str | None = None,
        secrets: Sequence[models.PlaintextSecretEntry | Mapping[str, Any]] | None = None,
        body: models.SourceSecretsEncryptBody | Mapping[str, Any] | None = None,
    ) -> models.SourceSecretsEncryptResponse:
        """Encrypt secrets for use in source files.

        Encrypts one secret, or several with `secrets`, so that you can keep them in Git. The decryption key belongs to
        the organization and never leaves the server.

        The response has `encrypted` for a single secret, and `secrets` for a batch.

        Args:
            organization_id: Id of the organization that owns the secrets.
            source_path: Path of the source file that will hold the single secret.
            secret_name: Name of the single secret.
            plaintext: The single secret as plain text.
            secrets: The plain-text secrets of a batch.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The encrypted secret or secrets.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.source.encrypt_secrets(
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                plaintext="tok-118",
            )
            ```
        """
        return await self._transport.call(
            _api.source.encrypt_secrets.request(
                organization_id=organization_id,
                source_path=source_path,
                secret_name=secret_name,
                plaintext=plaintext,
                secrets=secrets,
                body=body,
            ),
            _api.source.encrypt_secrets.parse,
        )

    async def decrypt_secrets(
        self,
        *,
        organization_id: str | None = None,
        execution_id: str | None = None,
        source_path: str | None = None,
        source_commit: str | None = None,
        secret_name: str | None = None,
        encrypted: models.EncryptedSecret | Mapping[str, Any] | None = None,
        secrets: Sequence[models.EncryptedSecretEntry | Mapping[str, Any]] | None = None,
        body: models.SourceSecretsDecryptBody | Mapping[str, Any] | None = None,
    ) -> models.SourceSecretsDecryptResponse:
        """Decrypt secrets from source files.

        Decrypts one secret, or several with `secrets`. A single secret requires `execution_id` and must be part of that
        run's lockfile. A batch can hold any secret of the organization, and is meant for local tools.

        The response has `plaintext` for a single secret, and `secrets` for a batch.

        Args:
            organization_id: Id of the organization that owns the secrets.
            execution_id: Id of the run that uses the secret. Required for a single secret, not for a batch.
            source_path: Path of the source file that holds the single secret.
            source_commit: Git commit of the source file.
            secret_name: Name of the single secret.
            encrypted: The single secret, encrypted.
            secrets: The encrypted secrets of a batch.
            body: The whole request body, as a model or a mapping with the API's property names, instead of single
                properties.

        Returns:
            The decrypted secret or secrets.

        Raises:
            EigenpalError: The API returned an error (400, 401, 403, 404, 429 or 500), or the request failed or timed
                out. Most causes have a subclass, such as `EigenpalNotFoundError` for 404. If `outcome_unknown` is set,
                the server may have processed the request; it was not retried.
            TypeError: An argument is missing or has the wrong type; no request was sent.
            ValueError: An argument is invalid; no request was sent.

        Examples:
            ```python
            await client.source.decrypt_secrets(
                execution_id="run_w01",
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                encrypted={
                    "algorithm": "aes-256-gcm",
                    "keyId": "key_02",
                    "nonce": "b64:Zm9vYmFyYmF6",
                    "ciphertext": "b64:9QkS1mXv",
                    "tag": "b64:pT7cWw",
                },
            )
            ```
        """
        return await self._transport.call(
            _api.source.decrypt_secrets.request(
                organization_id=organization_id,
                execution_id=execution_id,
                source_path=source_path,
                source_commit=source_commit,
                secret_name=secret_name,
                encrypted=encrypted,
                secrets=secrets,
                body=body,
            ),
            _api.source.decrypt_secrets.parse,
        )
