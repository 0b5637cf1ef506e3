"""The same three events come out of every format, packed or not, whatever the file is called."""

import numpy as np
import pytest
from tests.sources.samples import FORMATS, packed

from lykta.sources.reading import read_events


@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_events(name, is_packed, tmp_path):
    path = FORMATS[name](tmp_path / "file")

    events = read_events([packed(path) if is_packed else path])

    assert events.passport.n_accepted == events.passport.n_read == 3
    assert events.starts_at.astype(str).tolist() == [
        "2026-03-01T21:30:00",
        "2026-03-02T07:05:00",
        "2026-03-03T12:00:00",
    ]
    assert events.area_codes == ("Skogås", "Vårby")
    assert [events.categories[code] for code in events.category] == [
        "Skadegörelse",
        "Våld",
        "Skadegörelse",
    ]
    lon, lat = events.degrees()
    np.testing.assert_allclose(lon, [18.01, 17.95, 18.12])
    np.testing.assert_allclose(lat, [59.21, 59.24, 59.22])
    assert events.metric_crs == "EPSG:3006"


def test_a_file_in_an_archive_alone_is_read(tmp_path):
    import zipfile

    path = tmp_path / "file.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FORMATS["csv"](tmp_path / "inner"), "inner.csv")

    assert read_events([path]).passport.n_accepted == 3


def test_the_passport_carries_the_digest_of_the_file_as_it_came(tmp_path):
    import hashlib

    path = packed(FORMATS["csv"](tmp_path / "file"))

    expected = hashlib.sha256(path.read_bytes()).hexdigest()

    assert read_events([path]).passport.sha256 == expected


def test_the_order_of_the_file_is_kept(table):
    rows = [f"2026-01-01 10:00:{n % 60:02d};{n}" for n in range(60_000)]

    events = read_events([table("tid;kategori", *rows)])

    numbers = np.array([int(word) for word in events.categories])[events.category]
    np.testing.assert_array_equal(numbers, np.arange(60_000))
