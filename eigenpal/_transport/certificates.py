"""The certificate authorities to trust: those of the environment, or those of certifi."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import httpx

from eigenpal.errors import EigenpalError

_KEY_LOG_VARIABLE = "SSLKEYLOGFILE"


class CertificateSource(NamedTuple):
    """A variable that names a file or a folder of certificates."""

    variable: str
    path: str
    may_be_file: bool = True
    may_be_folder: bool = True


def find_certificate_sources(environ: Mapping[str, str]) -> list[CertificateSource]:
    """Return the variables that say which authorities to trust; none for the default ones.

    All of them count, because different tools set them: conda that of OpenSSL, and many companies that of requests.
    """
    known = (
        CertificateSource("SSL_CERT_FILE", "", may_be_folder=False),
        CertificateSource("SSL_CERT_DIR", "", may_be_file=False),
        CertificateSource("REQUESTS_CA_BUNDLE", ""),
        CertificateSource("CURL_CA_BUNDLE", ""),
    )
    return [source._replace(path=path) for source in known if (path := environ.get(source.variable, ""))]


def make_ssl_context(verify: bool | ssl.SSLContext, environ: Mapping[str, str]) -> ssl.SSLContext:
    """Return the context for the connections of a client.

    Args:
        verify: The option ``verify_ssl``.
        environ: The environment variables.

    Raises:
        EigenpalError: A variable names certificates that cannot be read.
    """
    if isinstance(verify, ssl.SSLContext):
        return verify
    sources = find_certificate_sources(environ) if verify else []
    # Several variables often name the same file, and loading it takes time.
    by_path = {source.path: source for source in reversed(sources)}
    source: CertificateSource | None = None
    context: ssl.SSLContext | None = None
    try:
        for source in by_path.values():
            location = _find_location(source)
            if context is None:
                context = ssl.create_default_context(cafile=location.get("cafile"), capath=location.get("capath"))
            else:
                context.load_verify_locations(**location)
        return httpx.create_ssl_context(verify=verify) if context is None else context
    except ssl.SSLError:
        problem = "it has no certificates in PEM format"
    except OSError as error:
        problem = error.strerror or str(error)
        if error.filename is not None and error.filename == environ.get(_KEY_LOG_VARIABLE):
            source, problem = CertificateSource(_KEY_LOG_VARIABLE, error.filename), f"it cannot be written: {problem}"
    subject = "" if source is None else f"{source.variable} is {source.path!r}, but "
    raise EigenpalError(f"TLS cannot be set up: {subject}{problem}")


def _find_location(source: CertificateSource) -> dict[str, str]:
    path = source.path
    if source.may_be_folder and any(Path(part).is_dir() for part in path.split(os.pathsep)):
        return {"capath": path}
    if not source.may_be_file:
        # OpenSSL would only find no certificate in it.
        raise NotADirectoryError(0, "there is no such folder")
    return {"cafile": path}
