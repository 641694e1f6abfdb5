"""Fixtures that several test files share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.wordpress.process import WordPress, missing


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """The real WordPress functions; without them a test is skipped, under CI it fails."""
    if sentence := missing():
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with WordPress() as running:
        yield running
