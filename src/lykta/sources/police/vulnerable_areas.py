"""Utsatta områden: the list of the police, as polygons, and as a list."""

from dataclasses import replace

from lykta.sources.layouts import Layout

_EDITIONS = "Listan ändras mellan utgåvorna; jämför bara år med samma utgåva."
VULNERABLE_AREAS = Layout(
    key="police-vulnerable-areas",
    source="Polisen",
    noun="utsatta områden",
    headers=frozenset({"namn", "kategori", "ort", "specialomr", "aktualitet"}),
    fields={"code": "SPECIALOMR", "name": "NAMN"},
    notes=(
        "Gränserna är ritade för hand av Polisen och följer ingen statistisk indelning.",
        _EDITIONS,
    ),
)
# The file holds only what stands on the list, and does not say of which year the list is.
LISTED_AREAS = replace(
    VULNERABLE_AREAS,
    fields={"label": "NAMN", "area_code": "SPECIALOMR", "level": "KATEGORI"},
    derived={"listed": "'ja'"},
    notes=(_EDITIONS,),
)
