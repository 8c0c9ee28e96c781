"""Can a number and the rows it opens ever disagree? Every metric of complaints and integrity on a made-up township."""

from functools import cache

import polars as pl
import pytest

import metrics
from casework.card import MetricCard
from casework.dataset import Tables
from casework.errors import EngineError
from casework.registry import found
from metrics import rollup
from tests.detectors.made import made, policy, township
from tests.metrics.desk import action, desk, lead

CARDS: list[MetricCard] = [module.CARD for module in found(metrics)]
ASKED = [card for card in CARDS if card.area in ("complaints", "integrity") and card.metric != "complaints_per_1000"]
each_card = pytest.mark.parametrize("card", ASKED, ids=[card.metric for card in ASKED])
AMOUNTS = {
    "amount_in_doubt": ("amount_fen", None),
    "amount_owed": ("amount_fen", None),
    "recovered_share": ("recovered_fen", "amount_fen"),
    "document_completeness": ("filled", "required"),
}


@cache
def of(on: str = "polars") -> Tables:
    """The township, each complaint a repeat of the one before, with a few leads on the desk."""
    schemes = [("overpaid", "wrong"), ("underpaid", "missed"), ("kin_handled", "favoritism")]
    outcomes = ["confirmed", "unfounded", None, "inconclusive"]
    told = [
        lead(
            f"L{place}",
            *schemes[place % 3],
            amount_fen=None if place % 5 == 0 else 100 * place,
            outcome=outcomes[place % 4],
            decided=None if place % 4 == 2 else f"2025-{place % 3 + 10}-15",
            region_code=f"99010100100{place % 2 + 1}",
        )
        for place in range(24)
    ]
    before = None
    complaints = []
    for row in made()[0]["complaint"]:
        complaints.append({**row, "repeat_of": before})
        before = row["complaint_no"]
    return desk(township(on, complaint=complaints), told, [action("L12", "recover", "2025-12-01", 50)])


@each_card
def test_every_number_is_that_of_its_rows(card: MetricCard) -> None:
    table = rollup.measure(metrics, of(), policy(), only=[card.metric], small_cell=0)
    behind = rollup.rows(metrics, of(), policy(), card.metric, region="990101001000")
    months = table.filter(pl.col("region_code") == "990101001000", pl.col("programme") == "")
    assert months.height
    for row in months.iter_rows(named=True):
        here = behind.filter(pl.col("month") == row["month"])
        counted = here.filter(pl.col("in_part"))
        if card.metric in AMOUNTS:
            part, whole = AMOUNTS[card.metric]
            assert row["part"] == counted[part].sum()
            assert row["whole"] == (None if whole is None else counted[whole].sum())
        else:
            assert row["part"] == counted.height
            assert card.kind == "rate" or row["whole"] == here["in_part"].count()


@each_card
def test_its_rows_say_what_they_must_and_nobodys_name(card: MetricCard) -> None:
    behind = rollup.rows(metrics, of(), policy(), card.metric)
    assert {"subject", "region_code", "month", "programme", "in_part"} <= set(behind.columns)
    assert behind["month"].null_count() == 0
    assert not {"name", "address", "phone", "id_no", "person_id", "account_no"} & set(behind.columns)


@each_card
def test_its_card_is_whole(card: MetricCard) -> None:
    texts = (card.title, card.question, card.formula, card.numerator, card.denominator, card.exclusions, card.reading)
    for text in texts:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), text.zh
        assert text.en.strip()
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), text.en
        assert not any(word in text.zh for word in ("违规", "骗保", "违法", "违纪"))
    for rule in card.rules:
        policy().rule(rule)
    assert card.needs


@pytest.mark.spark
@pytest.mark.parametrize("metric", ["document_completeness", "match_coverage", "recovered_share", "repeat_share"])
def test_the_numbers_are_the_same_on_spark(metric: str) -> None:
    try:
        data = of("spark")
    except EngineError as missing:
        pytest.skip(missing.say("en"))
    here = rollup.measure(metrics, of(), policy(), only=[metric])
    assert rollup.measure(metrics, data, policy(), only=[metric]).equals(here)
