"""Writing events and reports: what the doors may call."""

from lykta.domain.events.rules import When
from lykta.domain.events.services.answering import remove_template, save_template
from lykta.domain.events.services.categories import CATEGORIES, load_categories
from lykta.domain.events.services.closing import close, into_picture, tell
from lykta.domain.events.services.editing import (
    add_category,
    ask,
    change_category,
    stop_asking,
)
from lykta.domain.events.services.handing import hand_off, reply, withdraw
from lykta.domain.events.services.importing import EVENTS
from lykta.domain.events.services.merging import merge, unmerge
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
from lykta.domain.events.services.routing import (
    add_rule,
    add_stand_in,
    assign,
    change_rule,
    move_rule,
    remove_rule,
    remove_stand_in,
    route_again,
)
from lykta.domain.events.services.screening import check_words
from lykta.domain.events.services.splitting import Part, split
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
    "Part",
    "Past",
    "Told",
    "When",
    "Where",
    "accept",
    "add_category",
    "add_rule",
    "add_stand_in",
    "ask",
    "assign",
    "change_category",
    "change_rule",
    "check_words",
    "close",
    "erase",
    "erase_own",
    "hand_off",
    "into_picture",
    "load_categories",
    "merge",
    "move_rule",
    "place_again",
    "place_later",
    "record_past",
    "reject",
    "remove_rule",
    "remove_stand_in",
    "remove_template",
    "reply",
    "report",
    "report_openly",
    "route_again",
    "save_template",
    "say_nothing_to_report",
    "split",
    "stop_asking",
    "tell",
    "unmerge",
    "withdraw",
]
