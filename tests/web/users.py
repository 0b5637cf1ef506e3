"""A working day in five minutes: 200 people with different rights, and the machine killed twice.

Run as ``python -m tests.web.users 300 --out docs/reference/users.json``, and the same again under
``tools/with-postgresql``. Each person pauses 3–9 s between acts, and every fifth act is a write.
Whoever is cut off tries again after a pause as long, with the same key, as the queue of a phone
does. The day begins when the work of the first night is done.
"""

import argparse
import http.client
import json
import os
import random
import resource
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from benchmarks.circumstances import circumstances, files_of, fingerprint
from tests.ports import free_port

N_USERS, SEED = 200, 2026
PAUSE_S, SHARE_WRITTEN = (3.0, 9.0), 0.2
PATIENCE_S = 120
SINCE = date(2024, 1, 1)
# How many of each role, and for which organisation of the demo.
STAFF = (
    ("safety_host", "Trygghetsvärdarna", 70),
    ("field_worker", "Demofältarna", 30),
    ("housing_company", "Bostadsbolaget Exempel", 20),
    ("operative_coordinator", "Demosamverkan", 10),
    ("civil_society", "Demovandrarna", 20),
    ("police_liaison", "Demopolisen", 10),
    ("social_services", "Socialtjänsten i demon", 10),
    ("planner", "Plan och bygg i demon", 8),
    ("controller", "Ekonomi i demon", 4),
    ("chair", "Kommunstyrelsen", 4),
    ("analyst", "Samordningsfunktionen", 4),
    ("coordinator", "Samordningsfunktionen", 10),
)
READ_BY_ALL = (
    *("/", "/laget/", "/omraden/", "/omraden/0126-FLE/", "/omraden/0126-SKO/", "/veckan/"),
    *("/veckan/2026-46/", "/veckan/2026-46/mote/", "/veckan/atgarder/", "/notiser/"),
    *("/sok/?q=torg", "/samverkan/", "/samverkan/natverk/", "/nyckeltal/", "/lagesbilder/"),
)
READ_BY_REPORTERS = ("/rapportera/", "/rapportera/alla/")
DISTRICTS = ("0126-FLE", "0126-SKO", "0126-VAR", "0126-STU", "0126-SJO")
TEXTS = ("Klotter på gaveln.", "Trasig lampa vid gången.", "Skräp vid bänkarna.", "Hög musik.")
CODE = (
    "src/lykta/cli/serve.py",
    "src/lykta/project/server.py",
    "src/lykta/web/middleware.py",
    "src/lykta/infrastructure/access.py",
    "src/lykta/infrastructure/audit",
    "src/lykta/domain/partners/selectors/reach.py",
    "src/lykta/domain/events/services/reporting.py",
)


@dataclass(slots=True)
class User:
    """Someone who is logged in, and what she has seen."""

    role: str
    category: int  # of what she reports
    cookie: str
    token: str
    rng: random.Random
    reads: list[float] = field(default_factory=list)  # seconds
    writes: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    n_cut_off: int = 0
    sent: list[str] = field(default_factory=list)  # keys of reports
    accepted: list[str] = field(default_factory=list)


