"""Läget as numbers: counted by hand, for each reader what she may see, and as of a day."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests import people
from tests.domain.events.reports import LAST_WEEK, line, weekly
from tests.domain.places.conftest import TODAY

from lykta.analysis.rates import compare_counts
from lykta.domain.events import selectors
from lykta.domain.events.models import Category, Event, Source
from lykta.domain.events.selectors import Asked, Situation
from lykta.domain.events.selectors.choices import sharing
from lykta.domain.events.services import change_category
from lykta.domain.partners.models import Membership
from lykta.domain.partners.selectors import reach_of
from lykta.domain.places import selectors as places
from lykta.domain.places.models import Area
from lykta.infrastructure.access import NOBODY, SYSTEM, Confidentiality, Reach, Refused

ASA, OST = "9999-ASA", "9999-OST"
SMALL = "9999A0010"


def found(
    reach: Reach = SYSTEM,
    *,
    weeks: int = 4,
    last: date = LAST_WEEK,
    on: date = TODAY,
    has_early: bool = False,
    **asked,
) -> Situation:
    """Return what may be said of so many weeks up to one."""
    wide = places.widened(reach, as_of=on)
    return selectors.situation(
        wide,
        Asked(last - timedelta(weeks=weeks - 1), last, **asked),
        as_of=on,
        rows=places.areas(wide, as_of=on),
        there=selectors.known(wide, as_of=on),
        has_early=has_early,
    )


def reach(name: str, *areas: str) -> Reach:
    """Return what one of the cast may see, held to some areas."""
    account = people.account(name)
    for membership in Membership.objects.filter(account=account):
        membership.areas.set(Area.objects.filter(code__in=areas))
    return reach_of(account.pk, on=TODAY)


def of(division, code: str, values) -> float:
    """Return the value of one area."""
    return float(values[division.keys.index(Area.objects.get(code=code).pk)])


def test_counts_and_what_was_expected_are_those_counted_by_hand(report):
    report(*weekly(60, {ASA: 3, OST: 1}))

    now = found()

    assert now.total.changes.count.tolist() == [16]
    assert now.total.expected.tolist() == [16]
    assert (len(now.before), now.n_undated, now.n_without_area) == (48, 0, 0)
    for code, n in ((ASA, 12), (OST, 4)):
        assert of(now.districts, code, now.districts.changes.count) == n
        assert of(now.districts, code, now.districts.expected) == n


def test_the_ratio_and_its_interval_are_those_of_two_counts(report):
    old = weekly(48, {ASA: 2}, last=LAST_WEEK - timedelta(weeks=4), prefix="O")
    report(*old, *weekly(4, {ASA: 5}, prefix="N"), line("first", when="2025-11-01"))

    changes = found().total.changes

    expected = compare_counts(
        [20], [96], exposure_after=4, exposure_before=48, dispersion=changes.dispersion
    )
    assert (changes.count[0], changes.before[0]) == (20, 96)
    for name, values in expected.columns().items():
        assert getattr(changes, name) == pytest.approx(values)
    assert changes.ratio[0] == pytest.approx((20 / 4) / (96 / 48))


def test_last_year_is_a_yardstick_of_the_same_weeks(report):
    year_ago = LAST_WEEK - timedelta(weeks=52)
    report(
        *weekly(104, {OST: 1}, prefix="A"),
        *weekly(4, {ASA: 2}, last=year_ago, prefix="B"),
        *weekly(4, {ASA: 7}, prefix="C"),
    )

    now = found(is_against_last_year=True)

    assert (now.before[0], len(now.before)) == (selectors.week_number(year_ago) - 3, 4)
    assert now.total.changes.before.tolist() == [4 + 8]
    assert now.total.changes.count.tolist() == [4 + 28]


@pytest.mark.parametrize(
    ("n_weeks", "is_last_year", "n_before"),
    [(9, False, 4), (8, False, 0), (60, False, 48), (56, True, 0), (57, True, 4)],
)
def test_too_short_a_past_gives_nothing_to_expect(report, n_weeks, is_last_year, n_before):
    report(*weekly(n_weeks, {ASA: 2}))

    now = found(is_against_last_year=is_last_year)

    assert len(now.before) == n_before
    assert bool(np.isnan(now.total.expected[0])) is (n_before == 0)
    assert now.total.changes.count.tolist() == [8]


def test_what_is_known_only_to_a_month_is_counted_apart(report):
    report(line("A"), line("B", when="2026-11"), line("C", when="2026-09"), line("D", when="2025"))

    now = found()

    assert (now.total.changes.count[0], now.n_undated) == (1, 1)


def test_an_interval_of_a_few_days_counts_in_the_week_of_its_middle(report):
    report(
        line("A", when="2026-11-13", to="2026-11-17"), line("B", when="2026-11-14", to="2026-11-18")
    )

    assert found(weeks=1).total.changes.count[0] == 1


def test_what_has_no_area_is_counted_for_the_whole_only(report):
    report(line("A", at=None), line("B"))

    now = found()

    assert (now.total.changes.count[0], now.n_without_area) == (2, 1)
    assert np.nansum(now.districts.changes.count) == 1


def test_a_withheld_count_is_one_and_what_is_unseen_is_told(report):
    report(line("", when="2026-11-18", at=None, count="<5"), line("", when="2026-11-18", count=2))

    now = found()

    assert (now.total.changes.count[0], now.n_unseen) == (3, 3)


def test_what_an_organisation_keeps_to_itself_counts_for_it_alone(report):
    report(line("E1"), line("E2"))
    police = people.account("pelle").memberships.get().organisation
    own = {"confidentiality": Confidentiality.OWN, "organisation": police}
    Event.objects.filter(key="id:E2").update(**own)

    counts = [found(reach(name), weeks=1).total.changes.count[0] for name in ("leo", "pelle")]

    assert counts == [1, 2]


def test_all_who_see_the_same_events_share_what_is_kept(report):
    report(line("E1"), line("E2"))
    reaches = {name: reach(name) for name in ("vera", "farid", "pelle", "leo")}

    shared = {name: sharing(each) for name, each in reaches.items()}

    assert len(set(reaches.values())) == 4
    assert shared["vera"] == shared["farid"]
    assert shared["vera"] != shared["leo"]


def test_the_last_week_is_judged_alone_where_that_is_asked_for(report):
    before = LAST_WEEK - timedelta(weeks=1)
    report(
        *weekly(159, {ASA: 3, OST: 3}, last=before, prefix="A"),
        *weekly(1, {ASA: 3, OST: 33}, category="Våld och hot", prefix="B"),
    )

    told = found(has_early=True).early

    assert [(rise.subject, rise.count) for rise in told.rises] == [("category", 36), ("area", 33)]
    assert told.rises[1].key == Area.objects.get(code=OST).pk
    assert found().early is None


def test_weeks_that_have_not_ended_are_refused(report):
    report(line())

    with pytest.raises(ValueError, match="has not ended"):
        found(last=LAST_WEEK + timedelta(weeks=1))


@pytest.mark.parametrize("who", [NOBODY, "drift", "cleo"])
def test_those_who_may_not_count_are_refused(report, who):
    report(line())

    with pytest.raises(Refused):
        selectors.situation(
            who if who is NOBODY else reach(who), Asked(LAST_WEEK, LAST_WEEK), as_of=TODAY,
            rows=(), there=selectors.Known(1, TODAY, TODAY),
        )  # fmt: skip


def test_a_partner_sees_no_small_count_of_a_small_area_and_staff_do(report):
    report(*(line(f"A{n}", at=(500, 500)) for n in range(3)))
    report(*(line(f"B{n}", at=(1500, 500)) for n in range(40)))

    partner, staff = found(reach("harriet")), found(reach("amina"))

    assert (partner.audience, staff.audience) == ("partners", "staff")
    assert np.isnan(partner.small_areas.changes.count).all()  # the other hidden with it
    assert of(partner.districts, ASA, partner.districts.changes.count) == 43
    assert sorted(staff.small_areas.changes.count.tolist()) == [3, 40]


@pytest.mark.parametrize(
    ("areas", "n"), [((), 12), ((ASA,), 8), ((OST,), 4), ((SMALL,), 4), ((SMALL, OST), 8)]
)
def test_each_reach_sees_the_events_of_its_areas_only(report, areas, n):
    report(*weekly(4, {OST: 1}))
    report(*(line(f"A{k}", at=(500, 500)) for k in range(4)))
    report(*(line(f"B{k}", at=(1500, 1500)) for k in range(4)))

    assert found(reach("vera", *areas)).total.changes.count[0] == n


def test_each_filter_leaves_what_it_names(report):
    report(line("A"), line("B", kind="Buller"), line("C", at=(3000, 500)))
    report(line("D"), reliability="heard")
    area = {code: Area.objects.get(code=code).pk for code in (ASA, OST, "9999-L1")}
    kind = {code: Category.objects.get(code=code).pk for code in ("DAMAGE", "NOISE")}

    asked = (
        [{"area": key} for key in area.values()]
        + [{"category": key} for key in kind.values()]
        + [{"reliability": "heard"}, {"source": Source.objects.get().pk}, {"source": 0}]
    )

    assert [found(**one).total.changes.count[0] for one in asked] == [3, 1, 3, 3, 1, 1, 4, 0]


def test_a_day_of_the_past_has_its_own_answer(report):
    report(*weekly(20, {ASA: 2}))
    past = LAST_WEEK - timedelta(weeks=8)

    then = found(last=past, on=past + timedelta(days=6))

    assert then.known.last_day == date(2026, 9, 23)
    assert (then.known.n_events, selectors.known(SYSTEM, as_of=TODAY).n_events) == (24, 40)
    assert (then.total.changes.count[0], found().total.changes.count[0]) == (8, 8)
    assert found(last=past).total.changes.count[0] == 8


def test_borders_of_the_day_asked_about_divide_the_events(town, report):
    report(*weekly(4, {OST: 2}))
    before = found()

    town("areas", "bort.csv", "kod;namn;slag\n9999-OST;Östra;kommundel\n",
         valid_from=date(2026, 11, 20), is_ended=True)  # fmt: skip

    assert len(before.districts.keys) == 2
    assert len(found().districts.keys) == 1
    assert len(found(on=date(2026, 11, 22), last=date(2026, 11, 9)).districts.keys) == 1
    assert len(found(on=date(2026, 11, 19), last=date(2026, 11, 9)).districts.keys) == 2


def test_a_town_without_events_is_known_to_have_none(town):
    assert selectors.known(SYSTEM, as_of=TODAY) == selectors.Known(0, None, None)


def test_a_correction_is_counted_as_soon_as_it_is_read_in(report):
    report(line("A"), line("B"))
    before = found().total.changes.count[0]

    report(line("A", when="2026-09-01"))

    assert (before, found().total.changes.count[0]) == (2, 1)


def test_a_category_is_called_what_it_is_called_now_and_counted_where_it_belongs_now(report):
    home = Category.objects.create(code="hemvist", name="Hemvist")
    row = Category.objects.create(code="kvar", name="Kvar", words=["kvar"])
    report(*weekly(12, {ASA: 1}, category="kvar"))
    assert found().categories.keys == (row.pk,)

    change_category(SYSTEM, row, name="Helt annat", parent=home)

    assert found().categories.keys == (home.pk,)
    names = {each.pk: each.name for each in selectors.categories(SYSTEM)}
    assert names[row.pk] == "Helt annat"
