"""The register of places on its page, as suggestions, on the page of an area, and in the search."""

import pytest

HERE = {"lon": "16.77", "lat": "59.52"}


@pytest.fixture
def amina(filled, enter):
    """Return a co-ordinator, who may read files in."""
    return enter("amina")


@pytest.fixture
def vera(filled, enter):
    """Return one who walks the streets."""
    return enter("vera")


def suggested(client, **asked):
    """Return what is suggested, by name."""
    answer = client.get("/omraden/platser.json", asked).json()
    return {place["name"]: place for place in answer["places"]}


def test_what_is_typed_is_answered_with_names_and_areas(vera):
    park = suggested(vera, q="lyktparkn")["Lyktparken"]

    assert (park["code"], park["kind"], park["kind_label"]) == ("P1", "park", "park")
    assert park["areas"] == ["Åsa 10", "Åsa", "Höjden"]
    assert park["lon"] == pytest.approx(16.77, abs=0.05)


def test_a_dwelling_has_its_point_for_those_who_read_files_in_only(amina, vera):
    assert suggested(amina, q="lyktvägen")["Lyktvägen 4"]["lon"] is not None
    assert suggested(vera, q="lyktvägen")["Lyktvägen 4"]["lon"] is None


def test_without_a_text_the_nearest_places_are_suggested(vera):
    park = suggested(vera, q="lyktparken")["Lyktparken"]

    assert list(suggested(vera, lon=park["lon"], lat=park["lat"])) == ["Lyktparken"]


@pytest.mark.parametrize(
    "asked", [{}, {"q": " "}, {"lon": "x", "lat": "1"}, {"lon": "nan", "lat": "inf"}, {"lon": "1"}]
)
def test_a_question_that_says_nothing_is_answered_with_nothing(vera, asked):
    assert suggested(vera, **asked) == {}


def test_the_page_finds_without_javascript(vera):
    page = vera.get("/omraden/platser/", {"q": "lyktparkn"}).content.decode()

    assert "Lyktparken" in page
    assert "Lyktvägen 4" not in page
    assert "<caption>Platser med slag" in page


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [({"slag": "park"}, True), ({"slag": "stop"}, False), ({"omrade": "9999-OST"}, False)],
)
def test_the_page_shows_one_kind_or_area(vera, asked, is_there):
    page = vera.get("/omraden/platser/", asked).content.decode()

    assert ("Lyktparken" in page) == is_there


def test_the_page_of_an_area_says_how_many_places_it_has(vera):
    page = vera.get("/omraden/9999-ASA/").content.decode()

    assert "Platser i registret: 2" in page
    assert "Platser i registret" not in vera.get("/omraden/9999-OST/").content.decode()


def test_the_search_finds_places(vera):
    page = vera.get("/sok/", {"q": "lyktprken"}).content.decode()

    assert "/omraden/platser/?q=Lyktparken" in page


def test_the_file_has_no_point_of_a_dwelling_but_for_those_who_read_files_in(amina, vera):
    ours = amina.get("/omraden/export/platser.csv").content.decode("utf-8-sig")
    theirs = vera.get("/omraden/export/platser.csv").content.decode("utf-8-sig")

    assert ";ja;;;" in theirs
    assert ";ja;;;" not in ours


def test_the_api_answers_the_same(vera):
    (found,) = vera.get("/api/omraden/platser", {"q": "lyktparken"}).json()

    assert (found["code"], found["aliases"]) == ("P1", [])
    assert len(vera.get("/api/omraden/platser").json()) == 2


def test_a_file_of_places_is_tried_on_the_page(amina):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("p.csv", b"namn;x;y\nNya torget;600500;6600500\n")
    sent = {"kind": "places", "file": file, "crs": "EPSG:3006", "place_kind": "square"}
    page = amina.post("/inlasning/", sent, follow=True).content.decode()

    assert "Nya torget" in page
