"""Random requests by those who may not: never a fault, never what is not theirs, nor its words.

Run as ``python -m tests.web.wandering 200000 --out docs/reference/wandering.json``. Each request is
drawn from a seed: who asks, for which address, with which ids, words, headers and tricks. What is
answered is judged by the table written by hand (`matrix.py`) and by the words that are planted in
rows that only some may see; what a request has changed is taken back.
"""

import argparse
import fcntl
import json
import logging
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from benchmarks.circumstances import circumstances, files_of, fingerprint
from tests.web import matrix
from tests.web.matrix import METHODS, NOBODY, OPEN

PART = 1000  # requests, each part from a seed of its own
READING = ("GET", "HEAD")
SHARE_PASSED_BY = 0.5  # of what is hers to read; the most is asked by those who may not
EVIL = "elak.example"  # named in headers; an answer that repeats it sends people there
FAULT, FOUND, MULTIPLE = 500, 200, 300
CODE = (
    "src/lykta/infrastructure/access.py",
    "src/lykta/domain/partners/rules.py",
    "src/lykta/domain/partners/selectors/reach.py",
    "src/lykta/web/middleware.py",
)
# What a part of an address is at times: what there is none of, and what is none.
STRANGE = (
    *("0", "-1", "1", "2", "7", "99", "2147483648", "9223372036854775808", "9" * 40, "1e3", "0x1"),
    *("..", "%2e%2e", "..%2f..%2fadministration%2fkonton", "%00", "%0d%0aX-Ny: 1", "%ff", "%c0%ae"),
    *("' OR 1=1 --", "{{7*7}}", "<script>", "å" * 200, "null", "", ";", "finns-inte", "2026-99"),
    *("2026-53", "0000-00", "9999-12", "2026-13", "00000000-0000-0000-0000-000000000000"),
)
ASKED = (
    *("datum", "fran", "till", "omrade", "kategori", "kalla", "tillforlitlighet", "mot", "visa"),
    *("organisation", "q", "sida", "slag", "sprak", "svar", "tema", "vad", "enhet", "lage", "lat"),
    *("lon", "next", "format", "account", "reach", "user", "role", "is_system", "_method"),
)
SAID = (
    *("0001-01-01", "9999-12-31", "2026-02-30", "2030-01-01", "2024-06-01", "0001-v01", "9999-v53"),
    *("2026-v40", "2026-v99", "1", "-1", "0", "99999999999999999999", "nan", "inf", "1e400"),
    *("59.2", "18.1", "9999-ASA", "9999-OST", "9999", "alla", "sexhorningar", "json", "csv"),
    *("true", "fjol", "https://" + EVIL, "//" + EVIL, "/administration/", "\x00", "'", '"><b>'),
    *("%", "_", "*", "å" * 999, "", "amina@example.org", "coordinator", "DELETE", "Silver"),
    *("lind", "ilverli"),
)
HEADERS = (
    *(("X-HTTP-Method-Override", method) for method in METHODS),
    *(("X-Method-Override", "GET"), ("X-Original-URL", "/administration/konton/")),
    *(("X-Rewrite-URL", "/administration/drift/"), ("X-Forwarded-Host", EVIL), ("Host", EVIL)),
    *(("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "'"), ("X-Real-IP", "::1")),
    *(("X-Forwarded-Proto", "https"), ("Forwarded", f"for=127.0.0.1;host={EVIL}")),
    *(("Remote-User", "amina@example.org"), ("X-Remote-User", "amina@example.org")),
    *(("Authorization", "Bearer 1"), ("Authorization", "Basic YW1pbmE6bGFtcGFu")),
    *(("Accept", "application/json"), ("Accept", "text/csv;q=x"), ("Accept-Language", "\xff;q=9")),
    *(("Cookie", "lykta_language=en"), ("Cookie", "lykta_language=../x"), ("Range", "bytes=0-9")),
    *(("If-None-Match", "*"), ("If-Modified-Since", "x"), ("Referer", f"https://{EVIL}/")),
    *(("Origin", "null"), ("X-Requested-With", "XMLHttpRequest"), ("Content-Length", "7")),
    *(("X-CSRFToken", "x"), ("Upgrade", "websocket"), ("Expect", "100-continue")),
)  # fmt: skip
_UPLOAD = (
    b'--x\r\nContent-Disposition: form-data; name="photos"; filename="../x.jpg"\r\n\r\n'
    b"\xff\xd8\r\n--x--"
)
KINDS = (
    *("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"),
    *("multipart/form-data", "text/plain; charset=utf-7", "application/xml", "", "x/y; charset=å"),
)


@dataclass(frozen=True, slots=True)
class Town:
    """The filled municipality: who wanders in it, and what is whose."""

    clients: dict[str, Any]
    paths: dict[str, str]  # by the name of an address, with the ids that the table speaks of
    ids: tuple[str, ...]
    hidden: dict[str, frozenset[str]]  # the planted words, and who may read each


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it was drawn."""

    who: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        asked = f"{self.who}: {self.method} {self.path!r}?{self.query}"
        return f"{asked} {self.kind} {self.body[:80]!r} {self.headers}"


def wander(town: Town, count: int, *, seed: int = 0) -> dict[str, int]:
    """Ask `count` times; return how many of each kind of answer; raise where one is wrong."""
    rng = random.Random(seed)
    found = dict.fromkeys(("asked", "refused", "wrong", "sent on", "read", "nowhere"), 0)
    for number in range(count):
        asked = _drawn(town, rng)
        try:
            found[_judged(town, asked)] += 1
        except Exception as error:
            error.add_note(f"request {number} of seed {seed}: {asked}")
            raise
        found["asked"] += 1
    return found


def _drawn(town: Town, rng: random.Random) -> Asked:
    """Return a request that is not hers to make, or one whose answer must keep others' rows out."""
    while True:
        who, method = rng.choice(list(town.clients)), rng.choice((*METHODS, "GET", "POST"))
        name = rng.choice(list(town.paths))
        is_passed_by = method not in READING or rng.random() < SHARE_PASSED_BY
        if is_passed_by and name not in OPEN and _is_hers(name, who, method):
            continue
        path = _strange(town, name, rng) if rng.random() < 0.5 else town.paths[name]
        has_body = method not in READING
        return Asked(
            who=who,
            method=method,
            path=_tricked(path, rng) if rng.random() < 0.2 else path,
            query=_words(rng) if rng.random() < 0.6 else "",
            body=_body(rng) if has_body else b"",
            kind=rng.choice(KINDS) if has_body else "",
            headers=dict(rng.sample(HEADERS, rng.randint(0, 3))),
        )


def _is_hers(name: str, who: str, method: str) -> bool:
    return who in matrix.named(name).may.get(method, frozenset())


@cache
def _routes() -> dict[str, str]:
    from tests.web.addresses import addresses

    return {each.name: each.route for each in addresses()}


def _strange(town: Town, name: str, rng: random.Random) -> str:
    """Return the address with other ids, forms and words in its places."""
    parts = []
    for part in _routes()[name].split("/"):
        before, bracket, after = part.partition("<")
        ending = after.partition(">")[2]
        value = rng.choice(town.ids) if rng.random() < 0.6 else rng.choice(STRANGE)
        parts.append(f"{before}{value}{ending}" if bracket else part)
    return "/".join(parts)


def _tricked(path: str, rng: random.Random) -> str:
    """Return another way to write an address, that a careless house takes for the same."""
    tricks: tuple[Callable[[str], str], ...] = (
        lambda p: f"/{p}", lambda p: p.replace("/", "//"), lambda p: f"/omraden/..%2f{p[1:]}",
        lambda p: f"/api/../{p[1:]}", lambda p: f"/static/..%2f..{p}", lambda p: f"/oppet/..{p}",
        lambda p: p.rstrip("/"), lambda p: f"{p};a=b", lambda p: f"{p}.json", lambda p: f"{p}%2f",
        lambda p: p.upper(), lambda p: f"{p}%20", lambda p: f"/.{p}", lambda p: f"{p}%00.jpg",
        lambda p: p.replace("/", "%2f"), lambda p: p.replace("/", "\\"), lambda p: f"{p}?", str,
        lambda p: "".join(f"%{ord(c):02x}" if c.isascii() and c.isalpha() else c for c in p),
    )  # fmt: skip
    return rng.choice(tricks)(path)


def _words(rng: random.Random) -> str:
    return urlencode([(rng.choice(ASKED), rng.choice(SAID)) for _ in range(rng.randint(1, 4))])


def _body(rng: random.Random) -> bytes:
    """Return a form, JSON, or what is neither."""
    said = {
        rng.choice((*ASKED, "text", "key", "name", "category")): rng.choice(SAID) for _ in "abc"
    }
    bodies = (urlencode(said).encode(), json.dumps(said).encode(), _UPLOAD)
    return rng.choice((*bodies, b"", b"[" * 500, b"\xff\xfe\x00", b"--x\r\n", b"a=%", b"&" * 200))


def _judged(town: Town, asked: Asked) -> str:
    """Return what kind of answer was given; raise where it is one that must not be."""
    from django.db import transaction

    from lykta.infrastructure.audit.models import Entry

    with transaction.atomic():
        before = Entry.objects.count()
        name, status, sent_to, told = _answer(town, asked)
        wrote = Entry.objects.count() - before
        transaction.set_rollback(True)
    assert status < FAULT, status
    assert urlsplit(sent_to.replace("\\", "/")).netloc in ("", "testserver"), sent_to
    is_hers = name is not None and _is_known_hers(town, name, asked)
    if FOUND <= status < MULTIPLE:
        assert is_hers, f"{status} of {name}"
    assert is_hers or not wrote, f"{name} wrote"
    said = told.casefold()
    for word, whose in town.hidden.items():
        assert asked.who in whose or word.casefold() not in said, f"{word} in {name}"
    if name is None:
        return "nowhere"
    if status < MULTIPLE:
        return "read"
    kinds = {301: "sent on", 302: "sent on", 304: "read", 401: "refused", 403: "refused"}
    return kinds.get(status, "refused" if status in (404, 405) else "wrong")


def _is_known_hers(town: Town, name: str, asked: Asked) -> bool:
    """Return whether the table gives her the address; other objects are judged by their words."""
    if name in matrix.LOGIN or name in OPEN:
        return True
    line = matrix.named(name)
    if asked.who in line.may.get(asked.method, frozenset()):
        return True
    # The table speaks of one object; she may have one of her own where she knows the address.
    is_another = asked.path.rstrip("/") != town.paths[name].partition("?")[0].rstrip("/")
    return asked.who in line.knows and asked.method in line.may and is_another


def _answer(town: Town, asked: Asked) -> tuple[str | None, int, str, str]:
    """Return what was asked for, if it is any, the status, where it sends and all it tells."""
    from django.urls import Resolver404, resolve

    path, _mark, own = asked.path.partition("?")
    info = unquote_to_bytes(path).decode("latin-1")
    extra = {
        "PATH_INFO": info,
        "QUERY_STRING": "&".join(filter(None, (own, asked.query))),
        **{f"HTTP_{key.upper().replace('-', '_')}": value for key, value in asked.headers.items()},
    }
    client = town.clients[asked.who]
    if "HTTP_COOKIE" in extra:
        own = "; ".join(f"{key}={value.value}" for key, value in client.cookies.items())
        extra["HTTP_COOKIE"] = f"{own}; {extra['HTTP_COOKIE']}"
    answer = client.generic(asked.method, "/", asked.body, asked.kind, **extra)
    body = b"".join(answer) if answer.streaming else answer.content
    headers = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
    if answer.status_code >= FAULT and answer.exc_info:
        raise answer.exc_info[1]
    try:
        name = resolve(info.encode("latin-1").decode("utf-8", "replace")).view_name
    except Resolver404:
        name = None
    told = f"{headers}\n\n{body.decode('utf-8', 'replace')}"
    return name, answer.status_code, answer.headers.get("Location", ""), told


def entered(read_in: Callable[..., Any]) -> Town:
    """Let the cast into the municipality that has been filled, and return it."""
    from django.test import Client
    from tests import people
    from tests.web import town
    from tests.web.addresses import addresses
    from tests.web.test_access import known_ids, path_of

    town.triage()
    ids = known_ids()
    paths = {each.name: path_of(each, ids) for each in addresses() if each.name not in matrix.LOGIN}
    town.plant(read_in)
    clients = {NOBODY: Client(raise_request_exception=False)}
    for name in people.CAST:
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(people.account(name))
    return Town(clients, paths, tuple(_ids()), town.PLANTED)


def _ids() -> Iterator[str]:
    """Yield what things there are to ask for: numbers, keys, codes, weeks and forms."""
    from lykta.domain.events.models import Report
    from lykta.domain.indicators.models import Indicator
    from lykta.domain.places.models import Area

    yield from map(str, range(1, 41))
    yield from map(str, Report.objects.values_list("key", flat=True))
    yield from Area.objects.values_list("code", flat=True).distinct()
    yield from Indicator.objects.values_list("code", flat=True)
    yield from ("2026-47", "2026-46", "2026-10", "2026-11")
    for line in matrix.MATRIX.values():
        yield from line.forms


def _prepare() -> Path:
    """Set up an empty installation of its own, and return its folder."""
    import django
    from tests import installation

    folder = installation.prepare()
    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings, setup_test_environment

    from lykta.web import limits

    logging.disable()  # each of the answers is a refusal that Django tells of
    setup_test_environment()
    override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ).enable()
    for what in limits.LIMITS:  # each of them asks more in a minute than people do in a day
        limits.LIMITS[what] = limits.parse("1000000/second")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable")
    return folder


def _reader(folder: Path) -> Callable[..., Any]:
    """Fill the municipality, and return what reads more content in as a file."""
    from tests.domain.places.conftest import AREAS, reader, writer
    from tests.web import town

    read_in = reader(writer(folder))
    read_in("areas", "omraden.geojson", AREAS)
    town.fill(read_in)
    town.write()
    return read_in


def sources() -> dict[str, Any]:
    """Return which files the proof speaks of, and their SHA-256 taken together."""
    files = files_of(CODE)
    return {"files": files, "sha256": fingerprint(files)}


def _made(out: Path) -> dict[str, Any]:
    """Return the parts that are there already, if they are of this code."""
    before = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    return before["parts"] if before.get("sources") == sources() else {}


def _keep(out: Path, part: int, outcomes: dict[str, int]) -> None:
    """Lay one part to those that are there, also while another process does the same."""
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        parts = _made(out) | {str(part): outcomes}
        total = {key: sum(each[key] for each in parts.values()) for key in outcomes}
        result = circumstances() | {
            "count": PART * len(parts), "outcomes": total, "parts": parts, "sources": sources(),
        }  # fmt: skip
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    finally:
        os.close(folder)


def main() -> None:
    """Wander part by part; parts that are there already are not made again."""
    options = argparse.ArgumentParser(prog="python -m tests.web.wandering", description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--out", type=Path, required=True, help="where the result is kept")
    options.add_argument("--of", type=int, default=1, help="how many processes share the parts")
    options.add_argument("--number", type=int, default=0, help="which of them this is")
    asked = options.parse_args()
    folder = _prepare()
    try:
        with TemporaryDirectory() as name:
            town = entered(_reader(Path(name)))
        for part in range(asked.number, asked.count // PART, asked.of):
            if str(part) not in _made(asked.out):
                _keep(asked.out, part, wander(town, PART, seed=part))
                print(f"{(part + 1) * PART} of {asked.count}", flush=True)  # noqa: T201 - by hand
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
