"""The main job, from files to papers, as a user runs it."""

import json
import re
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from docx import Document

from lykta.infrastructure.errors import LyktaError

BREAKS = dict.fromkeys(map(ord, "\N{WORD JOINER}\N{SOFT HYPHEN}\r\n\t "), None)


def squeezed(text):
    """Return a text without blanks and breaks, which each form has its own of."""
    return re.sub(r"\s", "", text.translate(BREAKS)).replace("\ufffe", "")


def table_cells(paper):
    """Return every cell of every table that is words or figures."""
    tables = [block for block in paper["blocks"] if block["type"] == "table"]
    rows = [
        row
        for table in tables
        for row in (*table["rows"], *([table["total"]] if table["total"] else []))
    ]
    return [cell for row in rows for cell in row if isinstance(cell, str) and cell]


def key_points(paper):
    """Return the opening points."""
    return [item["lead"] + item["text"] for item in paper["blocks"][0]["blocks"][0]["items"]]


@pytest.mark.parametrize("name", ["public", "partners"])
def test_the_pdf_says_what_the_json_says(papers, name):
    paper = json.loads((papers / f"{name}.json").read_text(encoding="utf-8"))
    document = pypdfium2.PdfDocument(papers / f"{name}.pdf")
    said = squeezed("".join(page.get_textpage().get_text_range() for page in document))

    missing = [t for t in (*key_points(paper), *table_cells(paper)) if squeezed(t) not in said]

    assert missing == []


@pytest.mark.parametrize("name", ["public", "partners"])
def test_the_docx_says_what_the_json_says(papers, name):
    paper = json.loads((papers / f"{name}.json").read_text(encoding="utf-8"))
    document = Document(papers / f"{name}.docx")
    words = [p.text for p in document.paragraphs]
    words += [c.text for t in document.tables for row in t.rows for c in row.cells]
    said = squeezed("".join(words))

    missing = [t for t in (*key_points(paper), *table_cells(paper)) if squeezed(t) not in said]

    assert missing == []


@pytest.mark.parametrize("name", ["public", "partners"])
def test_the_html_says_what_the_json_says(papers, name):
    paper = json.loads((papers / f"{name}.json").read_text(encoding="utf-8"))
    page = (papers / f"{name}.html").read_text(encoding="utf-8")
    said = squeezed(re.sub(r"<[^>]+>", "", page))

    missing = [t for t in (*key_points(paper), *table_cells(paper)) if squeezed(t) not in said]

    assert missing == []


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "json"])
def test_every_form_carries_the_mark_of_synthetic_data(papers, form):
    if form == "pdf":
        pages = pypdfium2.PdfDocument(papers / "public.pdf")
        assert all("syntetiska" in page.get_textpage().get_text_range() for page in pages)
    elif form == "docx":
        header = Document(papers / "public.docx").sections[0].header
        words = "".join(p.text for p in header.paragraphs)
        words += "".join(c.text for t in header.tables for r in t.rows for c in r.cells)
        assert "syntetiska" in words
    else:
        assert "syntetiska" in (papers / f"public.{form}").read_text(encoding="utf-8")


def test_the_pdf_is_tagged_for_readers_who_listen(papers):
    with pikepdf.open(papers / "public.pdf") as document:
        root = document.Root
        tags = Counter(str(tag) for tag in _tags(root.StructTreeRoot.K))
        alts = [str(node.Alt) for node in _nodes(root.StructTreeRoot.K) if "/Alt" in node]

        assert root.MarkInfo.Marked
        assert str(root.Lang).startswith("sv")
        assert root.ViewerPreferences.DisplayDocTitle
    assert tags["/H1"] == 1
    assert tags["/Table"] == 6
    assert tags["/TH"] > 20
    assert len(alts) == tags["/Figure"] == 3
    assert all(len(alt) > 40 for alt in alts)


