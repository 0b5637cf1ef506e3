"""A stand-in for an outside source: a real HTTP server on this machine, and a clock."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from lykta.sources.fetching import Attempt, Line

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Answer:
    """What the stand-in says once."""

    body: Any = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """Return the body as bytes; what is no text is JSON."""
        if isinstance(self.body, bytes):
            return self.body
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode("utf-8")


class Stub:
    """Answers each path in turn; the last answer is said again and again."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, str]] = []  # path with its question, and User-Agent

    def say(self, path: str, *answers: Any) -> None:
        """Let a path be answered so; what is no `Answer` is the body of one."""
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a) for a in answers]

    def answer_to(self, path: str) -> Answer:
        """Return the next answer to a path, 404 where there is none."""
        left = self.answers.get(path, [Answer("finns inte", status=404)])
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def stub() -> Iterator[Stub]:
    """Yield a stand-in on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said.asked.append((unquote(self.path), self.headers["User-Agent"]))
            answer = said.answer_to(unquote(self.path.split("?")[0]))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    said = Stub(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield said
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """A clock that goes only while someone sleeps."""

    def __init__(self, now: datetime = NOON) -> None:
        self.at = now
        self.slept: list[float] = []

    def now(self) -> datetime:
        """Return what it shows."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Let so much time have passed."""
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


class Log:
    """Remembers the calls, as the log of fetches does."""

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []

    def past(self, source: str) -> list[datetime]:
        """Return when a source was asked."""
        return [each.at for each in self.attempts if each.source == source]


def line(said: Stub, clock: Clock, log: Log) -> Line:
    """Return a line to the stand-in."""
    return Line(
        municipality="Åmåls kommun",
        past=log.past,
        note=log.attempts.append,
        now=clock.now,
        sleep=clock.sleep,
        base_url=said.base_url,
    )
