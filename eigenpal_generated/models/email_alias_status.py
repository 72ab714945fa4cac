# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `EmailAliasStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

EmailAliasStatus: TypeAlias = Literal["active", "disabled"]
"""Status of an email alias.

- `active`: email to the alias starts runs.
- `disabled`: email to the alias starts no runs.
"""
