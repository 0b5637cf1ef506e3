"""Words of answers: placeholders that are filled in, and hints on plain language (klarspråk)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Placeholder(StrEnum):
    """What a template leaves open, as it is written in braces."""

    CATEGORY = "kategori"
    PLACE = "plats"
    DAY = "dag"


LONGEST_SENTENCE = 25  # words
# Words of officialese and what to write instead, after Myndigheternas skrivregler (Språkrådet).
PLAIN = {
    "avseende": "om",
    "beträffande": "om",
    "erfordras": "behövs",
    "erhålla": "få",
    "erhåller": "får",
    "föreligger": "finns",
    "föranleder": "leder till",
    "hemställa": "be om",
    "härvid": "då",
    "inkomma": "komma in",
    "innehar": "har",
    "medelst": "med",
    "någondera": "någon",
    "såvitt": "om",
    "tillhandahålla": "ge",
    "tillse": "se till",
    "vidtaga": "göra",
    "vidtas": "görs",
    "vederbörande": "den",
    "återkomma": "höra av oss",
    "ävensom": "och",
}
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that could be said more plainly."""

    said: str  # the word, or how the sentence begins
    instead: str = ""  # "" for a sentence that is long
    n_words: int = 0


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, as it was written."""
    return [
        match[0] for match in _BRACES.finditer(text) if match[1] not in {*map(str, Placeholder)}
    ]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its placeholders filled in, once; braces of a value stay so."""
    return _BRACES.sub(lambda match: values.get(match[1] or "", match[0]), text)


def hints(text: str) -> list[Hint]:
    """Return what of a Swedish text could be said more plainly; it may be said all the same."""
    long = [
        Hint(" ".join(words[:5]) + " …", n_words=len(words))
        for sentence in _SENTENCE.split(text)
        for words in [_WORD.findall(sentence)]
        if len(words) > LONGEST_SENTENCE
    ]
    stiff = dict.fromkeys(word for word in _WORD.findall(text) if word.casefold() in PLAIN)
    return long + [Hint(word, PLAIN[word.casefold()]) for word in stiff]
