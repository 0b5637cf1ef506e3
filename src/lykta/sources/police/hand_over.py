"""Files that the police hand over to a municipality: counts, never persons."""

from lykta.sources.layouts import Layout

_NOTES = (
    "Anmälda brott är inte samma sak som brott: mörkertalet varierar mellan brottstyper, "
    "och en del anmälningar visar sig inte vara brott.",
)

BY_SMALL_AREA = Layout(
    key="police-small-area",
    source="Polisen",
    noun="anmälda brott",
    headers=frozenset({"id", "brottskod", "brottsdatum", "deso-område", "antal"}),
    fields={
        "id": "Id",
        "time": "Brottsdatum",
        "area": "DeSO-område",
        "category": "Brottskod",
        "count": "Antal",
        "municipality": "Kommun",
    },
    notes=(*_NOTES, "Platsen är bara känd på DeSO-område när."),
)

AGGREGATE = Layout(
    key="police-aggregate",
    source="Polisen",
    noun="anmälda brott",
    headers=frozenset({"period", "area_label", "crime_group", "count"}),
    fields={
        "time": "period",
        "area": "area_label",
        "category": "crime_group",
        "count": "count",
    },
    notes=(*_NOTES, "Platsen är bara känd på område när."),
)
