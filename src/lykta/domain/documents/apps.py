"""What Django needs to know of the documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app of the documents."""

    name = "lykta.domain.documents"
    label = "documents"
