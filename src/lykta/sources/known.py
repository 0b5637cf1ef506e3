"""The layouts that are known, tried in this order; what fits none is a table with a mapping."""

from lykta.sources.british_police.streets import STREETS
from lykta.sources.layouts import Layout, table_of
from lykta.sources.police.hand_over import AGGREGATE, BY_SMALL_AREA
from lykta.sources.police.published_events import PUBLISHED_EVENTS
from lykta.sources.police.vulnerable_areas import LISTED_AREAS, VULNERABLE_AREAS
from lykta.sources.statistics_sweden.areas import MUNICIPALITIES, SMALL_AREA_KEY
from lykta.sources.template import TEMPLATE

EVENT_LAYOUTS = {
    layout.key: layout for layout in (PUBLISHED_EVENTS, BY_SMALL_AREA, AGGREGATE, STREETS, TEMPLATE)
}
AREA_LAYOUTS = {layout.key: layout for layout in (VULNERABLE_AREAS, SMALL_AREA_KEY, MUNICIPALITIES)}
LISTING_LAYOUTS = {LISTED_AREAS.key: LISTED_AREAS}


def layout_of(columns: tuple[str, ...], layouts: dict[str, Layout], noun: str) -> Layout:
    """Return the known layout that the columns fit, or that of any table."""
    return next((layout for layout in layouts.values() if layout.fits(columns)), table_of(noun))
