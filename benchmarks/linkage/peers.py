"""How do others find the same pairs? Run by an interpreter that has Splink; nothing of it is needed by Mingcha.

`python peers.py RECORDS.parquet OUT.parquet WAY`, WAY one of WAYS; writes `record_a`, `record_b`, `score` and prints
the seconds taken from reading to pairs.

- `splink_docs`: as its documentation de-duplicates people (name by Jaro–Winkler, date of birth, number by
  Damerau–Levenshtein, phone, account, address), expectation maximisation from three blockings.
- `splink_chinese`: the same with features made for Chinese: fifteen digits made eighteen, pinyin as a level of the
  name, the number's check digit, month and day with a year or two apart, and a block by pinyin and month-day.
- `exact_number`: join on the number, fifteen digits made eighteen.
- `components`: networkx: everybody who shares a number, phone, account or address and a name is one person.
"""

import importlib
import sys
import time
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
from pypinyin import lazy_pinyin

WAYS = ("splink_docs", "splink_chinese", "exact_number", "components")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SIGNS = "10X98765432"
PAIR = {"record_a": pl.Int64, "record_b": pl.Int64, "score": pl.Float64}


def completed(number: str) -> str:
    """Eighteen digits."""
    if len(number) == 18:  # noqa: PLR2004 - as GB 11643 has them
        return number
    body = number[:6] + "19" + number[6:]
    return body + check(body)


def check(body: str) -> str:
    """The check digit of seventeen."""
    return SIGNS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def with_features(rows: pl.DataFrame) -> pl.DataFrame:
    """What a careful user prepares for Chinese records."""
    numbers = [completed(number) for number in rows["id_no"]]
    return rows.with_columns(
        id18=pl.Series(numbers),
        fits=pl.Series([check(number[:17]) == number[17] for number in numbers]),
        pinyin=pl.Series([" ".join(lazy_pinyin(name)) for name in rows["name"]]),
        month_day=pl.col("born_on").dt.strftime("%m%d"),
        year=pl.col("born_on").dt.year(),
        dob=pl.col("born_on").dt.strftime("%Y-%m-%d"),
    )


def splink_pairs(rows: pl.DataFrame, *, chinese: bool) -> pl.DataFrame:
    """Every pair above even odds, with its weight in bits."""
    splink = importlib.import_module("splink")  # which only this interpreter has
    cl, block_on = importlib.import_module("splink.comparison_library"), splink.block_on
    plain = [
        cl.JaroWinklerAtThresholds("name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
    ]
    contact = [
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        cl.ExactMatch("account_no").configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("address", [1, 3]),
    ]
    blocks = [("id_no",), ("name", "dob"), ("phone",), ("account_no",), ("address", "name"), ("address", "dob")]
    training = [("name", "dob"), ("phone",), ("id_no",)]
    if chinese:
        plain = [_name(cl), _birth(cl), _number(cl)]
        blocks = [
            ("id18",),
            ("pinyin", "dob"),
            ("pinyin", "month_day"),
            ("phone",),
            ("account_no",),
            ("address", "dob"),
        ]
        training = [("pinyin", "dob"), ("phone",), ("id18",)]
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        comparisons=[*plain, *contact],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
    )
    api = splink.DuckDBAPI()
    given = rows.with_columns(pl.col("born_on").cast(pl.String)).to_arrow()
    linker = splink.Linker(api.register(given), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id18" if chinese else "id_no")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for columns in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=0.01)
    table = pl.from_arrow(api._con.sql(f"select record_l, record_r, match_weight from {found.physical_name}").arrow())  # noqa: SLF001, S608
    return pl.DataFrame(table).rename({"record_l": "record_a", "record_r": "record_b", "match_weight": "score"})


def _name(cl: Any) -> Any:  # noqa: ANN401 - Splink's own kinds
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            _null("name"),
            {"sql_condition": "name_l = name_r", "label_for_charts": "same", "tf_adjustment_column": "name"},
            {"sql_condition": "pinyin_l = pinyin_r", "label_for_charts": "same sound"},
            {"sql_condition": "jaro_winkler_similarity(name_l, name_r) > 0.7", "label_for_charts": "alike"},
            _else(),
        ],
    )


def _birth(cl: Any) -> Any:  # noqa: ANN401 - as above
    near = "month_day_l = month_day_r and abs(year_l - year_r) <= 2"
    return cl.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            _null("dob"),
            {"sql_condition": "dob_l = dob_r", "label_for_charts": "same"},
            {"sql_condition": near, "label_for_charts": "same day, a year or two apart"},
            {"sql_condition": "damerau_levenshtein(dob_l, dob_r) <= 1", "label_for_charts": "a sign apart"},
            _else(),
        ],
    )


def _number(cl: Any) -> Any:  # noqa: ANN401 - as above
    near = "damerau_levenshtein(id18_l, id18_r) <= 2"
    return cl.CustomComparison(
        output_column_name="id18",
        comparison_levels=[
            _null("id18"),
            {"sql_condition": "id18_l = id18_r", "label_for_charts": "same"},
            {"sql_condition": f"{near} and not (fits_l and fits_r)", "label_for_charts": "near, one does not fit"},
            {"sql_condition": "fits_l and fits_r", "label_for_charts": "both fit and differ"},
            _else(),
        ],
    )


def _null(column: str) -> dict[str, Any]:
    return {
        "sql_condition": f"{column}_l is null or {column}_r is null",
        "label_for_charts": "unknown",
        "is_null_level": True,
    }


def _else() -> dict[str, Any]:
    return {"sql_condition": "ELSE", "label_for_charts": "other"}


def exact_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Everybody under one number."""
    return _within(rows.group_by("id18").agg("record")["record"].to_list())


def component_pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Everybody in one connected component of name and shared number, phone, account or address."""
    graph: Any = nx.Graph()
    graph.add_nodes_from(rows["record"])
    for column in ("id18", "phone", "account_no", "address"):
        known = rows.drop_nulls(column)
        for group in known.group_by(column, "name").agg("record")["record"].to_list():
            graph.add_edges_from(pairwise(group))
    return _within([sorted(component) for component in nx.connected_components(graph)])


def _within(groups: list[list[int]]) -> pl.DataFrame:
    pairs = [(min(pair), max(pair), 1.0) for group in groups for pair in combinations(group, 2)]
    return pl.DataFrame(pairs, schema=PAIR, orient="row")


def main() -> None:
    """One way, once."""
    source, target, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    rows = pl.read_parquet(source)
    begun = time.perf_counter()
    if way == "splink_docs":
        found = splink_pairs(rows.with_columns(dob=pl.col("born_on").dt.strftime("%Y-%m-%d")), chinese=False)
    else:
        featured = with_features(rows)
        find = {
            "splink_chinese": lambda: splink_pairs(featured, chinese=True),
            "exact_number": lambda: exact_pairs(featured),
            "components": lambda: component_pairs(featured),
        }
        found = find[way]()
    seconds = time.perf_counter() - begun
    found.write_parquet(target)
    print(f"{seconds:.2f}")


if __name__ == "__main__":
    main()
