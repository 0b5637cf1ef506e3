"""The mail server is said by one address; what cannot be understood stops the start, unquoted."""

import pytest

from lykta.project.environment import BadMailServer, MailServer, mail_server

SENDER = "lykta@exempelby.example"


def server(monkeypatch, url: str, sender: str = SENDER) -> MailServer:
    monkeypatch.setenv("LYKTA_SMTP_URL", url)
    monkeypatch.setenv("LYKTA_MAIL_FROM", sender)
    return mail_server()


def test_without_an_address_there_is_no_server(monkeypatch):
    assert server(monkeypatch, "", "").host == ""


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("smtp://post.example", ("post.example", 25, "", "", False, False)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
        ("smtp+tls://a:b@post.example", ("post.example", 587, "a", "b", True, False)),
        ("smtps://a%40b:c%2Fd@post.example:99", ("post.example", 99, "a@b", "c/d", False, True)),
    ],
)
def test_each_scheme_has_its_port_and_its_way(monkeypatch, url, wanted):
    assert server(monkeypatch, url) == MailServer(*wanted, SENDER)


@pytest.mark.parametrize(
    "url",
    [
        "post.example",
        "http://a:losen@post.example",
        "smtp://a:losen@",
        "smtp://a:losen@post.example:port",
        "smtp://a:losen%C3%B6@post.example",
    ],
)
def test_what_cannot_be_understood_is_said_without_its_password(monkeypatch, url):
    with pytest.raises(BadMailServer) as raised:
        server(monkeypatch, url)

    assert "smtp+tls://" in str(raised.value)
    assert "losen" not in str(raised.value)


@pytest.mark.parametrize("sender", ["", "lykta", "Lykta <>"])
def test_mails_must_come_from_an_address(monkeypatch, sender):
    with pytest.raises(BadMailServer, match="LYKTA_MAIL_FROM"):
        server(monkeypatch, "smtp://post.example", sender)
