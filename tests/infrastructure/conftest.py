"""The made-up municipality, whose events are asked for by many."""

from tests.domain.events.conftest import report, town  # noqa: F401 - fixtures
from tests.domain.places.conftest import places, read_in, write  # noqa: F401 - fixtures
