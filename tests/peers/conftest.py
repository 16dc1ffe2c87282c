"""The contract's assertions explain themselves as a test file's do."""

import pytest

pytest.register_assert_rewrite("tests.peers.contract")
