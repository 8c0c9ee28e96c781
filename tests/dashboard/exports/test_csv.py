"""Can no cell of an export be run as a formula, and does every number stay a number?"""

import csv
import io

import polars as pl

from dashboard.exports.csv import table_text, text_of
from dashboard.exports.rows import COLUMNS

ROW = dict.fromkeys(COLUMNS, "") | {"scheme": "late_decision", "confidence": 0.9, "score": 1.05, "amount": "-12.50"}


def test_amounts_and_scores_stay_numbers() -> None:
    (row,) = csv.DictReader(io.StringIO(text_of([ROW])))
    assert (row["confidence"], row["score"], row["amount"]) == ("0.9", "1.050000", "-12.50")


def test_a_hostile_business_number_is_harmless_in_the_file() -> None:
    (row,) = csv.DictReader(io.StringIO(text_of([ROW | {"subject_source": '=HYPERLINK("http://示例")'}])))
    assert row["subject_source"] == '\'=HYPERLINK("http://示例")'


def test_the_header_is_the_contract_s() -> None:
    assert text_of([]) == (
        "scheme,subject_kind,subject_source,part,related,content_digest,level,severity,"
        "confidence,score,amount,since,until,region_code\n"
    )


def test_words_of_a_table_are_harmless_and_its_negative_numbers_stay() -> None:
    table = pl.DataFrame({"programme": ["@自定", None], "value": [-1.5, None]})
    assert table_text(table) == "programme,value\n'@自定,-1.5\n,\n"
