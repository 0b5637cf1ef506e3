"""The words of a picture: what it is of, from which files, and what came of them."""

from pathlib import Path
from typing import Any

from lykta import __version__
from lykta.analysis.spans import Question
from lykta.cli.asked import Asked
from lykta.cli.inputs import Read
from lykta.domain.events.papers import AREAS, NOUNS, Audience, SourceNote, Subject, words
from lykta.infrastructure.installation import MARKING
from lykta.infrastructure.papers.swedish import number
from lykta.sources.records import Passport

UNKNOWN = "okänd"
# Longer than this, a source is named by its file at the foot of a page and whole in its passport.
LONGEST_IN_A_LINE = 40
SWEDISH_METRES = "EPSG:3006"
TIME_LEVELS = {"minute": "minut", "day": "dag", "month": "månad", "year": "år"}


def subject(asked: Asked, read: Read) -> Subject:
    """Return what the picture is of, in words."""
    events = read.event_records
    metres = read.area_records.metric_crs or events.metric_crs
    return Subject(
        place=asked.place or asked.municipality or f"områdena i {asked.areas.name}",
        organisation=asked.organisation or "lykta",
        area_names=_area_names(asked, read),
        category_names=read.category_names,
        sources=_sources(read),
        made_at=asked.made_at,
        noun=NOUNS.get(events.passport.noun, NOUNS["händelser"]),
        area=AREAS[asked.area_noun],
        audience=Audience(asked.audience),
        is_under_the_act=metres == SWEDISH_METRES,
        registry_number=asked.registry_number,
        marking=MARKING if any(p.is_synthetic for p in read.passports) else "",
        metric_crs=metres,
        seed=asked.seed,
        version=__version__,
    )


def _area_names(asked: Asked, read: Read) -> tuple[str, ...]:
    """Return the areas' names; bare numbers with the word for what they number."""
    noun = asked.area_noun.capitalize()
    return tuple(f"{noun} {name}" if name.isdecimal() else name for name in read.area_records.names)


def summary(asked: Asked, read: Read, question: Question, rejected: Path | None) -> dict[str, Any]:
    """Return what was read and written; rejected : the file of rejected rows, if there are any."""
    return {
        "period": [str(words.as_date(d)) for d in (question.first_day, question.last_day)],
        "outputs": [str(path) for path in asked.outputs],
        "rejected_file": str(rejected) if rejected else None,
        "files": [_file(passport) for passport in read.passports],
        "version": __version__,
        "seed": asked.seed,
    }


def _sources(read: Read) -> tuple[SourceNote, ...]:
    """Return the passport of each file, as a table of facts and a list of limits."""
    titles = ("Händelser", "Områden", "Folkmängd")
    notes = []
    for title, passport in zip(titles, read.passports, strict=False):
        level = TIME_LEVELS.get(read.event_records.time_level) if title == "Händelser" else None
        pairs = [
            ("Källa", passport.source),
            ("Fil", _file_names(passport)),
            ("Rader", _rows(passport)),
            ("Tid", f"känd till {level}" if level else ""),
            ("Koordinater", passport.crs),
            ("Kolumner", ", ".join(f"{k}: {v}" for k, v in passport.mapping.items())),
            ("Läses inte", ", ".join(passport.refused_columns)),
            ("Kontrollsumma", f"{passport.sha256[:16]} (SHA-256, början)"),
        ]
        kept = tuple((term, text) for term, text in pairs if text)
        is_short = passport.source != UNKNOWN and len(passport.source) <= LONGEST_IN_A_LINE
        origin = passport.source if is_short else _file_names(passport)
        notes.append(SourceNote(title, origin, kept, passport.notes))
    return tuple(notes)


def _file_names(passport: Passport) -> str:
    return ", ".join(Path(path).name for path in passport.path.split("; "))


def _rows(passport: Passport) -> str:
    return (
        f"{number(passport.n_read)} lästa, {number(passport.n_accepted)} godtagna, "
        f"{number(passport.n_rejected)} avvisade"
    )


def _file(passport: Passport) -> dict[str, Any]:
    names = ("path", "sha256", "layout", "noun", "mapping", "n_read", "n_accepted", "n_rejected")
    return {name: getattr(passport, name) for name in names} | {
        "crs": passport.crs,
        "refused_columns": list(passport.refused_columns),
        "notes": list(passport.notes),
    }
