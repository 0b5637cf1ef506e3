"""The municipality's own file, in the template that lykta hands out."""

from lykta.sources.layouts import Layout

TEMPLATE = Layout(
    key="template",
    source="kommunen",
    noun="händelser",
    headers=frozenset({"id", "tidpunkt", "tidpunkt_till", "kategori", "x", "y", "område"}),
    fields={
        "id": "id",
        "from": "tidpunkt",
        "to": "tidpunkt_till",
        "category": "kategori",
        "count": "antal",
        "x": "x",
        "y": "y",
        "area": "område",
    },
    crs="EPSG:3006",  # the template asks for SWEREF 99 TM
)
