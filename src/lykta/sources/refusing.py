"""What lykta must not hold: columns about origin, belief and health, and columns of persons.

A profile by ethnicity, birth country, religion or language, and a list of suspects, are never
made; so what they would be made of is never loaded (discrimination act 2008:567, GDPR 9 and 10).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from lykta.infrastructure.errors import RefusedColumn

# Whole words of a column name, without accents: "trace" is not "race".
_ORIGIN = frozenset(
    re.findall(
        r"\w+",
        """
ras race races racial ethnicity ethnic ethnicities etnicitet etnisk hudfarg nationality nationalitet
nationalities citizenship medborgarskap birthplace birthcountry utrikesfodd utrikesfodda utrikes
inrikesfodda utlandsfodd utlandsfodda invandrare invandrarbakgrund immigrant immigrants ursprung
harkomst bakgrund hispanic latino religion religions religious religios religiositet trossamfund
trosuppfattning religionstillhorighet faith language languages sprak sprakgrupp modersmal
mothertongue politik politisk politiska political politics partitillhorighet partisympati
fackforening fackforbund fackligt halsa halsotillstand health sjukdom sjukdomar diagnos diagnoser
diagnosis disability disabilities funktionsnedsattning funktionshinder lakemedel sexuell
""",
    )
)
_ORIGIN_STARTS = ("fodelseland", "fodelseregion", "fodelseort", "etnici", "ethnici")
_ORIGIN_PAIRS = (
    {"birth", "country"}, {"country", "birth"}, {"place", "birth"}, {"foreign", "born"},
    {"fodd", "utomlands"}, {"mother", "tongue"}, {"native", "tongue"}, {"svensk", "bakgrund"},
    {"trade", "union"}, {"sexual", "orientation"}, {"mental", "illness"},
)  # fmt: skip
_ORIGIN_ALONE = {"black", "white", "asian"}

_PERSON = frozenset(
    re.findall(
        r"\w+",
        """
personnummer personnr pnr persnr samordningsnummer ssn fornamn efternamn tilltalsnamn firstname
lastname surname forename fullname personnamn epost email telefon telefonnummer telefonnr phone
mobil mobilnummer mobilnr kontaktperson fodelsedatum birthdate dob regnr registreringsnummer
misstanktnamn alias signalement fingerprint
""",
    )
)
_PERSON_PAIRS = (
    {"first", "name"}, {"last", "name"}, {"given", "name"}, {"full", "name"}, {"birth", "date"},
    {"date", "birth"}, {"e", "post"}, {"e", "mail"}, {"person", "id"}, {"social", "security"},
    {"license", "plate"}, {"phone", "number"},
)  # fmt: skip
_ROLES = frozenset(
    re.findall(
        r"\w+",
        """
suspect suspects suspected misstankt misstankta misstankte gardningsman garningsman garningsperson
offender offenders perpetrator victim victims malsagande brottsoffer vittne witness anmalare
complainant defendant accused gangmedlem
""",
    )
)
# Where a border was drawn from, not where anybody was born.
_OF_BORDERS = (["gransens", "ursprung"],)
_TOTALS = ("totalt", "total", "samtliga", "tot", "1+2")
_PERSONAL_TRAITS = {"name", "names", "namn", "id", "nr", "nummer", "number", "address", "adress"}


def refused(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that are left unread by law."""
    return tuple(column for column in columns if is_refused(column))


def is_refused(column: str) -> bool:
    """Return whether a column's name says that it holds origin, belief, health or persons."""
    words = _words(column)
    return words not in _OF_BORDERS and (_tells_origin(words) or _tells_person(words))


def is_total(label: str) -> bool:
    """Return whether a label of a barred dimension stands for all, and may be read."""
    return label.strip().casefold() in _TOTALS


def _tells_origin(words: list[str]) -> bool:
    return (
        bool(_ORIGIN & set(words))
        or any(word.startswith(_ORIGIN_STARTS) for word in words)
        or any(pair <= set(words) for pair in _ORIGIN_PAIRS)
        or (len(words) == 1 and words[0] in _ORIGIN_ALONE)
    )


def _tells_person(words: list[str]) -> bool:
    has_role = bool(_ROLES & set(words))
    return (
        bool(_PERSON & set(words))
        or any(pair <= set(words) for pair in _PERSON_PAIRS)
        or (has_role and (len(words) == 1 or bool(set(words) & _PERSONAL_TRAITS)))
    )


def _words(name: str) -> list[str]:
    """Return the words of a column name, lower case and without accents."""
    apart = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name)
    plain = unicodedata.normalize("NFKD", apart.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[a-z]+", plain)


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise where the user asks for a column that lykta must not hold."""
    for field, column in mapping.items():
        if is_refused(column):
            raise RefusedColumn(
                f"Kolumnen ”{column}” kan inte läsas som {field}: den handlar om ursprung, tro, "
                "hälsa eller enskilda personer, och sådant får verktyget inte behandla. "
                "Välj en annan kolumn."
            )


def refusal_note(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the sentence that names what was left unread, or nothing."""
    if not columns:
        return ()
    names = ", ".join(f"”{column}”" for column in columns)
    return (
        f"Lästes inte, eftersom det handlar om ursprung, tro, hälsa eller enskilda personer: "
        f"{names}.",
    )
