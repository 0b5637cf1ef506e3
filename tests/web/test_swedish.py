"""Numbers and days as the pages say them."""

import pytest
from django.utils import translation

from lykta.web.templatetags.swedish import number


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (0.9596, 2, "0,96"),
        (57.59, 1, "57,6"),
        (2665.0, 0, "2\N{NO-BREAK SPACE}665"),
        (-1.5, 1, "-1,5"),
    ],
)
def test_a_number_is_rounded_and_not_cut_off(value, decimals, said):
    with translation.override("sv"):
        assert number(value, decimals) == said
