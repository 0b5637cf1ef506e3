"""Templates of answers are filled in, and say what could be said more plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import people
from tests.domain.events.told import reach, reported

from lykta.domain.events import selectors, services
from lykta.domain.events.models import AnswerTemplate, Category
from lykta.domain.events.rules import wording
from lykta.domain.events.services import load_categories
from lykta.domain.events.services.answering import BadPlaceholder
from lykta.domain.events.services.screening import PersonalData
from lykta.infrastructure.access import Refused


@pytest.fixture
def town(places):
    load_categories()


def template(name="Tack", text="Tack.", *, kind="", **values) -> AnswerTemplate:
    category = Category.objects.get(code=kind) if kind else None
    return services.save_template(reach("amina"), name=name, text=text, category=category, **values)


@pytest.mark.django_db
def test_what_is_open_is_filled_in_from_the_report_in_both_languages(town):
    template(
        text="Tack. {kategori} vid {plats} den {dag} tas bort.",
        text_en="Thank you. {kategori} at {plats} on {dag} will be removed.",
    )

    (answer,) = selectors.answers_to(reach("amina"), reported())

    assert answer.text("sv") == "Tack. klotter vid Provtorget den 24 november 2026 tas bort."
    assert answer.text("en") == (
        "Thank you. graffiti at Provtorget on 24 November 2026 will be removed."
    )


@pytest.mark.django_db
def test_what_has_no_english_is_given_in_swedish(town):
    template(text="Tack.")

    (answer,) = selectors.answers_to(reach("amina"), reported())

    assert answer.text("en") == "Tack."


@pytest.mark.django_db
def test_those_of_the_kind_and_its_family_come_first_and_others_not_at_all(town):
    template("alla", order=1)
    template("släkt", kind="DAMAGE", order=3)
    template("slag", kind="GRAFFITI", order=2)
    template("annat", kind="DARK", order=1)

    found = selectors.answers_to(reach("amina"), reported())

    assert [each.name for each in found] == ["slag", "släkt", "alla"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Hej {namn}", "Hej {plats", "Hej plats}", "{}", "{{plats}}"])
def test_braces_that_nothing_is_filled_into_are_refused(town, text):
    with pytest.raises(BadPlaceholder):
        template(text=text)
    with pytest.raises(BadPlaceholder):
        template(text_en=text)


@pytest.mark.django_db
def test_a_template_tells_of_no_person(town):
    with pytest.raises(PersonalData):
        template(text="Ring 070-174 06 05")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in people.CAST if name != "amina"])
def test_only_the_coordination_function_reads_and_writes_templates(town, name):
    row, told = template(), reported()

    for act in (
        lambda: services.save_template(reach(name), name="x", text="x"),
        lambda: services.remove_template(reach(name), row),
        lambda: selectors.answers_to(reach(name), told),
        lambda: selectors.answer_templates(reach(name)),
    ):
        with pytest.raises(Refused):
            act()


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_filled_in_is_filled_in_once_and_the_rest_stands(text, value):
    filled = wording.filled(f"{text}|{{plats}}", {"plats": value})

    assert filled.endswith(f"|{value}")
    if not wording.unknown_placeholders(text) and "{" not in text:
        assert filled == f"{text}|{value}"


def test_a_value_with_braces_is_not_filled_in_again():
    assert wording.filled("{plats}", {"plats": "{dag}", "dag": "x"}) == "{dag}"


def test_a_sentence_of_twenty_five_words_is_not_long_and_one_more_is():
    short, long = " ".join(["ord"] * 25) + ".", " ".join(["ord"] * 26) + "."

    assert wording.hints(short) == []
    assert [hint.n_words for hint in wording.hints(f"{short} {long}")] == [26]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Vi återkommer avseende lampan.", "om"),
        ("VEDERBÖRANDE är underrättad.", "den"),
        ("Åtgärd vidtas i dag.", "görs"),
    ],
)
def test_officialese_is_answered_with_plain_words(text, instead):
    assert [hint.instead for hint in wording.hints(text)] == [instead]


@given(st.text(max_size=300))
def test_hints_never_stop_anyone_and_never_name_what_is_not_there(text):
    assert all(hint.said.split()[0] in text for hint in wording.hints(text))
