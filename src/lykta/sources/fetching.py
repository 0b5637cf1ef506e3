"""Asking an outside source over HTTPS, as politely as it demands; nothing is asked by itself."""

import http.client
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from lykta import __version__
from lykta.infrastructure.errors import LyktaError

N_TRIES = 4
TIMEOUT_S = 30.0
# Longer than this is not waited for: the job is done another night.
PATIENCE_S = 120.0
LARGEST = 50 * 1024**2
_FIRST_PAUSE_S = 2.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_OK, _FORBIDDEN, _NOT_FOUND, _TOO_MANY, _SERVER_ERROR = 200, 403, 404, 429, 500


@dataclass(frozen=True, slots=True)
class RateRule:
    """How often a source lets itself be asked."""

    min_gap_s: float = 0.0
    per_hour: int | None = None
    per_day: int | None = None

    def wait_s(self, past: Sequence[datetime], *, now: datetime) -> float:
        """Return how many seconds must pass before the next call, after those that were made."""
        calls = sorted(past)
        free = [calls[-1] + timedelta(seconds=self.min_gap_s)] if calls else []
        for most, span in ((self.per_hour, _HOUR), (self.per_day, _DAY)):
            if most is not None and len(calls) >= most:
                # The call that is `most` back must have left the span.
                free.append(calls[-most] + span)
        return max(0.0, *((at - now).total_seconds() for at in free)) if free else 0.0


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outside:
    """A source that can be asked, and on which terms."""

    key: str
    name: str
    base_url: str
    rule: RateRule
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Payload:
    """An answer as it came, and all that must be known of it."""

    what: str  # which thing of the source, the same each time
    content: bytes
    url: str
    retrieved_at: datetime
    http_status: int
    sha256: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call, answered or not: what the log of fetches keeps."""

    source: str
    what: str
    url: str
    at: datetime
    http_status: int  # 0: no answer at all
    payload: Payload | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the outside: who asks, what was asked before, and the clock."""

    municipality: str  # named in the User-Agent
    past: Callable[[str], Sequence[datetime]]  # when a source was asked, the last day and night
    note: Callable[[Attempt], None]  # told of each call
    now: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: TID251 - the clock itself
    sleep: Callable[[float], None] = time.sleep
    base_url: str = ""  # instead of the source's own: a copy of it, or a stand-in

    @property
    def agent(self) -> str:
        """Return who asks, in signs that a header can hold."""
        plain = unicodedata.normalize("NFKD", self.municipality)
        name = "".join(sign for sign in plain if sign.isascii() and sign.isprintable())
        return f"lykta/{__version__} ({name})"


def fetch(
    outside: Outside,
    path: str,
    *,
    line: Line,
    what: str,
    parameters: Sequence[tuple[str, str]] = (),
) -> Payload:
    """Return the answer to a question, after as many tries as are fair, or raise with the reason.

    `path` is below the address of the source, or a whole address of the same source.
    """
    url = _address(outside, path, line, parameters)
    for number in range(1, N_TRIES + 1):
        _wait_for_turn(outside, line)
        attempt, retry_after = _ask(outside, url, line, what)
        line.note(attempt)
        if attempt.payload is not None:
            return attempt.payload
        _refuse_what_stays(outside, attempt)
        pause = max(retry_after, _FIRST_PAUSE_S * 2 ** (number - 1))
        if number < N_TRIES and pause <= PATIENCE_S:
            line.sleep(pause)
        elif number < N_TRIES:
            raise LyktaError(
                f"{outside.name} ber oss vänta {pause / 60:.0f} minuter. Försök igen efter det.",
                code="source-busy",
            )
    raise LyktaError(
        f"{outside.name} svarade inte efter {N_TRIES} försök: {attempt.error} Försök igen senare.",
        code="source-failed",
    )


def text_of(payload: Payload) -> str:
    """Return an answer as text; a byte order mark, which some answers begin with, is no part."""
    return payload.content.decode("utf-8-sig")