class Machine:
    """The server as one starts it, and as it dies when the power goes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.n_kills = 0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "lykta.cli", "serve", "--port", str(self.port)]
        return subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def kill(self) -> None:
        """Kill web and worker at once, and start them again."""
        for pid in _session_of(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.n_kills += 1
        self.process = self._start()

    def stop(self) -> None:
        """End it as one does."""
        self.process.terminate()
        self.process.wait(timeout=90)

    def ask(self, user: User | None, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Return the status and the body of an answer; OSError where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept": "application/json"} if body else {}
        if user:
            headers |= {"Cookie": user.cookie, "X-CSRFToken": user.token}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body=body or None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


def _session_of(leader: int) -> list[int]:
    """Return the processes that were started by one, and by those."""
    found = []
    for name in (path.name for path in Path("/proc").iterdir() if path.name.isdecimal()):
        with suppress(ProcessLookupError):
            if os.getsid(int(name)) == leader:
                found.append(int(name))
    return found


def measured(seconds: int, home: Path) -> dict[str, Any]:
    """Return how long the answers took, what was answered, and what the database holds after."""
    os.environ |= {"LYKTA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "lykta.project.settings"}
    _lykta("demo", home)
    import django

    django.setup()
    users = _people()
    machine = Machine()
    try:
        _wait_for(machine)
        _wait_for_the_night()
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.monotonic()
        _work(machine, users, until=started + seconds, kills=[seconds / 3, 2 * seconds / 3])
        lasted = time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
    finally:
        machine.stop()
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    reads = [each for user in users for each in user.reads]
    writes = [each for user in users for each in user.writes]
    return {
        "users": len(users),
        "seconds": round(lasted),
        "requests_a_second": round((len(reads) + len(writes)) / lasted, 1),
        "reads": _times(reads),
        "writes": _times(writes),
        "answers": dict(sum((user.answers for user in users), Counter())),
        "kills": machine.n_kills,
        "cut_off_and_tried_again": sum(user.n_cut_off for user in users),
        "load_generator_cpu_share_of_a_core": round(own / lasted, 2),
        **_kept(users),
    }


def _work(machine: Machine, users: list[User], *, until: float, kills: list[float]) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(len(users)) as pool:
        days = [pool.submit(_day, machine, user, until) for user in users]
        for moment in kills:
            time.sleep(max(0.0, started + moment - time.monotonic()))
            machine.kill()
        for day in days:
            day.result()


def _day(machine: Machine, user: User, until: float) -> None:
    """Act and pause until the time is out."""
    time.sleep(user.rng.uniform(0, PAUSE_S[1]))
    while time.monotonic() < until:
        if user.rng.random() < SHARE_WRITTEN:
            _write(machine, user)
        else:
            _read(machine, user)
        time.sleep(user.rng.uniform(*PAUSE_S))


def _read(machine: Machine, user: User) -> None:
    paths = READ_BY_ALL if user.role == "chair" else READ_BY_ALL + READ_BY_REPORTERS
    path = user.rng.choice(paths)
    status, seconds, _body = _tried(machine, user, "GET", path)
    user.reads.append(seconds)
    user.answers[f"{status}"] += 1
    if status != 200:
        user.answers[f"{status} {path}"] += 1


def _write(machine: Machine, user: User) -> None:
    """Report something, or mark all notices as read where one may not report."""
    if user.role == "chair":
        status, seconds, _body = _tried(machine, user, "POST", "/notiser/lasta/", "x=1")
    else:
        key, text = str(uuid4()), user.rng.choice(TEXTS).replace(" ", "+")
        user.sent.append(key)
        said = f"key={key}&other_category={user.category}&place=Demotorget&moment=now&same_as=new"
        body = f"{said}&description={text}"
        status, seconds, _body = _tried(machine, user, "POST", "/rapportera/", body)
        if status in (200, 201):
            user.accepted.append(key)
    user.writes.append(seconds)
    user.answers[f"{status}"] += 1


def _tried(
    machine: Machine, user: User, method: str, path: str, body: str = ""
) -> tuple[int, float, bytes]:
    """Return the answer and how long it took, asked again for as long as one is cut off."""
    give_up = time.monotonic() + PATIENCE_S
    while True:
        started = time.monotonic()
        try:
            status, said = machine.ask(user, method, path, body)
        except OSError:
            if time.monotonic() > give_up:
                raise
            user.n_cut_off += 1
            time.sleep(user.rng.uniform(*PAUSE_S))
            continue
        return status, time.monotonic() - started, said


def _people() -> list[User]:
    """Return 200 people of the demo's organisations, logged in; a third of them held to areas."""
    from django.conf import settings
    from django.test import Client

    from lykta.domain.events.models import Category
    from lykta.domain.partners.models import Membership, Organisation
    from lykta.domain.partners.rules import clearance_of
    from lykta.domain.places.models import Area
    from lykta.infrastructure.accounts.models import Account

    rng, users = random.Random(SEED), []
    category = Category.objects.get(code="GRAFFITI").pk
    areas = list(Area.objects.filter(code__in=DISTRICTS))
    for role, organisation, n in STAFF:
        for place in range(n):
            name = f"{role} {place}"
            account = Account.objects.create_user(f"{role}{place}@demo.example", name=name)
            membership = Membership.objects.create(
                account=account,
                organisation=Organisation.objects.get(name=organisation),
                role=role,
                clearance=clearance_of(role),
                starts_on=SINCE,
            )
            if rng.random() < 1 / 3:
                membership.areas.set(rng.sample(areas, 2))
            client = Client()
            client.force_login(account)
            session, token = client.cookies[settings.SESSION_COOKIE_NAME], secrets.token_hex(16)
            cookie = f"{session.key}={session.value}; {settings.CSRF_COOKIE_NAME}={token}"
            users.append(User(role, category, cookie, token, random.Random(rng.random())))
    return users


