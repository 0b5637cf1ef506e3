"""The same thing is asked once a page, and each time elsewhere."""

from lykta.infrastructure.once import once_a_page, one_page

ASKED = []


@once_a_page
def number(of: int, *, more: int = 0) -> int:
    """Return a number, and remember that it was asked for."""
    ASKED.append(of)
    return of + more


def test_within_a_page_the_same_is_asked_once():
    ASKED.clear()
    with one_page():
        found = [number(1), number(1), number(1, more=1), number(2)]

    assert found == [1, 1, 2, 2]
    assert ASKED == [1, 1, 2]


def test_the_next_page_asks_again_and_outside_pages_each_asks():
    ASKED.clear()
    for _ in range(2):
        with one_page():
            number(1)
    number(1)
    number(1)

    assert ASKED == [1] * 4
