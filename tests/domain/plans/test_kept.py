"""What earlier versions froze, today's version counts to the same figures."""

import json
from pathlib import Path

import pytest
from tests.domain.plans.kept import FILES, FROZEN

from lykta import __version__
from lykta.domain.plans import selectors
from lykta.domain.plans.rules import differences
from lykta.infrastructure import snapshots

KEPT = sorted(FROZEN.iterdir())


def test_this_version_has_a_kept_picture():
    assert __version__ in [folder.name for folder in KEPT]


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.name)
def test_a_kept_picture_is_recomputed_to_the_same_figures(folder: Path):
    manifest, columns, figures = (folder / name for name in FILES)

    snapshot = snapshots.unpack(manifest.read_bytes(), columns)
    before = json.loads(figures.read_text(encoding="utf-8"))
    after = json.loads(json.dumps(selectors.figures_of(snapshot), allow_nan=False))

    assert list(differences(before, after)) == []
    assert snapshot.version == folder.name
    assert before["clusters"]  # a picture without a dense place would prove less
