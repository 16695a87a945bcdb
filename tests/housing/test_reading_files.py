"""Any file can be read or is refused in words; no file crashes the import or runs anything in a spreadsheet."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hearth.housing.imports import values
from hearth.housing.imports.columns import COLUMNS, NEEDED
from hearth.housing.imports.faults import as_csv
from hearth.housing.imports.sheets import read_homes, read_people, read_staff, read_tenancies
from hearth.housing.imports.terms import CannotRead, SheetKind, Wrong

TODAY = date(2027, 1, 11)
HOMES = "home reference,uprn,address line 1,postcode\n"
PEOPLE = "person reference,name,date of birth,tenancy reference\n"


def homes(text):
    return read_homes(text if isinstance(text, bytes) else text.encode())


def people(text):
    return read_people(text.encode(), TODAY)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_spreadsheets_write_are_read(encoding):
    (row,) = homes((HOMES + "H1,,12 Café Señor Yard – “A”,M14 4AA\n").encode(encoding)).rows
    assert row.line_1 == "12 Café Señor Yard – “A”"


@pytest.mark.parametrize(("delimiter", "ends"), [(",", "\n"), (";", "\r\n"), ("\t", "\r\n"), ("|", "\n")])
def test_the_separators_and_line_ends_that_spreadsheets_write_are_read(delimiter, ends):
    text = HOMES.replace(",", delimiter) + delimiter.join(["H1", "", "1 Ash Road", "m144aa"]) + "\n\n"
    (row,) = homes(text.replace("\n", ends)).rows
    assert (row.reference, row.postcode) == ("H1", "M14 4AA")


def test_headings_are_known_by_their_other_names_and_unknown_columns_are_left_alone():
    (row,) = homes("Property Ref.;ADDRESS_1;Post Code;Rent\nH1;1 Ash Road;M14 4AA;99,50\n").rows
    assert (row.reference, row.line_1) == ("H1", "1 Ash Road")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("name,age\nx,1\n", "no column"),
        ("home reference,property ref,address line 1,postcode\n", "Two columns"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"home reference\x81\x8d,\xff\xfe", "letters"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_what_to_do(text, said):
    with pytest.raises(CannotRead, match=said):
        homes(text)


def test_every_fault_names_its_row_its_column_and_what_to_do():
    sheet = homes(
        HOMES
        + "H1,,1 Ash Road,M14 4AA\n"
        + ",,2 Ash Road,M14 4AA\n"  # 3: nothing to know it by
        + "H3,12A,3 Ash Road,M14 4AA\n"  # 4: no UPRN
        + "H4,,,M14 4AA\n"  # 5: no address
        + "H5,,5 Ash Road,M14\n"  # 6: half a postcode
        + "\n"  # 7: empty
        + "H7,,7 Ash Road\n"  # 8: too short
        + "H8,,8 Ash Road,M14 4AA,more,more\n"  # 9: too long
        + "H1,,9 Ash Road,M14 4AA\n"  # 10: the same again
        + "H9,1.0E+11,9 Ash Road,M14 4AA\n"  # 11: rounded
        + "H10,00077,10 Ash Road,M14 4AA,,\n"
        + "H11,77,11 Ash Road,M14 4AA\n"  # 13: the same UPRN
    )
    assert [row.reference for row in sheet.rows] == ["H1", "H10"]
    assert [(fault.row, fault.column) for fault in sorted(sheet.faults, key=lambda fault: fault.row)] == [
        (3, "home reference"), (4, "uprn"), (5, "address line 1"), (6, "postcode"), (8, ""), (9, ""), (10, ""),
        (11, "uprn"), (13, ""),
    ]  # fmt: skip
    assert all(fault.problem.endswith(".") and fault.what_to_do.endswith(".") for fault in sheet.faults)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/01/1980", date(1980, 1, 31)),
        ("1/2/1980", date(1980, 2, 1)),
        ("1980-02-01", date(1980, 2, 1)),
        ("1980-02-01 00:00:00", date(1980, 2, 1)),
        ("1980-02-01T00:00:00", date(1980, 2, 1)),
        ("1 Feb 1980", date(1980, 2, 1)),
        ("01.02.1980", date(1980, 2, 1)),
        ("29/02/2024", date(2024, 2, 29)),
        ("", None),
        ("N/A", None),
        ("01/01/1900", None),
        ("31/12/9999", None),
    ],
)
def test_days_are_read_the_british_way(written, day):
    assert values.day(written) == day


@pytest.mark.parametrize(
    "written",
    ["31/02/1980", "29/02/2023", "13/13/2020", "1/2/80", "yesterday", "1/2/0080", "=1+1", "٣١/٠٢/١٩٨٠"],
)
def test_a_day_that_does_not_exist_is_said_to_be_none(written):
    with pytest.raises(Wrong):
        values.day(written)


@pytest.mark.parametrize("born", ["12/01/2027", "11/01/1890"])
def test_a_date_of_birth_is_somebodys_who_can_be_living(born):
    sheet = people(PEOPLE + f"P1,Ann Ash,{born},\n")
    assert not sheet.rows
    assert sheet.faults[0].column == "date of birth"


def test_one_person_in_two_rows_may_not_be_two_people():
    sheet = people(PEOPLE + "P1,Ann Ash,01/02/1980,T1\nP1,Ann Ash,01/02/1980,T2\nP1,Ann Oak,01/02/1980,T3\n")
    assert [row.tenancy for row in sheet.rows] == ["T1", "T2"]
    assert [fault.row for fault in sheet.faults] == [4]


def test_a_leading_nought_kept_by_a_spreadsheet_stays():
    (row,) = homes(HOMES + '"=""0042""",,1 Ash Road,M14 4AA\n').rows
    assert row.reference == "0042"


