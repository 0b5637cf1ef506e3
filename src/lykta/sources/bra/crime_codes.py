"""Brottskoder: the list of crime codes, with those that have ended."""

from lykta.sources.layouts import Layout

CRIME_CODES = Layout(
    key="crime-codes",
    source="Brå",
    noun="brottskoder",
    headers=frozenset({"brottskod", "benamning", "upphord", "kodgrupp"}),
    fields={"code": "brottskod", "name": "benamning", "group": "kodgrupp"},
    notes=("Koderna ändras varje år; en serie kan brytas där en kod upphör.",),
)
