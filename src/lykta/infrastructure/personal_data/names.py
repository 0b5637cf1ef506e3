"""Names of people: by lists, by capitals, and by the words around them.

No list holds all names, and most names in a list are ordinary words somewhere. A word counts as a
name for more than one reason: that a list has it and it is written as a name, that a word before it
says that a name follows, that it is written as a name where no ordinary word would be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from lykta.infrastructure.personal_data import words
from lykta.infrastructure.personal_data.findings import Finding, Kind

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Where a sentence begins; the point after an initial begins none.
_ENDS = re.compile(r"(?<![ .][A-ZÅÄÖ])[.!?:;\n–]\s*$|^\s*$")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    text: str
    start: int
    end: int
    is_first: bool  # of a sentence

    @property
    def low(self) -> str:
        """Return it in small letters."""
        return self.text.casefold()

    @property
    def is_capital(self) -> bool:
        """Return whether it is written as a name: ANNA is shouted, BRF and SL are not names."""
        return self.text[:1].isupper() and not (self.text.isupper() and len(self.text) < 4)


def names(text: str) -> Iterator[Finding]:
    """Yield the names of people in a text, first name and surname as one."""
    found = [_word(text, match) for match in _WORD.finditer(text)]
    at = 0
    while at < len(found):
        if not _is_name(found, at, text):
            at += 1
            continue
        last = at
        while last + 1 < len(found) and _goes_on(found, last, text):
            last += 1
        yield Finding(Kind.NAME, found[at].start, found[last].end)
        at = last + 1


def _word(text: str, match: re.Match[str]) -> Word:
    return Word(match[0], *match.span(), is_first=bool(_ENDS.search(text[: match.start()])))


def _is_name(found: list[Word], at: int, text: str) -> bool:
    word = found[at]
    if word.low in words.THINGS or _is_of_a_place(found, at, text):
        return False
    if word.low in words.ORDINARY or (len(word.text) < _SHORTEST and not word.is_capital):
        return word.is_capital and (_is_called(found, at) or _is_one_of_several(found, at))
    if _is_called(found, at):
        return word.is_capital or _is_listed(word) or word.low not in words.COMMON
    if not word.is_capital:
        return word.low not in words.COMMON and _bare(word.low, _swedish()) is not None
    if _is_listed(word):
        return not word.is_first or _is_like_a_name(word)
    if word.low in words.COMMON:
        return False
    if word.is_first:
        is_noun = word.low.endswith(words.NOUN_ENDINGS)
        return _acts(found, at) and not is_noun
    return not _is_no_person(found, at, text)


def is_in_a_list(text: str) -> bool:
    """Return whether any word of a text is a name in the lists."""
    return any(_is_listed(_word(text, match)) for match in _WORD.finditer(text))


def _is_listed(word: Word) -> bool:
    return any(_bare(word.low, each) for each in (_swedish(), _others(), _surnames()))


def _bare(word: str, known: frozenset[str]) -> str | None:
    """Return the name in a word, without the s that says whose something is; None for no name."""
    for bare in (word, word.removesuffix("s"), word.removesuffix("’s"), word.removesuffix("'s")):
        if len(bare) >= _SHORTEST and bare in known:
            return bare
    # Of a double name either half.
    halves = word.split("-")
    return bare if len(halves) > 1 and any(half in known for half in halves) else None


def _is_called(found: list[Word], at: int) -> bool:
    """Return whether words before say that a name follows."""
    before = [each.low for each in found[max(at - 3, 0) : at]]
    while before and before[-1] in words.FILLERS:
        before.pop()
    return bool(before) and (
        before[-1] in words.CALLED or " ".join(before[-2:]) in words.CALLED_BY_TWO
    )


def _is_of_a_place(found: list[Word], at: int, text: str) -> bool:
    """Return whether a word is part of what a place is called."""
    word = found[at]
    if word.low.endswith(words.PLACE_ENDINGS):
        return True
    if "-" in word.text and word.text.rpartition("-")[2][:1].islower():
        return True  # a thing that is called after someone
    for before, after in pairwise(found[at : at + 3]):
        if text[before.end : after.start].strip(" -"):
            return False
        if after.low in words.ACTS_OF_PEOPLE:
            return False
        if after.low.startswith(words.PLACES) or after.low.endswith(words.PLACE_ENDINGS):
            return True
        if not after.is_capital:
            return False
    return False


def _is_one_of_several(found: list[Word], at: int) -> bool:
    """Return whether a word stands beside another that is written as a name."""
    return at >= 2 and found[at - 1].low in ("o", "och") and found[at - 2].is_capital


def _is_no_person(found: list[Word], at: int, text: str) -> bool:
    """Return whether a capital that no list has is likely to be of a place or a thing."""
    if found[at].text.isupper():
        return True
    before = found[at - 1]
    is_beside = not text[before.end : found[at].start].strip()
    return is_beside and before.low in words.BEFORE_PLACES


def _is_like_a_name(word: Word) -> bool:
    """Return whether the first word of a sentence is a name and not just a capital."""
    return _bare(word.low, _swedish()) is not None or word.low not in words.COMMON


def _acts(found: list[Word], at: int) -> bool:
    """Return whether what follows a word is what only people do, or another name."""
    if at + 1 == len(found):
        return False
    after = found[at + 1]
    return after.low in words.ACTS_OF_PEOPLE or (after.is_capital and not after.is_first)


def _goes_on(found: list[Word], at: int, text: str) -> bool:
    """Return whether the next word belongs to the same name."""
    word, after = found[at], found[at + 1]
    if text[word.end : after.start].strip(" .") or not after.is_capital:
        return False
    return after.low not in words.ORDINARY and not after.low.endswith(words.PLACE_ENDINGS)


@cache
def _list(name: str) -> frozenset[str]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return frozenset(text.split())


@cache
def _swedish() -> frozenset[str]:
    return _list("first-names-swedish.txt") | words.NICKNAMES


def _others() -> frozenset[str]:
    return _list("first-names-other.txt")


def _surnames() -> frozenset[str]:
    return _list("surnames.txt")
