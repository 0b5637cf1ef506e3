"""What someone may not see changes nothing of what she is shown, and costs as what is missing."""

import re
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import people
from tests.conftest import _kept
from tests.domain.events import told
from tests.domain.places.conftest import TODAY
from tests.web.addresses import addresses
from tests.web.matrix import CONTENT, FINE, MATRIX, MISSING
from tests.web.test_access import in_form, known_ids, path_of

from lykta.domain.events.models import Event
from lykta.domain.events.services import Where, accept
from lykta.domain.partners.models import Membership, Organisation
from lykta.domain.partners.rules import Role
from lykta.domain.places.models import Area, Place
from lykta.infrastructure.access import Confidentiality
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.notifications.services import notify

UNROUTED = "BIKE_THEFT"  # no rule sends it to one of the cast
SECRET = "Silverlind"  # stands in every hidden row that has words
N_OBJECTS = 20  # so many addresses of single things, at the least, are hidden from each
# How many organisations there are is no secret of a meeting, that all of them are asked to; and a
# letter is written anew each time it is asked for.
SHARED = ("meetings:meeting", "meetings:letter-file")
# One of each that the table of roles tells apart (`lykta.domain.partners.rules.MATRIX`).
UNLIKE = ("harriet", "vera", "sonja", "ekon", "pelle", "kerstin", "leo", "drift")
# Who is let in for some areas only (product: "own areas").
HELD = ("harriet", "vera")
HIDDEN_SERIES = f"""nyckeltal;titel;period;område;värde;n;enhet;källa;tema;räknar;sällsynt;status
egen:dold;{SECRET};2023;9999;70,5;812;procent;{SECRET};trygghet;svar;;
"""
PLACES = f"kod;namn;slag;bostad;x;y\nH1;{SECRET}parken;park;nej;600500;6600500\n"
KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
FRESH = (
    (r'name="csrfmiddlewaretoken" value="\w+"', "token"),
    (r'"token": "\w+"', "token"),
    (KEY, "key"),
    (r'name="(opened|written_at)" value="[^"]*"', "moment"),
    (r"\d+ poster, slutet", "log"),  # who runs the machines is told how long the log is
    (r"/(CreationDate|ModDate|ID).*", ""),
)


def shown_to(client, name):
    """Return what every address shows to one of the cast, without what is new each time."""
    pages = {}
    for path in sorted({*_paths(name, known_ids())}):
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        headers = {name: said for name, said in answer.headers.items() if name != "Expires"}
        pages[path] = (answer.status_code, headers, _settled(body))
    return pages


def _paths(name, ids):
    for address in addresses():
        line = MATRIX.get(address.name)
        if line and line.answers.get("GET") == FINE and name in line.may["GET"]:
            for form in line.forms or ("",):
                if form != "docx" and address.name not in SHARED:  # a zip file has the moment in it
                    yield in_form(path_of(address, ids), form)
    if name in CONTENT:
        yield f"/sok/?q={SECRET}"
        yield f"/omraden/platser.json?q={SECRET}"
        yield f"/api/omraden/platser?q={SECRET}"
        yield "/laget/?visa=sexhorningar&fran=2026-v40&till=2026-v46"
        yield "/api/lagesbilder/"


def _settled(body):
    text = body.decode("utf-8", errors="replace")
    for fresh, plain in FRESH:
        text = re.sub(fresh, plain, text)
    return text


def hide(name, places, indicators, *, is_held):
    """Add rows of each kind that one of the cast may not see."""
    other = "pelle" if name == "vera" else "vera"
    is_cleared = name in ("amina", "leo", "kerstin")
    if name != "amina":
        for _ in range(9):
            told.reported(other, code=UNROUTED, description=SECRET, where=Where(text=SECRET))
        notify("events.waits", subject="1", to=[people.account(other).pk], key=SECRET)
    if is_held:
        point = {"lon": _in_the_east().lon, "lat": _in_the_east().lat}
        rows = [told.reported(other, description=SECRET, where=Where(**point)) for _ in range(9)]
        accept(told.reach("amina"), rows, now=told.NOW)
    if not is_cleared:
        indicators(HIDDEN_SERIES, name="dold.csv", confidentiality="municipality")
        _hide_events(Confidentiality.MUNICIPALITY)
        _hide_place(places)
    if name not in ("amina", "drift"):
        _hide_member()


