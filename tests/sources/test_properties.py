"""What holds for any content of a file."""

from contextlib import suppress
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.samples import csv_text

from lykta.infrastructure.errors import LyktaError
from lykta.sources.reading import read_events
from lykta.sources.rejecting import has_personal_number

FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = st.text(
    st.characters(exclude_characters='";\r\n\0\ufffd\ufeff', codec="utf-8"), max_size=12
)


@FEW
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=20))
def test_every_row_is_accepted_or_rejected(tmp_path, rows):
    path = tmp_path / "any.csv"
    path.write_text(csv_text(("tid", "typ"), rows), encoding="utf-8", newline="")

    passport = read_events([path]).passport

    assert passport.n_accepted + passport.n_rejected == passport.n_read == len(rows)


@FEW
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused_in_words(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(b"tid;typ\n" + content)

    with suppress(LyktaError):
        passport = read_events([path]).passport
        assert passport.n_accepted + passport.n_rejected == passport.n_read


@FEW
@given(
    st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2099, 1, 1)),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+01:00", "%d.%m.%Y %H:%M:%S"]),
)
def test_a_time_comes_back_as_it_was_written(tmp_path, moment, form):
    path = tmp_path / "time.csv"
    path.write_text(f"tid;typ\n{moment.strftime(form)};a\n", encoding="utf-8")

    assert read_events([path]).starts_at[0].item() == moment.replace(microsecond=0)


@given(st.text(alphabet="0123456789", min_size=1, max_size=9))
def test_short_numbers_are_never_taken_for_persons(text):
    assert not has_personal_number(text)
