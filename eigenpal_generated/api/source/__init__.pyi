# Generated from openapi/openapi.yaml by `make generate`; do not edit.
from eigenpal_generated.api.source import (
    decrypt_secrets as decrypt_secrets,
    encrypt_secrets as encrypt_secrets,
    lockfile as lockfile,
    raw as raw,
    releases as releases,
    repository as repository,
)
