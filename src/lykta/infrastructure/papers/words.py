"""The few words that the forms of a paper add themselves, by language."""

WORDS = {
    "sv": {
        "missing": "uppgift saknas",
        "skip": "Hoppa till innehållet",
        "contents": "Innehåll",
        "other_forms": "Hämta som",
        "registry_number": "Diarienummer",
        "scroll_table": "Tabell, kan rullas i sidled: ",
        "scroll_figure": "Figur, kan rullas i sidled: ",
        "page": "Sida",
        "of": "av",
    },
    "en": {
        "missing": "no data",
        "skip": "Skip to the content",
        "contents": "Contents",
        "other_forms": "Get it as",
        "registry_number": "Registry number",
        "scroll_table": "Table, scrolls sideways: ",
        "scroll_figure": "Figure, scrolls sideways: ",
        "page": "Page",
        "of": "of",
    },
}
