"""What browsers keep: nothing of one who is logged in, and no sentence in a cookie."""

import pytest
from django.test import Client
from tests import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/administration/", "/api/omraden/", "/finns-inte/"])
def test_no_page_of_one_who_is_logged_in_is_kept(enter, path):
    assert "no-store" in enter("amina").get(path).headers["Cache-Control"]


def test_what_is_made_for_all_may_be_kept_as_it_says(enter):
    assert enter("amina").get("/rapportera/sw.js").headers["Cache-Control"] == "no-cache"


def test_what_is_said_once_stands_in_no_cookie(enter):
    amina = enter("amina")

    amina.post("/notiser/kalender/", {"ta-bort": "1"})

    assert "borttagen" not in str(amina.cookies)
    assert "borttagen" in amina.get("/notiser/").content.decode()


def test_the_login_is_kept_by_nobody_either():
    people.account("amina")

    assert "no-store" in Client().get("/logga-in/").headers["Cache-Control"]
