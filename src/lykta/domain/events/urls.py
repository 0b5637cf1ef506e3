"""The addresses of reports."""

from django.urls import path

from lykta.domain.events.views import categories, offline, reporting, reports, residents

app_name = "events"
urlpatterns = [
    path("", reporting.report, name="report"),
    path("granska/", reporting.screen, name="screen"),
    path("liknande/", reporting.similar, name="similar"),
    path("inget/", reporting.nothing, name="nothing"),
    path("sandning.json", reporting.sending, name="sending"),
    path("sw.js", offline.worker, name="worker"),
    path("app.webmanifest", offline.manifest, name="manifest"),
    path("alla/", reports.reports, name="reports"),
    path("alla/rapporter.csv", reports.table, name="table"),
    path("inkommet/", reports.inbox, name="inbox"),
    path("foto/<int:pk>.jpg", reports.photo, name="photo"),
    path("kategorier/", categories.categories, name="categories"),
    path("kategorier/ny/", categories.new_category, name="new-category"),
    path("kategorier/<int:pk>/", categories.category, name="category"),
    path("kategorier/<int:pk>/ny-fraga/", categories.new_question, name="new-question"),
    path("fragor/<int:pk>/", categories.question, name="question"),
    path("fragor/<int:pk>/sluta/", categories.stop_asking, name="stop-asking"),
    path("<uuid:key>/", reports.one, name="one"),
    path("<uuid:key>/<str:decision>/", reports.decide, name="decide"),
]

# For residents, without an account.
open_patterns = [
    path("rapportera/", residents.report, name="report"),
    path("rapportera/platser.json", residents.suggestions, name="suggestions"),
    path("rapportera/granska/", residents.screen, name="screen"),
    path("folj/", residents.follow, name="follow"),
    path("personuppgifter/", residents.information, name="information"),
    path("tillganglighet/", residents.accessibility, name="accessibility"),
]
