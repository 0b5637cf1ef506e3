from lykta.infrastructure.imports.rejected import write_rejected
from lykta.sources.records import RowError
from lykta.sources.rejecting import HIDDEN, has_personal_number, row_error


def test_the_file_of_rejected_rows_opens_in_excel_without_running_formulas(tmp_path):
    path = tmp_path / "ej_godkända.csv"

    write_rejected(
        [RowError(2, "värde", "=1+1", "Inget tal."), RowError(3, "", "-5", "Nej.")], path
    )

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines == ["rad;fält;värde;orsak", "2;värde;'=1+1;Inget tal.", "3;;'-5;Nej."]


def test_a_long_value_is_cut():
    assert len(row_error(1, "a", "x" * 1000, "").value) == 200


def test_personal_data_is_hidden():
    assert row_error(1, "a", "ring anna.berg@example.se", "").value == HIDDEN
    assert row_error(1, "a", "19811228-9874", "").value == HIDDEN


def test_other_numbers_are_no_personal_numbers():
    # 15 digits of an American census block, a Swedish phone number, a wrong check digit.
    for text in ("471570042003027", "08-123 456 78", "811228-9873", "0126C1010"):
        assert not has_personal_number(text)


def test_null_bytes_are_shown_as_what_cannot_be_read():
    # No text column of PostgreSQL takes them.
    assert row_error(1, "a", "b\0c", "").value == "b\ufffdc"
