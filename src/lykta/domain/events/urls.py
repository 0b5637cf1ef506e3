"""The addresses of reports."""

from django.urls import path

from lykta.domain.events.views import (
    answers,
    categories,
    handing,
    handling,
    inbox,
    offline,
    reporting,
    reports,
    residents,
    routing,
)

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
    path("inkommet/", inbox.inbox, name="inbox"),
    path("foto/<int:pk>.jpg", reports.photo, name="photo"),
    path("kategorier/", categories.categories, name="categories"),
    path("kategorier/ny/", categories.new_category, name="new-category"),
    path("kategorier/<int:pk>/", categories.category, name="category"),
    path("kategorier/<int:pk>/ny-fraga/", categories.new_question, name="new-question"),
    path("fragor/<int:pk>/", categories.question, name="question"),
    path("fragor/<int:pk>/sluta/", categories.stop_asking, name="stop-asking"),
    path("fordelning/", routing.rules, name="routing"),
    path("fordelning/ny/", routing.new_rule, name="new-rule"),
    path("fordelning/prova/", routing.try_rules, name="try-routing"),
    path("fordelning/<int:pk>/", routing.rule, name="rule"),
    path("fordelning/<int:pk>/flytta/", routing.move_rule, name="move-rule"),
    path("fordelning/<int:pk>/ta-bort/", routing.remove_rule, name="remove-rule"),
    path("ersattare/", routing.stand_ins, name="stand-ins"),
    path("ersattare/<int:pk>/ta-bort/", routing.remove_stand_in, name="remove-stand-in"),
    path("svarsmallar/", answers.answers, name="answers"),
    path("svarsmallar/ny/", answers.new_answer, name="new-answer"),
    path("svarsmallar/klarsprak/", answers.hints, name="hints"),
    path("svarsmallar/<int:pk>/", answers.answer, name="answer"),
    path("svarsmallar/<int:pk>/ta-bort/", answers.remove_answer, name="remove-answer"),
    path("overlamning/<int:pk>/ta-tillbaka/", handing.withdraw, name="withdraw"),
    path("<uuid:key>/", reports.one, name="one"),
    path("<uuid:key>/sla-ihop/", handling.merge, name="merge"),
    path("<uuid:key>/isar/", handling.unmerge, name="unmerge"),
    path("<uuid:key>/dela/", handling.split, name="split"),
    path("<uuid:key>/tilldela/", handling.assign, name="assign"),
    path("<uuid:key>/fordela/", handling.route, name="route"),
    path("<uuid:key>/lamna-over/", handing.hand_off, name="hand-off"),
    path("<uuid:key>/<str:decision>/", reports.decide, name="decide"),
]

# For residents, without an account.
open_patterns = [
    path("rapportera/", residents.report, name="report"),
    path("rapportera/platser.json", residents.suggestions, name="suggestions"),
    path("rapportera/granska/", residents.screen, name="screen"),
    path("folj/", residents.follow, name="follow"),
    path("overlamning/<str:token>/", handing.handed_off, name="hand-off"),
    path(
        "overlamning/<str:token>/foto/<int:number>.jpg",
        handing.handed_off_photo,
        name="hand-off-photo",
    ),
    path("personuppgifter/", residents.information, name="information"),
    path("tillganglighet/", residents.accessibility, name="accessibility"),
]
