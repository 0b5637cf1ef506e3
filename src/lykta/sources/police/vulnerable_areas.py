"""Utsatta områden: the list of the police, as polygons."""

from lykta.sources.layouts import Layout

VULNERABLE_AREAS = Layout(
    key="police-vulnerable-areas",
    source="Polisen",
    noun="utsatta områden",
    headers=frozenset({"namn", "kategori", "ort", "specialomr", "aktualitet"}),
    fields={"code": "SPECIALOMR", "name": "NAMN"},
    notes=(
        "Gränserna är ritade för hand av Polisen och följer ingen statistisk indelning.",
        "Listan ändras mellan utgåvorna; jämför bara år med samma utgåva.",
    ),
)
