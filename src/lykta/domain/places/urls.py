"""The addresses of places."""

from django.urls import path

from lykta.domain.places import views

app_name = "places"
urlpatterns = [
    path("", views.areas, name="areas"),
    path("listor/", views.lists, name="lists"),
    path("export/<str:name>", views.export, name="export"),
    path("import/", views.upload, name="upload"),
    path("import/<int:pk>/", views.run, name="run"),
    path("import/<int:pk>/avvisade.csv", views.rejected, name="rejected"),
    path("<str:code>/historik/", views.history, name="history"),
]
