"""Mails come once, are tried again when that may help, and never tell what may not be seen."""

import ast
import ssl
from dataclasses import replace
from datetime import timedelta

import pytest
from django_q.models import Schedule
from tests import people
from tests.infrastructure.notifications import kinds
from tests.infrastructure.notifications.conftest import ADDRESS, NOW, mail, tell, waiting
from tests.infrastructure.notifications.servers import PASSWORD, USER, certificate, log_in

from lykta.domain.partners.models import Membership
from lykta.infrastructure import jobs
from lykta.infrastructure.notifications import sending
from lykta.infrastructure.notifications.models import Mail, Notice, State
from lykta.infrastructure.notifications.sending import PAUSES, TAKEN_FOR

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def send(now=NOW) -> Mail:
    sending.send(mail().pk, now=now)
    return mail()


def test_a_mail_says_what_kind_of_thing_and_where_to_read_it(box):
    tell("vera")

    assert send().state == State.SENT

    (found,) = box.mails
    assert box.recipients == ["vera@example.org"]
    assert found["Subject"] == "lykta: Lampa 7 är släckt"
    assert found["From"] == "lykta@exempelby.example"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content_type() == "text/plain"
    text = found.get_content().replace("\r\n", "\n")
    assert (
        f"Den har nummer å.\n24 november 2026\n{ADDRESS}/notiser/{Notice.objects.get().pk}/" in text
    )
    assert found["List-Unsubscribe"] == f"<{ADDRESS}/notiser/>"


def test_a_mail_names_neither_its_reader_nor_anyone_else(box):
    tell("vera")
    send()

    shown = box.mails[0].get_content() + box.mails[0]["Subject"]
    assert not [part.name for part in people.CAST.values() if part.name in shown]
    assert box.mails[0]["To"] == "vera@example.org"


def test_without_an_address_of_its_own_lykta_sends_no_links(box, settings):
    settings.INSTALLATION = replace(settings.INSTALLATION, address="")
    tell("vera")
    send()

    assert "://" not in box.mails[0].get_content()
    assert "Logga in i lykta" in box.mails[0].get_content()


def test_a_mail_is_in_its_readers_language(box):
    account = people.account("vera")
    account.language = "en"
    account.save()
    tell("vera")
    send()

    assert "Logga in" not in box.mails[0].get_content()


def test_a_mail_that_is_asked_for_twice_is_sent_once(box):
    tell("vera")

    for hours in range(3):
        send(NOW + timedelta(hours=hours))

    assert len(box.mails) == 1


def test_the_job_is_in_line_with_the_act(box):
    tell("vera")

    (said,) = waiting()
    assert sending.SEND in said


@pytest.mark.parametrize("answer", ["451 later", "421 too many", "dies"])
def test_a_server_that_cannot_now_is_asked_again_with_the_same_message_id(answering, answer):
    box = answering(answer)
    tell("vera")

    first = send()

    assert (first.state, first.tries) == (State.WAITING, 1)
    assert first.reason
    assert first.try_at == NOW + PAUSES[0] == Schedule.objects.get().next_run
    assert send(NOW + PAUSES[0] / 2).tries == 1  # not before its time
    assert send(NOW + PAUSES[0]).state == State.SENT
    assert len(set(box.ids)) == 1


@pytest.mark.parametrize("answer", ["550 no such account", "554 not from you"])
def test_what_the_server_refuses_for_good_is_given_up_at_once(answering, answer):
    box = answering(answer)
    tell("vera")

    found = send()

    assert (found.state, found.done_at) == (State.GIVEN_UP, NOW)
    assert answer[:3] in found.reason
    assert "account" not in found.reason
    assert (box.mails, Schedule.objects.count()) == ([], 0)


