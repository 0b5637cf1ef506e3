"""The addresses of administration and of cooperation."""

from django.urls import URLPattern, path

from lykta.domain.partners.views import (
    accounts,
    administration,
    agreements,
    council,
    demands,
    groups,
    invitations,
    memberships,
    network,
    offices,
    organisations,
)


def noted(under: str, kind: str) -> list[URLPattern]:
    """Return the addresses where a kind of note is made, put right and taken back."""
    return [
        path(f"{under}/ny/", offices.note, {"kind": kind}, name=f"new-{kind}"),
        path(f"{under}/<int:pk>/ratta/", offices.correct, {"kind": kind}, name=f"correct-{kind}"),
        path(
            f"{under}/<int:pk>/ta-tillbaka/", offices.withdraw, {"kind": kind},
            name=f"withdraw-{kind}",
        ),
    ]  # fmt: skip


app_name = "partners"
urlpatterns = [
    path("", administration.administration, name="administration"),
    path("roller/", administration.roles, name="roles"),
    path("organisationer/", organisations.organisations, name="organisations"),
    path("organisationer/ny/", organisations.new_organisation, name="new-organisation"),
    path("organisationer/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "organisationer/<int:pk>/andra/",
        organisations.change_organisation,
        name="change-organisation",
    ),
    path("medlemskap/", memberships.memberships, name="memberships"),
    path("medlemskap/nytt/", memberships.new_membership, name="new-membership"),
    path("medlemskap/<int:pk>/avsluta/", memberships.end_membership, name="end-membership"),
    path(
        "medlemskap/<int:pk>/ta-tillbaka/",
        memberships.take_back_membership,
        name="take-back-membership",
    ),
    path("inbjudningar/", invitations.invitations, name="invitations"),
    path("inbjudningar/ny/", invitations.new_invitation, name="new-invitation"),
    path("inbjudningar/<int:pk>/ta-tillbaka/", invitations.withdraw, name="withdraw-invitation"),
    path("konton/", accounts.accounts, name="accounts"),
    path("konton/nytt/", accounts.new_account, name="new-account"),
    path("konton/<int:pk>/", accounts.account, name="account"),
    path("konton/<int:pk>/bjud-in/", accounts.invite, name="invite"),
    path("konton/<int:pk>/avsluta-inloggningar/", accounts.end_sessions, name="end-sessions"),
    path("konton/<int:pk>/ta-bort-steg/", accounts.remove_factors, name="remove-factors"),
    path("tva-steg/", demands.two_steps, name="two-steps"),
    path("konton/<int:pk>/ta-bort-koppling/", accounts.unlink, name="unlink"),
    path("grupper/", groups.groups, name="groups"),
    path("grupper/ny/", groups.new_group, name="new-group"),
    path("grupper/<int:pk>/ta-bort/", groups.end_group, name="end-group"),
]
cooperation_patterns = [
    path("", network.cooperation, name="cooperation"),
    path("overenskommelser/", agreements.agreements, name="agreements"),
    path("overenskommelser/tabell.csv", agreements.table, name="agreements-table"),
    path("overenskommelser/ny/", agreements.new_agreement, name="new-agreement"),
    path("overenskommelser/<int:pk>/", agreements.agreement, name="agreement"),
    path("overenskommelser/<int:pk>/andra/", agreements.change_agreement, name="change-agreement"),
    path(
        "overenskommelser/<int:pk>/undertecknad/", agreements.sign_agreement, name="sign-agreement"
    ),
    path("overenskommelser/<int:pk>/avsluta/", agreements.end_agreement, name="end-agreement"),
    path("overenskommelser/<int:pk>/arbete/", agreements.joint_work, name="joint-work"),
    path("natverk/", network.network, name="network"),
    path("natverk/tabell.csv", network.table, name="network-table"),
    path("natverk/notera/", network.note_cooperation, name="note-cooperation"),
    path("rad/", council.council, name="council"),
    path("rad/ledamoter.csv", council.members_table, name="members-table"),
    path("rad/moten.csv", council.meetings_table, name="meetings-table"),
    path("rad/moten/nytt/", council.new_meeting, name="new-council-meeting"),
    path("rad/moten/<int:pk>/", council.meeting, name="council-meeting"),
    path("rad/moten/<int:pk>/andra/", council.change_meeting, name="change-council-meeting"),
    path("rad/moten/<int:pk>/sa-gick-det/", council.tell, name="tell-council-meeting"),
    path("rad/moten/<int:pk>/mote.ics", council.calendar, name="council-calendar"),
    *noted("rad", "council"),
    *noted("rad/ledamoter", "member"),
    path("funktion/", offices.function, name="function"),
    *noted("funktion", "function"),
    path("namnd/", offices.lead_body, name="lead-body"),
    *noted("namnd", "lead-body"),
    path("insatser/", offices.efforts, name="efforts"),
    *noted("insatser", "effort"),
    path("uppdrag/", offices.assignments, name="assignments"),
    *noted("uppdrag", "assignment"),
    path("uppdrag/<int:pk>/lamna-vidare/", offices.pass_on, name="pass-on"),
]
