"""Crimes by street: the monthly files of data.police.uk."""

from lykta.sources.layouts import Layout

STREETS = Layout(
    key="data-police-uk",
    source="data.police.uk",
    noun="registrerade brott",
    headers=frozenset({"crime id", "month", "longitude", "latitude", "lsoa code", "crime type"}),
    # Crime ID is empty for disorder and is no key for all rows, so it is not read as one.
    fields={
        "time": "Month",
        "lon": "Longitude",
        "lat": "Latitude",
        "area": "LSOA code",
        "category": "Crime type",
    },
    notes=(
        "Tiden är bara känd på månad när.",
        "Punkterna är flyttade till närmaste av ett antal fasta punkter på gatan; "
        "många brott delar punkt utan att ha skett på samma plats.",
    ),
)
