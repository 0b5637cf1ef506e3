"""The addresses of law."""

from django.urls import path

from lykta.domain.statutes import views

app_name = "statutes"
urlpatterns = [path("", views.statutes, name="statutes")]
