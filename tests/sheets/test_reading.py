"""Files as they come: encodings, delimiters, titles above the head, merged cells, and what an attacker would send."""

import io
import json
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from wurzelwerk.base.errors import BadInput
from wurzelwerk.counselling.list_fields import FIELDS
from wurzelwerk.counselling.list_people import PEOPLE
from wurzelwerk.sheets import unfolding
from wurzelwerk.sheets.heads import head_row, proposed
from wurzelwerk.sheets.reading import read

NAUGHTY = [
    "Ω≈ç√",
    "表ポあA鷗Œ",
    "̡͓̞ͅI̗̘",
    "<script>alert(1)</script>",
    "'; DROP TABLE x",
    "=1+1",
    "مرحبا",
    "👩‍👩‍👧",
    "{{ 7*7 }}",
]


def book(rows: list[list], merged: str = "") -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
        for cell in made.active[made.active.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # text stays text, also "=1+1"
    if merged:
        made.active.merge_cells(merged)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    document, table = OpenDocumentSpreadsheet(), Table(name="Liste")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string") if text else TableCell()
            cell.addElement(P(text=text)) if text else None
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def shared(*parts: str) -> Path:
    base = os.environ.get("WURZELWERK_SHARED_DATA")
    if not base:
        pytest.skip("WURZELWERK_SHARED_DATA nennt keinen Ordner mit den Beispieldaten")
    return Path(base).joinpath(*parts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    text = f'Name{delimiter}Straße\r\n"Müller, Jörg"{delimiter}Größenweg 1\r\nÇelik{delimiter}"Zeile 1\nZeile 2"\r\n'
    found = read(text.encode(encoding))
    assert found.delimiter == delimiter
    assert found.tables[0].rows == [["Name", "Straße"], ["Müller, Jörg", "Größenweg 1"], ["Çelik", "Zeile 1\nZeile 2"]]


def test_cells_of_a_workbook_are_read_as_they_would_be_typed():
    cells = [date(1990, 5, 4), datetime(2020, 1, 2, 14, 30), 44145, 1.5, True, "text", None]
    [table] = read(book([["a", "b", "c", "d", "e", "f", "g"], cells])).tables
    assert table.rows[1] == ["04.05.1990", "02.01.2020 14:30", "44145", "1,5", "ja", "text", ""]


def test_title_rows_and_merged_cells_stand_in_nobodys_way():
    rows = [
        ["Belegung Haus Nord"],
        ["Stand 1.3.2026"],
        [],
        ["Haushalt", "Vorname", "Name"],
        ["H1", "A", "B"],
        [None, "C", "D"],
    ]
    found = read(book(rows, merged="A5:A6")).tables[0].rows
    place = head_row(found, FIELDS)
    assert (place, found[place + 1 :]) == (3, [["H1", "A", "B"], ["H1", "C", "D"]])
    assert PEOPLE.settled(proposed(found[place], found[place + 1 :], FIELDS)) == [
        "household",
        "given_name",
        "family_name",
    ]


def test_list_without_a_head_is_known_by_the_look_of_its_cells():
    rows = [
        ["Ali", "1.2.1990", "0231 123456", "a@b.de", "44145"],
        ["Bea", "3.4.1991", "0176 5554443", "c@d.de", "44137"],
    ]
    assert head_row(rows, FIELDS) is None
    assert proposed([""] * 5, rows, FIELDS) == ["", "birth", "phone", "email", "postcode"]


def test_opendocument_is_read_like_the_rest():
    assert read(ods([["Name", "Ort"], ["Çelik", ""], ["Ωmega", "Köln"]])).tables[0].rows[1:] == [
        ["Çelik", ""],
        ["Ωmega", "Köln"],
    ]


@pytest.mark.parametrize("write", [book, ods])
def test_naughty_text_is_read_unchanged(write):
    assert [
        row[0] for row in read(write([["a", "b"], *([text, "x"] for text in NAUGHTY)])).tables[0].rows[1:]
    ] == NAUGHTY


def far_cell() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "a", "b"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 401_000_000)
    return target.getvalue()


def repeated() -> bytes:
    plain = ods([["a", "b"]])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            text = source.read(part)
            archive.writestr(
                part, text.replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="9000000"')
            )
    return target.getvalue()


def workbook(sheet: str, *, strings: str = "", at: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a small XLSX as a program might write it that means ill."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    links = "".join(
        f'<Relationship Id="r{number}" Type="{kinds}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [("worksheet", at.removeprefix("xl/")), ("sharedStrings", "sharedStrings.xml")], 1
        )
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = f'<Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{whole}</Relationships>')
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'
        )
        archive.writestr(at, f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>')
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
    return target.getvalue()


FAR = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
COLUMNS = [f"{first}{second}" for first in "ABC" for second in "ABCDEFGHIJ"]
MANY = "".join(
    f'<row r="{row}">' + "".join(f'<c t="s" r="{column}{row}"><v>0</v></c>' for column in COLUMNS) + "</row>"
    for row in range(1, 10_001)
)


def test_small_workbook_of_the_tests_is_read():
    made = workbook('<row r="1"><c t="s" r="A1"><v>0</v></c><c r="B1"><v>7</v></c></row>', strings="<si><t>x</t></si>")
    assert read(made).tables[0].rows == [["x", "7"]]


@pytest.mark.parametrize("content", [
    workbook(FAR), workbook(FAR, at="xl/elsewhere/one.xml"), workbook(FAR.replace("'", '"'), at="xl/elsewhere/one.xml"),
    workbook(MANY, strings=f"<si><t>{'x' * 5_000}</t></si>"),
], ids=["other quotes", "other folder", "other folder, same quotes", "one long text 300,000 times"])  # fmt: skip
def test_small_file_that_asks_for_all_memory_is_refused_and_the_house_goes_on(content):
    with pytest.raises(BadInput, match="zu groß"):
        read(content)
    assert read(book([["a"], ["b"]])).tables[0].rows == [["a"], ["b"]]


def test_what_no_reader_answers_in_time_is_too_large(monkeypatch):
    monkeypatch.setattr(unfolding, "MOST_SECONDS", 0.001)
    with pytest.raises(BadInput, match="zu groß"):
        read(book([["a"], ["b"]]))


@pytest.mark.parametrize("content", [
    b"", b"   \n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", b"PK\x03\x04kaputt", bytes(range(256)) * 40,
    b"a,b\n" + b'"' + b"x" * 200_000, b"x" * 20_000_001, far_cell(), bomb(), repeated(),
    b"a;b\n" + b"1;2\n" * 100_001, b";".join([b"x"] * 201),
], ids=["empty", "blank", "old", "broken", "binary", "field", "large", "far", "bomb", "repeated", "rows", "columns"])  # fmt: skip
def test_what_cannot_or_must_not_be_read_is_refused_with_a_sentence(content):
    with pytest.raises(BadInput) as refused:
        read(content)
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(("content", "rows"), [
    (b'a,b\n1,"ha ""ha"" ha"\n', [["1", 'ha "ha" ha']]),
    (b'a,b\n"x, y",2\n', [["x, y", "2"]]),
    (b'a,b,c\n1,"",""\n2,3,4\n', [["1", "", ""], ["2", "3", "4"]]),
    (b'a,b\r\n1,"zwei\r\nZeilen"\r\n', [["1", "zwei\nZeilen"]]),
    (b'k,v\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n', [["1", '{"type": "Point", "at": [102.0, 0.5]}']]),
    (b'k;v\n1;"ha\n""ha""\nha"\n', [["1", 'ha\n"ha"\nha']]),
    ("a,b,c\n1,2,ʤ\n".encode(), [["1", "2", "ʤ"]]),
    (b"a\tb\tc\n1\t2\n", [["1", "2", ""]]),
    (b"sep=;\na;b\n1;2\n", [["1", "2"]]),
], ids=["quotes", "comma", "empty", "crlf", "json", "lines", "utf8", "short", "sep"])  # fmt: skip
def test_nasty_cells_are_read_as_they_were_meant(content, rows):
    def unfolded(row: list[str]) -> list[str]:
        return [text.replace("\r\n", "\n") for text in row]

    assert [unfolded(row) for row in read(content).tables[0].rows[1:]] == rows


@pytest.mark.parametrize("name", [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
])  # fmt: skip
def test_known_nasty_files_are_read_as_their_makers_say(name):
    folder = shared("reliability", "csv_spectrum")
    heads, *rows = read((folder / "csvs" / f"{name}.csv").read_bytes()).tables[0].rows
    expected = json.loads((folder / "json" / f"{name}.json").read_text("utf-8"))

    def unfolded(text: str) -> str:
        return text.replace("\r\n", "\n").strip()

    assert [dict(zip(heads, map(unfolded, row), strict=True)) for row in rows] == [
        {key: unfolded(text) for key, text in row.items()} for row in expected
    ]


def test_every_list_of_the_directory_samples_is_read():
    files = sorted(shared("hsds", "ohana_api").rglob("*.csv"))
    assert len(files) > 40
    assert [file.name for file in files if not read(file.read_bytes()).tables[0].rows] == []
