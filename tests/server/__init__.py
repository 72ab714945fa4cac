import pytest

# Before they are imported, so that a failed assertion in a scenario shows its values.
pytest.register_assert_rewrite("tests.server.scenarios")
