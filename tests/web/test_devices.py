"""A browser is told by the words its owner would use."""

import pytest

from lykta.web.devices import device_of

_GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        (f"(Windows NT 10.0) {_GECKO} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        (f"(Macintosh; Intel Mac OS X 14_0) {_GECKO} Safari/605.1", "Safari · Mac"),
        (f"(iPhone; CPU like Mac OS X) {_GECKO} CriOS/140.0 Safari/604.1", "Chrome · iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_a_device_is_told_by_browser_and_system(agent, device):
    assert device_of(agent) == device
