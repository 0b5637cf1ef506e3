"""Lists of areas from SCB: municipalities, and the key from DeSO to RegSO."""

from lykta.sources.layouts import Layout

MUNICIPALITIES = Layout(
    key="municipalities",
    source="SCB",
    noun="kommuner",
    headers=frozenset({"kommun_kod", "kommun"}),
    fields={"code": "kommun_kod", "name": "kommun"},
)

SMALL_AREA_KEY = Layout(
    key="small-areas",
    source="SCB",
    noun="DeSO-områden",
    headers=frozenset({"deso", "regso"}),
    fields={"code": "deso", "name": "regso"},
    notes=("DeSO-områden har inga egna namn; här visas namnet på deras RegSO.",),
)
