"""Swedish order and search, on whichever database the tests run."""

import random

import pytest

from lykta.domain.partners.models import Organisation
from lykta.infrastructure import collation

pytestmark = pytest.mark.django_db
IN_ORDER = [
    *("Ada", "ada b", "Bo", "Bö", "Cesar", "Ulla", "Viktor", "Wilma", "Yngve", "Zäta"),
    *("Åbo", "Åke", "Älgen", "Ängen", "Öland", "Österby"),
]


def make(names: list[str]) -> None:
    Organisation.objects.bulk_create(Organisation(name=name, kind="other") for name in names)


def test_names_come_in_swedish_order():
    make(random.Random(1).sample(IN_ORDER, len(IN_ORDER)))

    rows = Organisation.objects.order_by(collation.in_swedish("name"))

    assert [row.name for row in rows] == IN_ORDER


def test_the_key_in_python_gives_the_same_order():
    assert (
        sorted(random.Random(2).sample(IN_ORDER, len(IN_ORDER)), key=collation.sort_key) == IN_ORDER
    )


@pytest.mark.parametrize("text", ["ÅKE", "åke", "Åk", "KE"])
def test_search_takes_small_and_capital_alike(text: str):
    make(["Åke", "Ake"])

    found = {row.name for row in Organisation.objects.filter(name__mentions=text)}

    assert "Åke" in found
    assert ("Ake" in found) == (text == "KE")


@pytest.mark.parametrize("text", ["100%", "a_b", "\\", "'"])
def test_signs_that_mean_something_in_sql_mean_themselves(text: str):
    make([f"x{text}y", "x100y", "xaby"])

    found = [row.name for row in Organisation.objects.filter(name__mentions=text)]

    assert found == [f"x{text}y"]