def _in_the_east():
    return Event.objects.filter(area__code="9999-OST").exclude(lon=None).latest("first_day")


def _hide_events(level):
    """Double the events of the last weeks, at another confidentiality."""
    for row in Event.objects.current().filter(first_day__gte=TODAY.replace(month=9)):
        row.pk, row.key, row.confidentiality = None, f"{row.key}-dold", level
        row.save()
    columns.touch("events", [str(TODAY.year)])
    columns.keep_up("events")


def _hide_place(places):
    places("places", "dolda.csv", PLACES, crs="EPSG:3006")
    Place.objects.filter(code="H1").update(confidentiality=Confidentiality.MUNICIPALITY)
    for kept in _kept():
        kept.cache_clear()


def _hide_member():
    account = Account.objects.create_user("dold@example.org", name=SECRET)
    organisation = Organisation.objects.create(name=SECRET, kind="other")
    Membership.objects.create(
        account=account, organisation=organisation, role=Role.PLANNER, clearance="partners",
        starts_on=people.SINCE,
    )  # fmt: skip


def _first(before, after):
    """Return where two answers first differ."""
    pairs = zip(before[2].splitlines(), after[2].splitlines(), strict=False)
    return next(((a.strip()[:150], b.strip()[:150]) for a, b in pairs if a != b), ("more", "lines"))


TWINS = [*((name, False) for name in UNLIKE), *((name, True) for name in HELD)]


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize(("name", "is_held"), TWINS)
def test_hidden_rows_change_nothing_of_what_is_shown(
    on_paper, triaged, places, indicators, enter, name, is_held
):
    client = enter(name)
    people.account("pelle" if name == "vera" else "vera")
    if is_held:
        # What source there is, is told to all: its name is in the choices of Läget.
        accept(told.reach("amina"), [told.reported("leo")], now=told.NOW)
        held = Membership.objects.get(account=people.account(name))
        held.areas.set([Area.objects.get(code="9999-ASA")])
    before = shown_to(client, name)

    hide(name, places, indicators, is_held=is_held)

    after = shown_to(client, name)
    told_of = [
        (path, *_first(before[path], after[path])) for path in before if before[path] != after[path]
    ]
    assert not told_of, "\n".join(map(str, told_of))
    assert [
        path for path, page in after.items() if SECRET in str(page) and "/sok/" not in path
    ] == []


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("name", ["pelle", "harriet", "vera", "kerstin", "leo", "drift"])
def test_what_is_hidden_takes_as_many_queries_as_what_is_missing(triaged, enter, name):
    client, ids = enter(name), known_ids()
    client.get("/konto/")  # what everyone reaches is asked once, whatever is asked for

    costs = [
        (address.name, method, hidden, _cost(client, method, _of_nothing(path_of(address, ids))))
        for address in addresses()
        if address.name in MATRIX and re.search("<(pk|key)>", address.route)
        for method in MATRIX[address.name].may
        for hidden in [_cost(client, method, path_of(address, ids))]
        if hidden[0] == MISSING
    ]

    assert len(costs) > N_OBJECTS
    assert [each for each in costs if each[2] != each[3]] == []


def _of_nothing(path):
    """Return the address of a thing that there is none of."""
    if re.search(KEY, path):
        return re.sub(KEY, str(uuid4()), path)
    return re.sub(r"(?<=/)\d+(?=/|\.|$)", "987654", path, count=1)


def _cost(client, method, path):
    """Return the status of an answer, and how many queries it took."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            status = getattr(client, method.lower())(path).status_code
        transaction.set_rollback(True)
    return status, len(asked)
