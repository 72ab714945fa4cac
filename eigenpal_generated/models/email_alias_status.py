# Generated from openapi/openapi.yaml by `make generate`; do not edit.
"""The type `EmailAliasStatus`."""

from __future__ import annotations

from typing import Literal, TypeAlias

EmailAliasStatus: TypeAlias = Literal["active", "disabled"]
"""Whether mail to an alias starts runs.

- `active`: it does.
- `disabled`: it does not; the alias is kept.
"""
