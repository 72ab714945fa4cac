"""Tests with other people's packages, which `make test-integrations` installs."""
