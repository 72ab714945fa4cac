"""The log of the page, as without other packages."""

from tests.docs.page_setup.observability import check

__all__ = ["check"]
