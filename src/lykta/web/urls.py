"""The pages that join rooms, and those of the frame."""

from django.urls import path

from lykta.web import (
    account,
    area,
    calendar,
    factors,
    health,
    imports,
    login,
    logo,
    notifications,
    preferences,
    retention,
    search,
    start,
)
from lykta.web.situation import views as situation

urlpatterns = [
    path("", start.start, name="start"),
    path("omraden/<str:code>/", area.area, name="area"),
    path("laget/", situation.situation, name="situation"),
    path("laget/tabell.csv", situation.table, name="situation-table"),
    path("laget/handelser.csv", situation.rows, name="situation-rows"),
    path("inlasning/", imports.imports, name="imports"),
    path("inlasning/<int:pk>/", imports.run, name="import-run"),
    path("inlasning/<int:pk>/avvisade.csv", imports.rejected, name="import-rejected"),
    path("inlasning/<int:pk>/ratta/", imports.mend, name="import-mend"),
    path("sok/", search.search, name="search"),
    path("notiser/", notifications.notifications, name="notifications"),
    path("notiser/<int:pk>/", notifications.notice, name="notice"),
    path("notiser/lasta/", notifications.read_all, name="notifications-read"),
    path("notiser/kalender/", calendar.address, name="calendar-address"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar"),
    path("logga-in/", login.login, name="account_login"),
    path("logga-ut/", login.logout, name="account_logout"),
    path("valj-losenord/<str:uidb64>/<str:token>/", login.choose_password, name="choose-password"),
    *factors.patterns,
    path("konto/", account.account, name="account"),
    path("konto/losenord/", account.change_password, name="change-password"),
    path("konto/inloggningar/avsluta/", account.end_sessions, name="end-sessions"),
    path("installningar/", preferences.choose, name="preferences"),
    path("logotyp/", logo.logo, name="logo"),
    path("halsa/", health.alive, name="alive"),
    path("administration/drift/", health.health, name="health"),
    path("administration/gallring/", retention.retention, name="retention"),
    path("administration/gallring/regel/", retention.new_rule, name="retention-rule"),
    path("administration/gallring/logg.csv", retention.log, name="retention-log"),
]
