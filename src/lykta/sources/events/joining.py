"""Several files of events as one."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from lykta.infrastructure.errors import LyktaError
from lykta.sources.records import Codes, EventRecords, Passport

_LEVELS = ("minute", "day", "month", "year")


def joined(parts: Sequence[EventRecords]) -> EventRecords:
    """Return the events of all parts in order; the passport says that they are several."""
    if len(parts) == 1:
        return parts[0]
    _check_same_layout(parts)
    area_codes, area = _joined_words([(part.area_codes, part.area) for part in parts])
    categories, category = _joined_words([(part.categories, part.category) for part in parts])
    return EventRecords(
        starts_at=np.concatenate([part.starts_at for part in parts]),
        ends_at=np.concatenate([part.ends_at for part in parts]),
        time_level=max((part.time_level for part in parts), key=_LEVELS.index),
        x_m=np.concatenate([part.x_m for part in parts]),
        y_m=np.concatenate([part.y_m for part in parts]),
        metric_crs=next((part.metric_crs for part in parts if part.metric_crs), ""),
        area=area,
        area_codes=area_codes,
        category=category,
        categories=categories,
        count=np.concatenate([part.count for part in parts]),
        withheld=np.concatenate([part.withheld for part in parts]),
        passport=_joined_passport([part.passport for part in parts]),
        errors=tuple(
            replace(error, reason=f"{Path(part.passport.path).name}: {error.reason}")
            for part in parts
            for error in part.errors
        ),
    )


def _check_same_layout(parts: Sequence[EventRecords]) -> None:
    if len({part.passport.layout for part in parts}) > 1:
        names = ", ".join(
            f"{Path(part.passport.path).name} ({part.passport.layout})" for part in parts
        )
        raise LyktaError(
            f"Filerna har olika slags innehåll: {names}. Läs in dem var för sig.",
            code="mixed-layouts",
        )


def _joined_words(
    parts: Sequence[tuple[tuple[str, ...], Codes]],
) -> tuple[tuple[str, ...], Codes]:
    """Return all words in order, and the codes of all parts into them."""
    words = tuple(sorted({word for own, _ in parts for word in own}))
    place = {word: code for code, word in enumerate(words)}
    renumbered = [
        np.array([*(place[word] for word in own), -1], dtype=np.int32)[codes]
        for own, codes in parts
    ]
    return words, np.concatenate(renumbered)


def _joined_passport(parts: Sequence[Passport]) -> Passport:
    digests = "".join(part.sha256 for part in parts)
    notes = list(dict.fromkeys(note for part in parts for note in part.notes))
    return replace(
        parts[0],
        path="; ".join(part.path for part in parts),
        sha256=hashlib.sha256(digests.encode("ascii")).hexdigest(),
        n_read=sum(part.n_read for part in parts),
        n_accepted=sum(part.n_accepted for part in parts),
        n_rejected=sum(part.n_rejected for part in parts),
        n_withheld=sum(part.n_withheld for part in parts),
        crs=next((part.crs for part in parts if part.crs), ""),
        refused_columns=tuple(
            dict.fromkeys(column for part in parts for column in part.refused_columns)
        ),
        notes=(f"{len(parts)} filer lästes som en.", *notes),
        is_synthetic=any(part.is_synthetic for part in parts),
    )
