"""Broken records are told one by one, and the sound ones around them are read."""

import pytest

from lykta.sources.reading import read_events

HEADER = b"tid;kategori\n2026-01-01;sund\n"


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (b"2026-01-02\n", "har 1 fält men rubriken 2"),
        (b"2026-01-02;a;b\n", "har 3 fält men rubriken 2"),
        (b'2026-01-02;"a"b\n', "Citattecknen"),
        (b'2026-01-02;"aldrig slut\n', "Citattecknen"),
        (b"2026-01-02;a\0b\n", "nolltecken"),
        (b"2026-01-02;a\x81b\n", "tecken som inte går att läsa"),
    ],
)
def test_a_broken_record_is_rejected_alone(record, said, tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(HEADER + record + b"2026-01-03;sund\n")

    events = read_events([path])

    assert (events.passport.n_read, events.passport.n_accepted) == (3, 2)
    assert [error.row for error in events.errors] == [2]
    assert said in events.errors[0].reason


def test_rows_after_a_broken_record_keep_their_numbers(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(HEADER + b"trasig\n" + b"i dag;sund\n")

    assert [error.row for error in read_events([path]).errors] == [2, 3]


def test_a_text_over_several_lines_is_one_record(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(HEADER + b'2026-01-02;"rad ett\nrad tv\xe5"\n')

    events = read_events([path])

    assert events.passport.n_accepted == 2
    assert "rad ett\nrad två" in events.categories


def test_damage_in_a_file_of_utf8_does_not_spoil_its_letters(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes("tid;kategori\n2026-01-01;åäö\n".encode() + b"2026-01-02;\xff\n")

    events = read_events([path])

    assert events.categories == ("åäö",)
    assert events.passport.n_rejected == 1


def test_lines_may_end_in_different_ways(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(b"tid;kategori\r\n2026-01-01;a\n2026-01-02;b\r2026-01-03;c\r\n")

    assert read_events([path]).passport.n_accepted == 3


def test_the_separator_line_of_excel_is_passed_over(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes(b"sep=;\n" + HEADER)

    assert read_events([path]).passport.n_accepted == 1


def test_unicode_text_from_excel_is_read(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_bytes("tid\tkategori\r\n2026-01-01\tVåld\r\n".encode("utf-16"))

    assert read_events([path]).categories == ("Våld",)


def test_a_damaged_line_of_json_is_rejected_alone(tmp_path):
    path = tmp_path / "arkiv.jsonl"
    path.write_text('{"date": "2026-01-01", "n": 1}\n{"date": \n{"date": "2026-01-03"}\n')

    events = read_events([path])

    assert (events.passport.n_read, events.passport.n_accepted) == (3, 2)
    assert events.errors[0].row == 2
