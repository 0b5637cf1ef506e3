"""Names found as they are typed: misspelt, unfinished, in any order, with or without å, ä and ö."""

import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
# More than anyone says of a place; the rest of a pasted text is not looked at.
_LONGEST, _MOST_WORDS = 80, 6
# How many wrong letters are forgiven in a word from so many letters on.
_FORGIVEN = ((8, 2), (4, 1))
_FAR = 100
_SIGNS = string.ascii_lowercase + string.digits
_BEGINS, _HOLDS = 1, 2  # after 0 for a name that is the very text


def folded(text: str) -> str:
    """Return a text as it is compared: lower case, without marks over letters or signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if c.isascii())))


@dataclass(frozen=True)
class Vocabulary:
    """Words, each once, and which of them each name has."""

    words: Sequence[str]
    of_names: Ints  # numbers of words, those of the first name first
    starts: Ints  # (n names,) where the words of each name begin in `of_names`

    @classmethod
    def of(cls, names: Iterable[Sequence[str]]) -> "Vocabulary":
        """Return the words of names, none of which is without words."""
        names = list(names)
        numbers = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(names)))}
        starts = np.cumsum([0, *map(len, names)])[:-1]
        of_names = np.array([numbers[word] for name in names for word in name], np.int64)
        return cls(tuple(numbers), of_names, starts)

    def costs(self, text: str) -> Ints:
        """Return how many letters differ from the nearest beginning of a word of each name."""
        costs = np.minimum.reduceat(self._of_words(text)[self.of_names], self.starts)
        return costs.astype(np.int64)

    @cached_property
    def _letters(self) -> NDArray[np.uint64]:
        return np.array([_letters(word) for word in self.words], np.uint64)

    def _of_words(self, text: str) -> Ints:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cdist

        most, found = _forgiven(text), np.full(len(self.words), _FAR)
        # One wrong letter hides at most one of the letters of the text: few words are left.
        lacking = np.bitwise_count(~self._letters & np.uint64(_letters(text)))
        likely = np.flatnonzero(lacking <= most)
        for length in range(len(text) - most, len(text) + most + 1):
            begun = [self.words[word][:length] for word in likely.tolist()]
            apart = cdist([text], begun, scorer=OSA.distance, score_cutoff=most, dtype=np.int32)[0]
            found[likely] = np.minimum(found[likely], np.where(apart <= most, apart, _FAR))
        return found


@dataclass(frozen=True)
class Names:
    """All names of all places, folded, to be searched at each stroke of a key."""

    names: tuple[str, ...]
    owner: Ints  # (n names,) which place has the name

    @classmethod
    def of(cls, places: Iterable[Sequence[str]]) -> "Names":
        """Return the names of places, each with what it is called besides."""
        pairs = [(name, place) for place, known in enumerate(places) for name in map(folded, known)]
        named = [(name, place) for name, place in pairs if name]
        return cls(
            tuple(name for name, _ in named), np.array([place for _, place in named], np.int64)
        )

    @cached_property
    def apart(self) -> Vocabulary:
        """The words of each name."""
        return Vocabulary.of(name.split() for name in self.names)

    @cached_property
    def together(self) -> Vocabulary:
        """Each name as one word, for what is written apart or together by mistake."""
        return Vocabulary.of([name.replace(" ", "")] for name in self.names)

    def found(self, text: str, *, enough: int) -> tuple[Ints, Ints, Ints]:
        """Return the places that a text may mean, how many letters differ, and how it stands there.

        Fewer than `enough` are sought further, with the blanks of text and names taken away.
        """
        wanted = folded(text[:_LONGEST])
        words = wanted.split()[:_MOST_WORDS]
        if not words or not self.names:
            nothing = np.array([], np.int64)
            return nothing, nothing, nothing
        costs = np.sum([self.apart.costs(word) for word in words], axis=0)
        if np.count_nonzero(costs < _FAR) < enough:
            costs = np.minimum(costs, self.together.costs("".join(words)))
        hits = np.flatnonzero(costs < _FAR)
        stands = np.array([_stands(self.names[hit], wanted) for hit in hits], np.int64)
        best = np.lexsort((stands, costs[hits], self.owner[hits]))
        owners, first = np.unique(self.owner[hits][best], return_index=True)
        chosen = best[first]
        return owners, costs[hits][chosen], stands[chosen]


def _letters(word: str) -> int:
    """Return which letters and digits a word has, one bit for each."""
    return sum(1 << _SIGNS.index(sign) for sign in set(word))


def _forgiven(word: str) -> int:
    if any(c.isdigit() for c in word):
        return 0  # another number is another address
    return next((most for letters, most in _FORGIVEN if len(word) >= letters), 0)


def _stands(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    return _BEGINS if name.startswith(wanted) else _HOLDS