def _address(outside: Outside, path: str, line: Line, parameters: Sequence[tuple[str, str]]) -> str:
    base = line.base_url or outside.base_url
    url = path if "://" in path else f"{base.rstrip('/')}/{path.lstrip('/')}"
    if parameters:
        url += f"?{urllib.parse.urlencode(parameters, safe='[]()*,')}"
    wanted, own = urllib.parse.urlsplit(url), urllib.parse.urlsplit(base)
    is_stand_in = bool(line.base_url) and wanted.hostname in _LOOPBACK
    if (wanted.scheme != "https" and not is_stand_in) or wanted.netloc != own.netloc:
        raise LyktaError(
            f"Adressen ”{url}” frågas inte: bara https, och bara källans egen webbplats.",
            code="unsafe-address",
        )
    return url


def _wait_for_turn(outside: Outside, line: Line) -> None:
    wait = outside.rule.wait_s(line.past(outside.key), now=line.now())
    if wait > PATIENCE_S:
        free = (line.now() + timedelta(seconds=wait)).astimezone()
        raise LyktaError(
            f"{outside.name} har frågats så ofta som den tillåter. Försök igen efter "
            f"{free:%Y-%m-%d %H.%M}.",
            code="source-busy",
        )
    if wait > 0:
        line.sleep(wait)


class _SameSite(urllib.request.HTTPRedirectHandler):
    """Follows to another page of the same site only, and never away from https."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        """Return the next question, or None to let the redirect stand as the answer."""
        before, after = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(outside: Outside, url: str, line: Line, what: str) -> tuple[Attempt, float]:
    """Return what came of one call, and how many seconds the source asks us to wait."""
    at = line.now()
    headers = {"User-Agent": line.agent, "Accept": "application/json"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked by _address
    opener = urllib.request.build_opener(_SameSite)
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return _answered(outside, what, url, at, answer.status, answer.read(LARGEST + 1)), 0.0
    except urllib.error.HTTPError as error:
        said = f"svaret var {error.code}."
        wait = _retry_after(error.headers, now=at)
        error.close()
        return Attempt(outside.key, what, url, at, error.code, None, said), wait
    except (OSError, http.client.HTTPException) as error:
        said = f"ingen kontakt ({type(error).__name__})."
        return Attempt(outside.key, what, url, at, 0, None, said), 0.0


def _answered(
    outside: Outside, what: str, url: str, at: datetime, status: int, content: bytes
) -> Attempt:
    if status != _OK or len(content) > LARGEST or not content.removeprefix(b"\xef\xbb\xbf").strip():
        said = f"svaret var {status}."
        if status == _OK:
            said = "svaret är för stort." if len(content) > LARGEST else "svaret är tomt."
        return Attempt(outside.key, what, url, at, status, None, said)
    digest = sha256(content).hexdigest()
    payload = Payload(what, content, url, at, status, digest, outside.licence, outside.attribution)
    return Attempt(outside.key, what, url, at, status, payload)


def _refuse_what_stays(outside: Outside, attempt: Attempt) -> None:
    """Raise where another try would give the same."""
    status, name = attempt.http_status, outside.name
    if status == _FORBIDDEN:
        raise LyktaError(
            f"{name} släpper inte in oss (403). Kontrollera att kommunens namn står i kommun.toml "
            "och att brandväggen släpper igenom lykta, och fråga källan om det kvarstår.",
            code="source-refused",
        )
    if status == _NOT_FOUND:
        raise LyktaError(
            f"{name} har inte det som frågades efter: {attempt.url} (404). Rätta [[sources]] i "
            "kommun.toml.",
            code="source-lacks",
        )
    if status == _OK:
        raise LyktaError(
            f"{name}: {attempt.error} Inget har lästs in. Försök igen senare.", code="source-empty"
        )
    if status and status != _TOO_MANY and status < _SERVER_ERROR:
        raise LyktaError(
            f"{name} förstod inte frågan: {attempt.error} Rätta [[sources]] i kommun.toml.",
            code="source-failed",
        )


def _retry_after(headers: Mapping[str, str] | Any, *, now: datetime) -> float:
    """Return the seconds that a source asks for, written as a number or as a date; 0 for none."""
    said = str((headers or {}).get("Retry-After") or "").strip()
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
