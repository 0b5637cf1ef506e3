"""The municipality's own login is said by a few variables; what is half said stops the start."""

import pytest
from tests.provider import Provider, sign_on_settings

from lykta.project.environment import BadSignOn, SignOn, sign_on

THERE = Provider("https://inloggning.exempelby.example/")


def said(monkeypatch, **more: str) -> SignOn:
    for name, value in (sign_on_settings(THERE) | more).items():
        monkeypatch.setenv(name, value)
    return sign_on()


def test_without_an_issuer_there_is_no_login(monkeypatch):
    assert said(monkeypatch, LYKTA_OIDC_ISSUER="") == SignOn()


def test_all_that_is_said_is_taken(monkeypatch):
    found = said(monkeypatch)

    assert (found.issuer, found.client_id, found.groups) == (
        "https://inloggning.exempelby.example",
        "lykta",
        "groups",
    )
    assert not found.is_trusted_with_addresses
    assert said(monkeypatch, LYKTA_OIDC_TRUST_EMAIL="1").is_trusted_with_addresses


def test_a_login_without_a_name_is_called_the_municipalitys(monkeypatch):
    assert said(monkeypatch, LYKTA_OIDC_NAME="").name == "kommunens inloggning"


@pytest.mark.parametrize(
    "wrong",
    [
        {"LYKTA_OIDC_ISSUER": "http://inloggning.exempelby.example"},
        {"LYKTA_OIDC_ISSUER": "inloggning.exempelby.example"},
        {"LYKTA_OIDC_CLIENT_ID": ""},
        {"LYKTA_OIDC_CLIENT_SECRET": ""},
    ],
)
def test_what_is_half_said_or_not_secret_on_its_way_stops_the_start(monkeypatch, wrong):
    with pytest.raises(BadSignOn) as raised:
        said(monkeypatch, **wrong)

    assert "only-for-tests" not in str(raised.value)
