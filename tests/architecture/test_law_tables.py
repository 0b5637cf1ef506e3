"""What no table may hold, and what no part of the house may do with pictures of people.

Over every table of the database, so that a new one is looked at the day it is made.
"""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from tests.architecture.house import ROOT, in_house, python_files
from tests.architecture.test_law import ORIGIN, ORIGIN_NAMES, PERSON_NAMES, PERSONS, bears, words

RELATIONS = {"network", "networks", "relation", "relations", "associate", "associates", "clique"}
NETWORK_TABLES = {"watchlist", "blacklist", "riskungdom", "suspectlist"}
SCORES = {
    "score",
    "scores",
    "rank",
    "ranking",
    "probability",
    "likelihood",
    "prediction",
    "profile",
}
BODY = {
    *("face", "faces", "facial", "biometric", "biometrics", "iris", "gait", "voiceprint"),
    *("emotion", "emotions", "embedding", "embeddings", "fingerprint", "fingerprints"),
}
# Those who log in are known by name and address: that is what an account is. Nothing else is.
ACCOUNTS = {"accounts_account", "account_emailaddress", "account_emailconfirmation"}
SEEING = {
    *("cv2", "dlib", "deepface", "face_recognition", "facenet_pytorch", "insightface", "mediapipe"),
    *("onnxruntime", "tensorflow", "torch", "torchvision", "skimage", "ultralytics", "openalpr"),
}


def tables() -> list[type[models.Model]]:
    """Return every table, those between two others included."""
    return apps.get_models(include_auto_created=True)


def columns(*, but: set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield each table and column, some tables left out."""
    for table in tables():
        name = table._meta.db_table
        if name not in but:
            yield from ((name, field.name) for field in table._meta.get_fields())


def test_no_table_is_a_list_of_persons():
    """N1, N2."""
    names = [table._meta.db_table for table in tables()]

    assert [n for n in names if words(n) & (PERSONS | RELATIONS | NETWORK_TABLES)] == []


def test_no_column_is_about_a_person_beside_the_accounts():
    """N1, N2."""
    assert [(t, c) for t, c in columns(but=ACCOUNTS) if bears(c, PERSONS, PERSON_NAMES)] == []


def test_no_column_is_about_origin_belief_or_body():
    """N3, N4."""
    deny = ORIGIN | BODY

    assert [(t, c) for t, c in columns() if bears(c, deny, ORIGIN_NAMES)] == []


def test_no_column_is_a_score_or_a_prediction():
    """N1, N8."""
    assert [(t, c) for t, c in columns() if words(c) & SCORES] == []


def test_an_account_holds_no_more_than_logging_in_needs():
    """GDPR art. 5.1 c."""
    account = apps.get_model("accounts", "Account")
    held = {field.name for field in account._meta.concrete_fields}

    assert held == {
        *("id", "password", "last_login", "email", "name", "is_active", "is_demo"),
        *("language", "created_at"),
    }


def test_no_table_keeps_pictures_or_raw_bytes():
    """N4: no image pipeline anywhere."""
    kept = (models.ImageField, models.BinaryField)
    found = [
        (table._meta.db_table, field.name)
        for table in tables()
        for field in table._meta.get_fields()
        if isinstance(field, kept)
    ]

    assert found == []


def test_nothing_that_sees_faces_is_imported_or_required():
    """N4."""
    imported = [
        (in_house(path), name)
        for path in python_files()
        for name in _imports(path)
        if name in SEEING
    ]
    required = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8").splitlines()
    names = {line.split("==")[0].replace("-", "_") for line in required if "==" in line}

    assert imported == []
    assert names & SEEING == set()


@pytest.mark.parametrize("name", ["suspect_name", "face_id", "risk_score", "birth_country"])
def test_the_lists_would_notice(name: str):
    assert bears(name, PERSONS | BODY | ORIGIN | SCORES, PERSON_NAMES + ORIGIN_NAMES)


def _imports(path: Any) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
