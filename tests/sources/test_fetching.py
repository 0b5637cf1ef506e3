"""Asking an outside source: politely, patiently, and never where it is not safe."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.sources.stub import NOON, Answer, Clock, Log, line, stub

from lykta.infrastructure.errors import LyktaError
from lykta.sources import fetching
from lykta.sources.fetching import Outside, RateRule, fetch, text_of
from lykta.sources.kolada.live import KOLADA
from lykta.sources.police.live import POLICE
from lykta.sources.statistics_sweden.live import STATISTICS_SWEDEN

ANY = Outside("x", "Källan", "https://example.org", RateRule(), "CC0", "Källa: x")


@pytest.fixture
def said():
    with stub() as made:
        yield made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def ask(said, clock, log):
    def asked(path="svar", *, outside=ANY, **how):
        return fetch(outside, path, line=line(said, clock, log), what="allt", **how)

    return asked


def code_of(ask, *arguments, **how) -> str:
    with pytest.raises(LyktaError) as caught:
        ask(*arguments, **how)
    return caught.value.code


def test_an_answer_comes_with_all_that_must_be_known_of_it(said, ask):
    said.say("/svar", "[1]")

    payload = ask()

    assert (payload.content, payload.http_status, payload.retrieved_at) == (b"[1]", 200, NOON)
    assert (payload.licence, payload.attribution) == ("CC0", "Källa: x")
    assert payload.sha256 == "080a9ed428559ef602668b4c00f114f1a11c3f6b02a435f0bdc154578e4d7f22"


def test_the_source_is_told_who_asks(said, ask):
    said.say("/svar", "[]")

    ask()

    assert said.asked[0][1].startswith("lykta/")
    assert said.asked[0][1].endswith("(Amals kommun)")


def test_403_is_not_asked_again(said, ask, log):
    said.say("/svar", Answer(status=403))

    assert code_of(ask) == "source-refused"
    assert [each.http_status for each in log.attempts] == [403]


def test_404_is_for_ever(said, ask, log):
    assert code_of(ask, "borta") == "source-lacks"
    assert len(log.attempts) == 1


def test_another_refusal_is_not_asked_again(said, ask, log):
    said.say("/svar", Answer(status=400))

    assert code_of(ask) == "source-failed"
    assert len(log.attempts) == 1


def test_429_is_waited_out_as_long_as_it_says(said, ask, clock):
    said.say("/svar", Answer(status=429, headers={"Retry-After": "37"}), "[]")

    assert ask().content == b"[]"
    assert clock.slept == [37]


def test_a_time_to_come_back_may_be_a_date(said, ask, clock):
    when = "Tue, 24 Nov 2026 12:00:50 GMT"
    said.say("/svar", Answer(status=429, headers={"Retry-After": when}), "[]")

    ask()

    assert clock.slept == [50]


def test_a_long_wait_is_left_for_another_time(said, ask, clock):
    said.say("/svar", Answer(status=429, headers={"Retry-After": "3600"}))

    assert code_of(ask) == "source-busy"
    assert clock.slept == []


def test_500_and_then_200_is_an_answer(said, ask, log):
    said.say("/svar", Answer(status=500), "[2]")

    assert ask().content == b"[2]"
    assert [each.http_status for each in log.attempts] == [500, 200]


def test_the_waits_grow_and_end(said, ask, clock, log):
    said.say("/svar", Answer(status=503))

    assert code_of(ask) == "source-failed"
    assert clock.slept == [2, 4, 8]
    assert len(log.attempts) == fetching.N_TRIES


def test_no_contact_is_said_without_more(said, clock, log):
    nowhere = replace(line(said, clock, log), base_url="http://127.0.0.1:9")

    with pytest.raises(LyktaError, match="ingen kontakt"):
        fetch(ANY, "svar", line=nowhere, what="allt")


@pytest.mark.parametrize("body", [b"", b"  \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_answer_is_refused(said, ask, body):
    said.say("/svar", Answer(body))

    assert code_of(ask) == "source-empty"


def test_too_large_an_answer_is_refused(said, ask, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 10)
    said.say("/svar", "x" * 11)

    assert code_of(ask) == "source-empty"


def test_a_byte_order_mark_is_no_part_of_the_text(said, ask):
    said.say("/svar", Answer(b"\xef\xbb\xbf[3]"))

    assert text_of(ask()) == "[3]"


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("", "http://example.org/svar"),
        ("", "https://example.com/svar"),
        ("http://example.org", "svar"),
        ("", "ftp://example.org/svar"),
    ],
)
def test_only_https_and_only_the_sources_own_site(said, clock, log, base_url, path):
    there = replace(line(said, clock, log), base_url=base_url)

    with pytest.raises(LyktaError) as caught:
        fetch(ANY, path, line=there, what="allt")

    assert caught.value.code == "unsafe-address"
    assert log.attempts == []


def test_another_site_is_not_followed_to(said, ask):
    said.say("/svar", Answer(status=302, headers={"Location": "http://127.0.0.2:9/"}))

    assert code_of(ask) == "source-failed"


def test_another_page_of_the_site_is_followed_to(said, ask):
    said.say("/svar", Answer(status=302, headers={"Location": "/annan"}))
    said.say("/annan", "[4]")

    assert ask().content == b"[4]"


def test_a_question_keeps_its_brackets(said, ask):
    said.say("/svar", "[]")

    ask(parameters=[("valueCodes[Tid]", "top(5)")])

    assert said.asked[0][0] == "/svar?valueCodes[Tid]=top(5)"


def test_calls_keep_their_distance(said, ask, clock):
    said.say("/svar", "[]")

    for _ in range(3):
        ask(outside=replace(ANY, rule=RateRule(min_gap_s=10)))

    assert clock.slept == [10, 10]


def test_what_is_asked_too_often_is_asked_later(said, ask, clock, log):
    said.say("/svar", "[]")
    hourly = replace(ANY, rule=RateRule(per_hour=2))

    ask(outside=hourly)
    ask(outside=hourly)

    assert code_of(ask, outside=hourly) == "source-busy"
    clock.sleep(3600)
    assert ask(outside=hourly).content == b"[]"


@pytest.mark.parametrize(
    ("rule", "seconds_ago", "wait"),
    [
        (RateRule(), [1], 0),
        (RateRule(min_gap_s=10), [], 0),
        (RateRule(min_gap_s=10), [4, 60], 6),
        (RateRule(min_gap_s=10), [11], 0),
        (RateRule(per_hour=2), [30, 3000], 600),
        (RateRule(per_hour=2), [30, 3601], 0),
        (RateRule(min_gap_s=10, per_day=2), [4, 86000], 400),
    ],
)
def test_the_wait_is_what_the_rule_leaves(rule, seconds_ago, wait):
    past = [NOON - timedelta(seconds=each) for each in seconds_ago]

    assert rule.wait_s(past, now=NOON) == wait


def test_the_rules_are_those_of_the_sources():
    assert POLICE.rule == RateRule(min_gap_s=10, per_hour=60, per_day=1440)
    assert KOLADA.rule.min_gap_s >= 1
    assert 30 * STATISTICS_SWEDEN.rule.min_gap_s >= 10
