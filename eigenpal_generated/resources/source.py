# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The operations under `source`, for both clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eigenpal_generated import api as _api, models
from eigenpal_generated.runtime import AsyncTransport, Transport


class Source:
    """`client.source`.

    The Git repository that holds the source of workflows and agents, and the secrets kept in it.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def repository(self) -> models.SourceRepositoryResponse:
        """Get the Git repository of the organization.

        Fetches where the source of the workflows and agents is kept, to clone it and push to it with Git.

        Returns:
            The repository.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.

        Example::

            client.source.repository()
        """
        return self._transport.call(_api.source.repository.request(), _api.source.repository.parse)

    def raw(self, path: str, *, ref: str | None = None) -> models.RawSourceResponse:
        """Read one file of the Git repository.

        Reads a file as text, for a preview. The answer holds the text and what it was read from, not the bytes of the
        file.

        Args:
            path: Path of the file from the root of the repository, such as `workflows/extract-invoice/workflow.yaml`.
            ref: Git ref to read from, such as a branch or a tag. Left out, it is `main`.

        Returns:
            The file as text.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.source.raw("workflows/extract-invoice/workflow.yaml")
        """
        return self._transport.call(_api.source.raw.request(path, ref=ref), _api.source.raw.parse)

    def releases(self, package_path: str, *, version: str | None = None) -> models.SourceReleasesResponse:
        """List the releases of a source package.

        Lists the releases of one package, as tagged in Git, in one answer. With `version`, only that one. The order is
        not specified.

        Args:
            package_path: Path of the package from the root of the repository, such as `workflows/extract-invoice`.
            version: List only the release with exactly this version.

        Returns:
            The releases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.source.releases("workflows/extract-invoice")
        """
        return self._transport.call(
            _api.source.releases.request(package_path, version=version), _api.source.releases.parse
        )

    def lockfile(self, package_ref: str) -> models.SourceLockfileResponse:
        """Preview the lockfile of a source package.

        Resolves a package and everything it depends on to commits, and returns the lockfile a run would get. Nothing is
        started or stored.

        Args:
            package_ref: Package to resolve, such as `workflows/extract-invoice`. How to name a version in it is not
                specified.

        Returns:
            The lockfile.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.source.lockfile("workflows/extract-invoice")
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

        Encrypts one secret, or with `secrets` any number, so that they can be kept in Git. The key for decryption
        belongs to the organization and never leaves the server.

        The answer has `encrypted` for a single secret, `secrets` for a batch.

        Args:
            organization_id: Id of the organization the secrets belong to. What the server does if it is left out is not
                specified; that of the API key is likely.
            source_path: Path of the source file that will hold the single secret.
            secret_name: Name of the single secret.
            plaintext: The single secret in the clear.
            secrets: The secrets of a batch.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The encrypted secret or secrets.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            client.source.encrypt_secrets(
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                plaintext="tok-118",
            )
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

        Decrypts one secret, or with `secrets` any number. A single secret needs `execution_id`, and must be part of the
        sources that run was locked to. A batch may name any secret of the organization; it is meant for local tools.

        The answer has `plaintext` for a single secret, `secrets` for a batch.

        Args:
            organization_id: Id of the organization the secrets belong to. What the server does if it is left out is not
                specified; that of the API key is likely.
            execution_id: Id of the run on whose behalf a single secret is decrypted. Needed for a single secret, not
                for a batch.
            source_path: Path of the source file that holds the single secret.
            source_commit: Git commit of that source file. What the server takes if it is left out is not specified.
            secret_name: Name of the single secret.
            encrypted: The single secret, encrypted.
            secrets: The secrets of a batch.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The secret or secrets in the clear.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

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


