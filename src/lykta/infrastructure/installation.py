"""Whose installation this is: the municipality's own file, `kommun.toml`.

No town is named in the code. Another municipality is another file.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lykta.infrastructure.errors import LyktaError

FILE = "kommun.toml"
MARKING = "Exempeldata – syntetiska"


class BadInstallation(LyktaError):
    """The file that says whose installation this is cannot be used."""

    code = "bad-installation"


@dataclass(frozen=True, slots=True)
class FirstFile:
    """A file that is read in when the installation is set up."""

    path: Path
    options: dict[str, Any]  # as the command for that kind of file takes them


@dataclass(frozen=True, slots=True)
class FetchedSource:
    """An outside source that is switched on: none is asked unless it is named here."""

    key: str
    asked: dict[str, Any]  # what of it, in the words of the source


@dataclass(frozen=True, slots=True)
class Installation:
    """Who runs lykta here, and what it is filled with at the start."""

    name: str  # "Exempelby kommun"
    short_name: str  # "Exempelby", as in a sentence
    code: str  # four digits, SCB's
    logo: Path | None
    is_demo: bool  # every page says that the data are made up
    texts: dict[str, str] = field(default_factory=dict)
    areas: tuple[FirstFile, ...] = ()
    population: tuple[FirstFile, ...] = ()
    listings: tuple[FirstFile, ...] = ()
    editions: tuple[FirstFile, ...] = ()
    places: tuple[FirstFile, ...] = ()
    categories: tuple[FirstFile, ...] = ()
    events: tuple[FirstFile, ...] = ()
    indicators: tuple[FirstFile, ...] = ()
    sources: tuple[FetchedSource, ...] = ()
    address: str = ""  # where it is reached, "https://lykta.exempelby.se"; "" is not known
    border_from: date = date(1971, 1, 1)  # when the municipality's own border began to hold

    @property
    def marking(self) -> str:
        """Return what every paper says of made-up data; "" where the data are real."""
        return MARKING if self.is_demo else ""

    @property
    def host(self) -> str:
        """Return the name that makes an id unique in the world, as mails and calendars want."""
        return urlsplit(self.address).hostname or NO_HOST


NO_HOST = "lykta.invalid"
TEXTS = {"welcome", "login_help", "contact"}
_MUNICIPALITY = {"name", "short_name", "code", "logo", "is_demo", "border_from", "address"}
_FILES = (
    *("areas", "population", "listings", "editions", "places"),
    *("categories", "events", "indicators"),
)
# What each source must be asked for, and what it may be.
_SOURCES = {
    "kolada": ({"titles"}, {"since"}),
    "scb": ({"table", "title", "params"}, {"theme"}),
    "polisen": (set[str](), set[str]()),
}


def read(path: Path) -> Installation:
    """Return what the file says, or raise with what is wrong in it and where."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInstallation(
            f"Filen ”{path}” finns inte. Den säger vilken kommun det är; se docs/how-to."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInstallation(f"Filen ”{path}” är inte riktig TOML: {error}.") from None
    _check_keys(path, said)
    municipality = said["municipality"]
    texts = said.get("texts", {})
    return Installation(
        name=municipality["name"],
        short_name=municipality.get("short_name") or municipality["name"],
        code=municipality["code"],
        logo=_there(path, municipality["logo"]) if municipality.get("logo") else None,
        is_demo=municipality.get("is_demo", False),
        texts=texts,
        address=municipality.get("address", "").rstrip("/"),
        border_from=municipality.get("border_from", date(1971, 1, 1)),
        **{name: _files(path, said.get(name, [])) for name in _FILES},
        sources=tuple(_source(path, entry) for entry in said.get("sources", [])),
    )


def first_files(town: Installation) -> list[FirstFile]:
    """Return every file that is read in at the start."""
    return [file for name in _FILES for file in getattr(town, name)]


def _check_keys(path: Path, said: dict[str, Any]) -> None:
    municipality = said.get("municipality", {})
    for key in ("name", "code"):
        if not isinstance(municipality.get(key), str) or not municipality[key].strip():
            raise BadInstallation(f"I ”{path}” saknas {key} under [municipality]. Skriv dit det.")
    if len(municipality["code"]) != 4 or not municipality["code"].isdecimal():
        raise BadInstallation(
            f"I ”{path}” är code ”{municipality['code']}”. Skriv SCB:s kommunkod med fyra siffror."
        )
    _check_address(path, municipality.get("address", ""))
    allowed = {"municipality", "texts", "sources", *_FILES}
    unknown = [
        *(set(said) - allowed),
        *(set(said.get("texts", {})) - TEXTS),
        *(set(municipality) - _MUNICIPALITY),
    ]
    if unknown:
        raise BadInstallation(
            f"I ”{path}” står ”{min(unknown)}”, som lykta inte känner till. "
            f"Välj bland {', '.join(sorted(allowed | TEXTS | _MUNICIPALITY))}."
        )


def _check_address(path: Path, address: Any) -> None:
    if not address:
        return
    url = urlsplit(address) if isinstance(address, str) else None
    if not url or url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/"):
        raise BadInstallation(
            f"I ”{path}” är address ”{address}”. Skriv den adress som lykta nås på, utan sida: "
            "https://lykta.exempelby.example."
        )


def _source(path: Path, entry: dict[str, Any]) -> FetchedSource:
    asked = dict(entry)
    key = asked.pop("key", "")
    if key not in _SOURCES:
        raise BadInstallation(
            f"I ”{path}” har [[sources]] key ”{key}”. Välj bland {', '.join(sorted(_SOURCES))}."
        )
    needed, allowed = _SOURCES[key]
    if lacking := needed - set(asked):
        raise BadInstallation(f"I ”{path}” saknas {min(lacking)} för källan {key}. Skriv dit det.")
    if unknown := set(asked) - needed - allowed:
        raise BadInstallation(f"I ”{path}” står ”{min(unknown)}”, som källan {key} inte har.")
    if any(not isinstance(asked[name], dict) for name in {"titles", "params"} & set(asked)):
        raise BadInstallation(f"I ”{path}” ska titles och params för {key} vara tabeller.")
    return FetchedSource(key, asked)


def _files(path: Path, entries: list[dict[str, Any]]) -> tuple[FirstFile, ...]:
    return tuple(
        FirstFile(
            path=_there(path, entry.get("file", "")),
            options={key: value for key, value in entry.items() if key != "file"},
        )
        for entry in entries
    )


def _there(path: Path, name: str) -> Path:
    file = path.parent / name
    if not name or not file.is_file():
        raise BadInstallation(f"”{path}” nämner filen ”{name}”, som inte finns bredvid den.")
    return file
