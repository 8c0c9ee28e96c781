"""Tests of addresses, phones and accounts."""

import polars as pl
import pytest

from casework.identity.addresses import accounts, house, houses, number, phones


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("示例村三组5号", "示例村3组5号"),
        ("示例村第十二村民小组５号", "示例村12组5"),
        ("示例村 3组-5号", "示例村3组-5号"),
        ("示例省示例市示例县示例镇示例村3组5号", "示例村3组5号"),
        ("示例小区二幢三单元501室", "示例小区2栋3单元501"),
        ("示例县幸福社区一百零五号", "幸福社区105号"),
    ],
)
def test_one_house_written_twice(one: str, two: str) -> None:
    assert house(one, whole=False) == house(two, whole=False)


def test_another_number_is_another_house() -> None:
    assert house("示例村3组5号", whole=False) != house("示例村3组6号", whole=False)
    assert house("示例村3组5号", whole=False) != house("示例村35号", whole=False)


@pytest.mark.parametrize(
    "address",
    [
        "示例县示例镇示例村",
        "示例村三组",
        "示例村第3村民小组",
        "示例村3",
        "示例村十二社",
        "示例镇3号路",
        "示例村5巷",
        "示例小区3楼",
        "三里屯",
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_names_no_house_is_none(address: str, whole: bool) -> None:
    assert house(address, whole=whole) is None


@pytest.mark.parametrize(
    "address",
    [
        "示例村5号",
        "示例村三组5户",
        "3组5",
        "示例村门牌五号",
        "示例村门牌5",
        "示例小区2幢",
        "2单元301",
        "示例路12号",
        "1-2-301",
    ],
)
def test_what_names_a_house_is_one(address: str) -> None:
    assert house(address, whole=False)


def test_without_a_village_code_the_divisions_above_tell_houses_apart() -> None:
    frame = pl.DataFrame(
        {"address": ["甲镇示例村5号", "乙镇示例村5号", "甲镇示例村5号"], "place": [None, None, "990101001001"]}
    )
    assert houses(frame)["value"].n_unique() == 3


@pytest.mark.parametrize(
    ("numeral", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("二〇三", 203)]
)
def test_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


def test_phones_and_accounts() -> None:
    said = pl.DataFrame({"text": ["138-1234 5678", "+86 13812345678", "0000000", "无", "12", None]})
    assert said.select(phones(pl.col("text")))["text"].to_list() == [
        "13812345678",
        "13812345678",
        None,
        None,
        None,
        None,
    ]
    said = pl.DataFrame({"text": ["6217 0000 1", "000", "", "a-1"]})
    assert said.select(accounts(pl.col("text")))["text"].to_list() == ["621700001", None, None, "A1"]