class AsyncSource:
    """`client.source` of the asynchronous client.

    The Git repository that holds the source of workflows and agents, and the secrets kept in it.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def repository(self) -> models.SourceRepositoryResponse:
        """Get the Git repository of the organization.

        Fetches where the source of the workflows and agents is kept, to clone it and push to it with Git.

        Returns:
            The repository.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.

        Example::

            await client.source.repository()
        """
        return await self._transport.call(_api.source.repository.request(), _api.source.repository.parse)

    async def raw(self, path: str, *, ref: str | None = None) -> models.RawSourceResponse:
        """Read one file of the Git repository.

        Reads a file as text, for a preview. The answer holds the text and what it was read from, not the bytes of the
        file.

        Args:
            path: Path of the file from the root of the repository, such as `workflows/extract-invoice/workflow.yaml`.
            ref: Git ref to read from, such as a branch or a tag. Left out, it is `main`.

        Returns:
            The file as text.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.source.raw("workflows/extract-invoice/workflow.yaml")
        """
        return await self._transport.call(_api.source.raw.request(path, ref=ref), _api.source.raw.parse)

    async def releases(self, package_path: str, *, version: str | None = None) -> models.SourceReleasesResponse:
        """List the releases of a source package.

        Lists the releases of one package, as tagged in Git, in one answer. With `version`, only that one. The order is
        not specified.

        Args:
            package_path: Path of the package from the root of the repository, such as `workflows/extract-invoice`.
            version: List only the release with exactly this version.

        Returns:
            The releases.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.source.releases("workflows/extract-invoice")
        """
        return await self._transport.call(
            _api.source.releases.request(package_path, version=version), _api.source.releases.parse
        )

    async def lockfile(self, package_ref: str) -> models.SourceLockfileResponse:
        """Preview the lockfile of a source package.

        Resolves a package and everything it depends on to commits, and returns the lockfile a run would get. Nothing is
        started or stored.

        Args:
            package_ref: Package to resolve, such as `workflows/extract-invoice`. How to name a version in it is not
                specified.

        Returns:
            The lockfile.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.source.lockfile("workflows/extract-invoice")
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

        Encrypts one secret, or with `secrets` any number, so that they can be kept in Git. The key for decryption
        belongs to the organization and never leaves the server.

        The answer has `encrypted` for a single secret, `secrets` for a batch.

        Args:
            organization_id: Id of the organization the secrets belong to. What the server does if it is left out is not
                specified; that of the API key is likely.
            source_path: Path of the source file that will hold the single secret.
            secret_name: Name of the single secret.
            plaintext: The single secret in the clear.
            secrets: The secrets of a batch.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The encrypted secret or secrets.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

            await client.source.encrypt_secrets(
                source_path="workflows/extract-invoice/secrets.yaml",
                secret_name="ERP_TOKEN",
                plaintext="tok-118",
            )
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

        Decrypts one secret, or with `secrets` any number. A single secret needs `execution_id`, and must be part of the
        sources that run was locked to. A batch may name any secret of the organization; it is meant for local tools.

        The answer has `plaintext` for a single secret, `secrets` for a batch.

        Args:
            organization_id: Id of the organization the secrets belong to. What the server does if it is left out is not
                specified; that of the API key is likely.
            execution_id: Id of the run on whose behalf a single secret is decrypted. Needed for a single secret, not
                for a batch.
            source_path: Path of the source file that holds the single secret.
            source_commit: Git commit of that source file. What the server takes if it is left out is not specified.
            secret_name: Name of the single secret.
            encrypted: The single secret, encrypted.
            secrets: The secrets of a batch.
            body: The whole body, as a model or a mapping by wire name, in place of its properties.

        Returns:
            The secret or secrets in the clear.

        Raises:
            EigenpalError: The API refused the call (400, 401, 403, 404, 429 or 500), or gave no proper answer in time.
                Its subclass tells which, such as `EigenpalNotFoundError` for 404. With `outcome_unknown` set, the call
                may have been carried out; it was not sent again.
            TypeError: An argument is missing or of the wrong type; nothing was sent.
            ValueError: An argument has a value that cannot be sent; nothing was sent.

        Example::

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
