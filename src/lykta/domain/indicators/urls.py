"""The addresses of indicators."""

from django.urls import path

from lykta.domain.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("utsagor/ny/", views.new_citation, name="new-citation"),
    path("<str:indicator>.csv", views.export, name="export"),
    path("<str:indicator>/", views.series, name="series"),
]
