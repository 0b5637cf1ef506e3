"""Photos of reports: hidden parts for good, and taken away with their files."""

from django.db import transaction
from django.db.models import QuerySet

from lykta.domain.events.models import Photo
from lykta.infrastructure import storage


def forget(photos: QuerySet[Photo]) -> int:
    """Take photos away, and their files once that is certain; return how many."""
    digests = set(photos.values_list("sha256", flat=True))
    n, _by_model = photos.delete()

    def remove() -> None:
        still = set(Photo.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        for sha256 in digests - still:
            storage.path_of(sha256).unlink(missing_ok=True)

    transaction.on_commit(remove)
    return n
