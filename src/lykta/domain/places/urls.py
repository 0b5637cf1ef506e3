"""The addresses of places."""

from django.urls import path

from lykta.domain.places import views

app_name = "places"
urlpatterns = [
    path("", views.areas, name="areas"),
    path("listor/", views.lists, name="lists"),
    path("platser/", views.register, name="register"),
    path("platser.json", views.suggestions, name="suggestions"),
    path("export/<str:name>", views.export, name="export"),
    path("<str:code>/historik/", views.history, name="history"),
]
