"""The addresses of administration."""

from django.urls import path

from lykta.domain.partners.views import accounts, administration, memberships, organisations

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
    path("konton/", accounts.accounts, name="accounts"),
    path("konton/nytt/", accounts.new_account, name="new-account"),
    path("konton/<int:pk>/", accounts.account, name="account"),
    path("konton/<int:pk>/bjud-in/", accounts.invite, name="invite"),
]