def test_a_server_that_is_not_there_is_tried_for_two_days_and_then_given_up(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # discard: nobody listens
    tell("vera")
    now, moments = NOW, []

    while mail().state == State.WAITING:
        send(now)
        moments.append(now - NOW)
        now = mail().try_at

    assert len(moments) == len(PAUSES) + 1
    assert timedelta(days=1) < moments[-1] < timedelta(days=2)
    assert mail().reason == "ConnectionRefusedError"


def test_a_worker_that_dies_sends_once_more_with_the_same_message_id(box, monkeypatch):
    tell("vera")
    with monkeypatch.context() as killed:
        killed.setattr(sending, "_end", lambda *_args, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send()
    assert mail().state == State.WAITING

    sending.resume(now=NOW + timedelta(minutes=1))

    assert Schedule.objects.get().next_run == NOW + TAKEN_FOR
    send(NOW + timedelta(minutes=1))  # another worker, that does not know that the first is dead
    assert len(box.mails) == 1
    for hours in (1, 2):
        send(NOW + timedelta(hours=hours))
    assert len(box.mails) == 2
    assert len(set(box.ids)) == 1


def test_each_mail_has_a_message_id_of_its_own(box):
    tell("vera", "farid")
    tell("vera", subject="8")

    for row in Mail.objects.all():
        sending.send(row.pk, now=NOW)

    assert len(set(box.ids)) == 3
    assert all(each.endswith("@lykta.exempelby.example>") for each in box.ids)


def test_what_may_not_be_seen_when_it_is_to_be_sent_is_not_sent(box):
    tell("vera")
    kinds.HIDDEN.add("7")

    assert send().state == State.WITHHELD
    assert box.mails == []
    assert Notice.objects.get().withheld_at == NOW


def test_nothing_is_sent_to_one_whose_membership_has_ended_since(box):
    tell("vera", now=NOW)
    Membership.objects.filter(account=people.account("vera")).update(ends_on=NOW.date())

    assert send(NOW + timedelta(days=1)).state == State.WITHHELD
    assert box.mails == []


def test_nothing_is_sent_to_an_account_that_has_been_closed(box):
    tell("vera")
    account = people.account("vera")
    account.is_active = False
    account.save()

    assert send().state == State.WITHHELD
    assert box.mails == []


def test_rights_are_of_the_moment_when_a_mail_that_failed_is_sent_again(answering):
    box = answering("451 later")
    tell("vera")
    send()
    Membership.objects.filter(account=people.account("vera")).update(role="it_operations")

    assert send(LATER).state == State.WITHHELD
    assert box.mails == []


def test_a_title_with_a_line_break_cannot_add_a_header(box, monkeypatch):
    message = kinds.Message("Lampa\r\nBcc: annan@example.org", "", "/")
    lamp = kinds.Kind("Lampor", kinds.READ_PLACES, lambda _r, _s: message, kinds.Channel.AT_ONCE)
    monkeypatch.setattr(kinds, "LAMP", lamp)
    tell("vera")

    assert send().state == State.SENT
    assert box.recipients == ["vera@example.org"]
    assert box.mails[0]["Bcc"] is None


def test_a_server_that_wants_a_login_first_is_asked_again(answering, settings, trusted):
    answering(tls_context=trusted, auth_required=True, authenticator=log_in)
    settings.EMAIL_USE_TLS = True
    tell("vera")

    assert send().state == State.WAITING
    assert mail().reason == "SMTPSenderRefused"


@pytest.fixture
def trusted(tmp_path, monkeypatch) -> ssl.SSLContext:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return context


def log_in_with(settings, password: str) -> None:
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, password


def test_it_logs_in_over_starttls(answering, settings, trusted):
    box = answering(
        tls_context=trusted, require_starttls=True, auth_required=True, authenticator=log_in
    )
    log_in_with(settings, PASSWORD)
    tell("vera")

    assert send().state == State.SENT
    assert len(box.mails) == 1


def test_a_wrong_password_is_tried_again_for_it_says_nothing_of_the_mail(
    answering, settings, trusted
):
    box = answering(
        tls_context=trusted, require_starttls=True, auth_required=True, authenticator=log_in
    )
    log_in_with(settings, "fel")
    tell("vera")

    assert send().state == State.WAITING
    assert mail().reason == "SMTPAuthenticationError"
    log_in_with(settings, PASSWORD)
    assert send(LATER).state == State.SENT
    assert len(box.mails) == 1


def test_the_password_is_not_said_to_a_server_whose_certificate_nobody_vouches_for(
    answering, settings, tmp_path
):
    _file, context = certificate(tmp_path)
    box = answering(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=log_in
    )
    log_in_with(settings, PASSWORD)
    tell("vera")

    assert send().state == State.WAITING
    assert mail().reason == "SSLCertVerificationError"
    assert box.mails == []


def test_it_sends_over_tls_from_the_start(answering, settings, trusted):
    box = answering(ssl_context=trusted)
    settings.EMAIL_USE_SSL = True
    tell("vera")

    assert send().state == State.SENT
    assert len(box.mails) == 1


def test_a_server_without_starttls_gets_neither_password_nor_mail(answering, settings):
    box = answering()
    log_in_with(settings, PASSWORD)
    tell("vera")

    assert send().state == State.WAITING
    assert box.mails == []


def test_the_job_that_waits_for_later_is_the_one_that_sends(box):
    tell("vera")
    jobs.later(sending.SEND, at=NOW, pk=mail().pk)

    jobs.run(*ast.literal_eval(Schedule.objects.get().args))

    assert len(box.mails) == 1