def _nodes(node):
    """Yield every node of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _nodes(kid)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from _nodes(node.K)


def _tags(node):
    """Yield the tag of every node."""
    return (one.S for one in _nodes(node) if "/S" in one)


def test_the_same_files_and_seed_give_the_same_bytes(files, tmp_path, run):
    def once(name):
        out = tmp_path / name
        run("picture", files / "handelser.csv", files / "kommundelar.geojson", "--crs", "EPSG:3006",
            "--made-at", "2026-11-24T07:00", "-o", out)  # fmt: skip
        return out.read_bytes()

    assert once("a.json") == once("b.json")


def test_the_summary_counts_every_row(files, tmp_path, run):
    result = run(
        "picture", files / "handelser_med_fel.csv", files / "kommundelar.geojson",
        "--crs", "EPSG:3006", "--period", "2021..2026", "--json", "-o", tmp_path / "bild.json",
    )  # fmt: skip

    summary = json.loads(result.stdout)
    events = summary["files"][0]
    rejected = (tmp_path / "bild.avvisade.csv").read_text(encoding="utf-8-sig").splitlines()
    assert events["n_accepted"] + events["n_rejected"] == events["n_read"]
    assert rejected[0] == "rad;fält;värde;orsak"
    assert len(rejected) - 1 >= events["n_rejected"] > 0


def test_the_rejected_rows_of_the_population_are_kept_too(files, tmp_path, run):
    codes = [
        feature["properties"]["code"]
        for feature in json.loads((files / "kommundelar.geojson").read_text())["features"]
    ]
    population = tmp_path / "folkmangd.csv"
    rows = [f"{code};1000" for code in codes[:-1]] + [f"{codes[-1]};många"]
    population.write_text("\n".join(["kod;folkmängd", *rows]))

    result = run(
        "picture", files / "handelser.csv", files / "kommundelar.geojson", "--crs", "EPSG:3006",
        "--population", population, "--json", "-o", tmp_path / "bild.json",
    )  # fmt: skip

    summary = json.loads(result.stdout)
    rejected = (tmp_path / "bild.avvisade.csv").read_text(encoding="utf-8-sig")
    assert summary["files"][2]["n_rejected"] == 1
    assert "folkmangd.csv: " in rejected
    assert "många" in rejected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["saknas.csv", "{areas}", "-o", "x.json"], "finns inte"),
        (["{metres}", "{areas}", "-o", "x.json"], "EPSG"),
        (["{noise}", "{areas}", "-o", "x.json"], "noise.bin"),
        (["{events}", "{areas}", "--crs", "EPSG:3006", "-o", "x.odt"], ".docx"),
        (
            ["{events}", "{areas}", "--crs", "EPSG:3006", "--map", "tid", "-o", "x.json"],
            "fält=kolumn",
        ),
        (
            ["{events}", "{areas}", "--crs", "EPSG:3006", "--period", "1999", "-o", "x.json"],
            "inga händelser",
        ),
    ],
)
def test_what_the_user_can_put_right_is_a_sentence(files, tmp_path, run, arguments, said):
    names = {"events": files / "handelser.csv", "areas": files / "kommundelar.geojson"}
    names |= {"metres": tmp_path / "metres.csv", "noise": tmp_path / "noise.bin"}
    names["metres"].write_text("datum;x;y\n2026-01-02;670500;6570500\n", encoding="utf-8")
    names["noise"].write_bytes(bytes(range(256)) * 9)
    given = [a.format(**names) for a in arguments]
    given = [tmp_path / a if a.startswith("x.") else a for a in given]

    result = run("picture", *given)

    assert isinstance(result.exception, LyktaError)
    assert said in str(result.exception)


def test_counts_that_the_source_withholds_are_never_taken_for_nought(tmp_path, run):
    rows = [
        f"{year}-{month:02d};Norra;Skadegörelse;{count};RAR;2026-01-10;1;5"
        for year, count in ((2024, "12"), (2025, "<5"))
        for month in range(1, 13)
    ]
    header = "period;area_label;crime_group;count;source_system;extracted_at;prel;min_cell"
    (tmp_path / "events.csv").write_text("\n".join([header, *rows, rows[0]]), encoding="utf-8")
    (tmp_path / "areas.csv").write_text("kod;namn\nN;Norra\nS;Södra\n", encoding="utf-8")

    run("picture", tmp_path / "events.csv", tmp_path / "areas.csv", "--audience", "partners",
        "--period", "2025", "-o", tmp_path / "x.json")  # fmt: skip

    said = (tmp_path / "x.json").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Minst 12 anmälda brott mot 156" in said
    assert "Källan lämnar inte ut 12 antal i perioden" in said


def test_hexagons_narrower_than_two_hundred_metres_are_refused(files, tmp_path, run):
    result = run(
        "picture", files / "handelser.csv", files / "kommundelar.geojson",
        "--cell", "100", "-o", tmp_path / "x.json",
    )  # fmt: skip

    assert result.exit_code == 2
    assert "200" in result.output


def test_a_public_picture_has_months_and_a_partners_picture_weeks(public, partners):
    assert public["data"]["unit"] == "month"
    assert partners["data"]["unit"] == "week"
