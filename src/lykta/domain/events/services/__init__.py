"""Writing events and reports: what the doors may call."""

from lykta.domain.events.rules import When
from lykta.domain.events.services.closing import close, into_picture, tell
from lykta.domain.events.services.categories import CATEGORIES, load_categories
from lykta.domain.events.services.editing import (
    add_category,
    ask,
    change_category,
    stop_asking,
)
from lykta.domain.events.services.importing import EVENTS
from lykta.domain.events.services.notices import DECIDED_KIND, WAITING_KIND
from lykta.domain.events.services.past import Past, record_past
from lykta.domain.events.services.placing import place_again, place_later
from lykta.domain.events.services.reporting import (
    Told,
    Where,
    report,
    report_openly,
    say_nothing_to_report,
)
from lykta.domain.events.services.retained import REPORTS
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.triage import (
    PARTNERS_SOURCE,
    REPORTS_KEY,
    RESIDENTS_SOURCE,
    accept,
    erase,
    erase_own,
    reject,
)

__all__ = [
    "CATEGORIES",
    "DECIDED_KIND",
    "EVENTS",
    "PARTNERS_SOURCE",
    "REPORTS",
    "REPORTS_KEY",
    "RESIDENTS_SOURCE",
    "WAITING_KIND",
    "Past",
    "Told",
    "When",
    "Where",
    "accept",
    "add_category",
    "ask",
    "change_category",
    "check_words",
    "close",
    "erase",
    "erase_own",
    "into_picture",
    "load_categories",
    "place_again",
    "place_later",
    "record_past",
    "reject",
    "report",
    "report_openly",
    "say_nothing_to_report",
    "stop_asking",
    "tell",
]
