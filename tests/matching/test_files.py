"""Reading large files: ids, scores and dates as they are written, against the slow and obvious way."""

from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wurzelwerk.matching import csvfile, fields, files
from wurzelwerk.matching.errors import BadInput
from wurzelwerk.matching.keys import PADDING, Keys


def test_keys_find_ids_of_any_length_and_nothing_else():
    ids = [b"a", b"ab", b"12345678", b"123456789", b"x" * 64]
    for known in (ids, [*ids, b"y" * 70], []):
        asked = [*ids, b"y" * 70, b"b", b"x" * 63, b"x" * 65, b"1234567"]
        buffer = np.frombuffer(b"".join(asked) + bytes(PADDING), dtype=np.uint8)
        lengths = np.array([len(one) for one in asked])
        found = Keys(known).find(buffer, np.cumsum(lengths) - lengths, lengths)
        assert found.tolist() == [known.index(one) if one in known else -1 for one in asked]


def sheet_of(tmp_path_factory, lines, heading="score"):
    path = tmp_path_factory.mktemp("csv") / "T.csv"
    path.write_text("\n".join([heading, *lines, ""]), encoding="utf-8")
    return csvfile.read_sheet(path, required=["score"])


plain = st.decimals(min_value=0, max_value=10**6, places=None, allow_nan=False, allow_infinity=False)


@settings(max_examples=100, deadline=None)
@given(numbers=st.lists(st.one_of(plain, st.floats(0, 1).map(lambda one: Decimal(repr(one)))), min_size=1, max_size=20))
def test_scores_equal_exact_decimals_rounded_half_to_even(tmp_path_factory, numbers):
    sheet = sheet_of(tmp_path_factory, [str(one) for one in numbers])
    parts = sheet.each(lambda block: fields.scores(block, "score"))
    wanted = [int(one.scaleb(6).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)) for one in numbers]
    assert np.concatenate([part[0] for part in parts]).tolist() == wanted
    exact = [one.scaleb(6) == whole for one, whole in zip(numbers, wanted, strict=True)]
    assert sum(part[1] for part in parts) == exact.count(False)


@pytest.mark.parametrize(
    ("text", "micro"),
    [("1", 10**6), (".5", 500_000), ("1.", 10**6), ("1e-3", 1000), ("+2", 2 * 10**6), (" 3 ", 3 * 10**6),
     ("0.0000005", 0), ("0.0000015", 2), ("0.8444218515250481", 844422), ("-0", 0)],
)  # fmt: skip
def test_scores_are_read_as_written(tmp_path_factory, text, micro):
    sheet = sheet_of(tmp_path_factory, [text])
    assert sheet.each(lambda block: fields.scores(block, "score"))[0][0].tolist() == [micro]


@pytest.mark.parametrize("text", ["1.2.3", ".", "1,5x", "١", "0x10", "inf", "--1", "1e", "1_0_"])
def test_scores_that_are_no_numbers_are_refused(tmp_path_factory, text):
    sheet = sheet_of(tmp_path_factory, [f"{text};x"], heading="score;other")
    with pytest.raises(BadInput, match="Zeile 2, Spalte „score“"):
        sheet.each(lambda block: fields.scores(block, "score"))


def test_sheet_in_many_blocks_reads_every_line_once_and_names_the_right_one(tmp_path, monkeypatch):
    monkeypatch.setattr(csvfile, "BLOCK", 64)
    lines = [f"id{row},{row}" for row in range(500)]
    path = tmp_path / "T.csv"
    path.write_text("\n".join(["key,value", *lines, ""]), encoding="utf-8")
    sheet = csvfile.read_sheet(path, required=["key", "value"])
    values = files.whole_column(sheet, lambda block: fields.integers(block, "value", least=0))
    assert values.tolist() == list(range(500))
    assert files.listed(sheet, "key").names() == sorted(f"id{row}" for row in range(500))
    assert [files.line_of_row(sheet, row) for row in (0, 250, 499)] == [2, 252, 501]


def test_sheet_with_a_wrong_line_far_down_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(csvfile, "BLOCK", 64)
    path = tmp_path / "T.csv"
    path.write_text("key,value\n" + "a,1\n" * 100 + "a,b\n" + "a,1\n" * 100, encoding="utf-8")
    sheet = csvfile.read_sheet(path, required=["key", "value"])
    with pytest.raises(BadInput, match="Zeile 102, Spalte „value“"):
        sheet.each(lambda block: fields.integers(block, "value", least=0))