def _kept(users: list[User]) -> dict[str, Any]:
    """Return what became of the reports: accepted, lost, doubled, and whether the log is whole."""
    from django.db.models import Count

    from lykta.domain.events.models import Report
    from lykta.infrastructure.audit import services as audit

    sent = {key for user in users for key in user.sent}
    accepted = {key for user in users for key in user.accepted}
    rows = Report.objects.filter(key__in=sent)
    held = {str(key) for key in rows.values_list("key", flat=True)}
    steps = rows.annotate(n=Count("steps")).filter(n__lt=1).count()
    return {
        "reports_accepted": len(accepted),
        "reports_lost": len(accepted - held),
        "reports_doubled": rows.count() - len(held),
        "reports_half_written": steps,
        "audit_chain_is_whole": audit.verify() == [],
    }


def _times(seconds: list[float]) -> dict[str, int]:
    ordered = sorted(seconds)
    places = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    found = {name: round(1000 * ordered[int(q * len(ordered))]) for name, q in places.items()}
    return {"n": len(ordered)} | found | {"max_ms": round(1000 * ordered[-1])}


def _wait_for(machine: Machine) -> None:
    for _ in range(600):
        try:
            machine.ask(None, "GET", "/halsa/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not answer")


def _wait_for_the_night() -> None:
    """Wait until nothing is in line or due: what is done each night is done at the first start."""
    from django.utils import timezone
    from django_q.models import OrmQ, Schedule

    for _ in range(3):  # what is due is put in line a moment later
        due = Schedule.objects.filter(next_run__lte=timezone.now())
        while OrmQ.objects.exists() or due.exists():
            time.sleep(1)
        time.sleep(1)


def _lykta(*arguments: object) -> None:
    command = [sys.executable, "-m", "lykta.cli", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def sources() -> dict[str, Any]:
    """Return which files the result speaks of, and their SHA-256 taken together."""
    files = files_of(CODE)
    return {"files": files, "sha256": fingerprint(files)}


def main() -> None:
    """Measure, and write the result where one says so."""
    options = argparse.ArgumentParser(prog="python -m tests.web.users", description=__doc__)
    options.add_argument("seconds", type=int)
    options.add_argument("--out", type=Path, help="write the result as JSON")
    asked = options.parse_args()
    is_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    before = json.loads(asked.out.read_text()) if asked.out and asked.out.exists() else {}
    with TemporaryDirectory() as passing:
        name = "postgresql" if is_postgresql else "sqlite"
        found = {name: measured(asked.seconds, Path(passing) / "home")}
    if before.get("sources") == sources():
        found = before["databases"] | found  # the other database, of the same code
    result = circumstances() | {"databases": found, "sources": sources()}
    print(json.dumps(result, indent=1))  # noqa: T201 - run by hand
    if asked.out:
        asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