@pytest.mark.parametrize(
    "cell", ["\x00", "a\x00b", "\x1b[31m", "x" * 2_000, "x" * 10_000_000, "\ud800".encode("utf-8", "surrogatepass")]
)
def test_a_cell_no_database_or_person_can_read_leaves_out_its_row_only(cell):
    body = cell if isinstance(cell, bytes) else cell.encode()
    content = HOMES.encode() + b"H1,,1 Ash Road,M14 4AA\nH2,," + body + b",M14 4AA\nH3,,3 Ash Road,M14 4AA\n"
    try:
        sheet = homes(content)
    except CannotRead:
        assert isinstance(cell, bytes)
        return
    kept = [row.reference for row in sheet.rows]
    assert kept == ["H1", "H3"] or (isinstance(cell, bytes) and len(kept) == 3)
    assert all(len(fault.cell) <= 60 for fault in sheet.faults)


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "%1", "|calc"])
def test_the_file_of_faults_runs_nothing_in_a_spreadsheet(cell):
    sheet = people(PEOPLE + f'P1,Ann Ash,"{cell}",\n')
    rows = list(csv.reader(io.StringIO(as_csv(sheet.faults).decode("utf-8-sig"))))
    assert rows[0][:5] == ["File", "Row", "Column", "What is wrong", "What to do"]
    assert rows[1][:3] == ["people", "2", "date of birth"]
    assert rows[1][5].startswith("'")


READERS = {
    SheetKind.HOMES: read_homes,
    SheetKind.TENANCIES: read_tenancies,
    SheetKind.PEOPLE: lambda content: read_people(content, TODAY),
    SheetKind.STAFF: read_staff,
}
CELLS = st.one_of(st.text(max_size=30), st.sampled_from(['"', "=1", "31/02/2020", "x" * 1001, "\0", "M14 4AA", "12"]))


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(list(SheetKind)), content=st.binary(max_size=400))
@example(kind=SheetKind.HOMES, content=b'home reference,address line 1,postcode\n"')
def test_no_bytes_crash_the_reading(kind, content):
    read_or_refuse(kind, content)


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(list(SheetKind)), rows=st.lists(st.lists(CELLS, max_size=12), max_size=8))
def test_no_cells_crash_the_reading(kind, rows):
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([called for called, _ in COLUMNS[kind].values()])
    writer.writerows(rows)
    read_or_refuse(kind, written.getvalue().encode("utf-8", "replace"))


def read_or_refuse(kind, content):
    try:
        sheet = READERS[kind](content)
    except CannotRead:
        return
    for row in sheet.rows:
        assert "\0" not in repr(row)
    as_csv(sheet.faults)


def test_every_needed_column_is_a_column_and_no_heading_means_two():
    for kind, groups in NEEDED.items():
        assert {key for group in groups for key in group} <= COLUMNS[kind].keys()
        names = [name for called, others in COLUMNS[kind].values() for name in (called, *others)]
        assert len(names) == len(set(names))
