"""The addresses of administration."""

from django.urls import path

from lykta.domain.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.administration, name="administration"),
    path("roller/", views.roles, name="roles"),
    path("organisationer/", views.organisations, name="organisations"),
    path("organisationer/ny/", views.new_organisation, name="new-organisation"),
    path("organisationer/<int:pk>/", views.organisation, name="organisation"),
    path("organisationer/<int:pk>/andra/", views.change_organisation, name="change-organisation"),
    path("medlemskap/", views.memberships, name="memberships"),
    path("medlemskap/nytt/", views.new_membership, name="new-membership"),
    path("medlemskap/<int:pk>/avsluta/", views.end_membership, name="end-membership"),
    path("konton/", views.accounts, name="accounts"),
    path("konton/nytt/", views.new_account, name="new-account"),
    path("konton/<int:pk>/", views.account, name="account"),
    path("konton/<int:pk>/bjud-in/", views.invite, name="invite"),
]
