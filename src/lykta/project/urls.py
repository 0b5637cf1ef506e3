"""The table of addresses: each door and room has its own, gathered here."""

from django.urls import include, path

from lykta.domain.events.urls import open_patterns
from lykta.domain.partners.urls import cooperation_patterns
from lykta.domain.partners.views.invitations import invited

urlpatterns = [
    path("omraden/", include("lykta.domain.places.urls")),
    path("rapportera/", include("lykta.domain.events.urls")),
    path("oppet/", include((open_patterns, "open"))),
    path("nyckeltal/", include("lykta.domain.indicators.urls")),
    path("lagesbilder/", include("lykta.domain.plans.urls")),
    path("veckan/", include("lykta.domain.meetings.urls")),
    path("lagar/", include("lykta.domain.statutes.urls")),
    path("samverkan/", include((cooperation_patterns, "cooperation"))),
    path("inbjudan/<str:token>/", invited, name="invitation"),
    path("administration/", include("lykta.domain.partners.urls")),
    path("api/", include("lykta.api.urls")),
    path("", include("lykta.web.urls")),
]
