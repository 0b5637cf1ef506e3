"""The addresses of frozen pictures."""

from django.urls import path

from lykta.domain.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.pictures, name="pictures"),
    path("ny/", views.new_picture, name="new"),
    path("jamfor/", views.compare, name="compare"),
    path("<int:pk>/", views.picture, name="picture"),
    path("<int:pk>/rakna-om/", views.recompute, name="recompute"),
    path("<int:pk>/fil/<str:form>", views.file, name="file"),
]
