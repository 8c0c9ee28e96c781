"""Tests of names: taken apart, folded, read."""

from itertools import pairwise

import polars as pl
import pytest

from casework.identity.characters import COMPOUND, FOLDED, FOLDED_SURNAME, READINGS
from casework.identity.names import FORMS, forms, near, parted, surname_reading, tidy


def finest(one: str, two: str) -> str | None:
    """The finest form in which two names are equal."""
    spelt = forms(pl.Series([one, two]))
    rows = {row["name"]: row for row in spelt.iter_rows(named=True)}
    return next((form for form in FORMS if rows[one][form] == rows[two][form]), None)


@pytest.mark.parametrize(
    ("one", "two", "form"),
    [
        ("王建国", "王 建　国", "plain"),
        ("王建国", "王建国(曾用名王建)", "plain"),
        ("买买提·吐尔逊", "买买提•吐尔逊", "plain"),
        ("买买提·吐尔逊", "买买提吐尔逊", "plain"),
        ("张華", "张华", "variant"),
        ("呂布", "吕布", "variant"),
        ("闫丽", "阎麗", "variant"),
        ("付强", "傅彊", "variant"),
        ("王喆", "王哲", "variant"),
        ("王伟", "王玮", "sound"),
        ("单伟", "善玮", "sound"),
        ("尉迟恭", "玉池恭", "sound"),
        ("李芳", "李方", "sound"),
        ("张三", "章三", "sound"),
        ("喻丽", "俞丽", "sound"),  # two surnames that sound the same
        ("侯伟", "候伟", "sound"),
        ("朱鎔", "朱镕", "variant"),
        ("陈志", "陈智", "sound"),
        ("陈志", "陈自", "near"),  # zh and z
        ("李宁", "李林", "near"),  # n and l, -ng and -n
        ("胡兰", "胡南", "near"),
        ("王芳", "王华", None),
        ("王建国", "王建军", None),
        ("王建国", "王建", None),
        ("欧阳春", "欧洋春", "sound"),
    ],
)
def test_the_finest_form_in_which_two_names_are_equal(one: str, two: str, form: str | None) -> None:
    assert finest(one, two) == form


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王伟", ("王", "伟")),
        ("欧阳春", ("欧阳", "春")),
        ("歐陽春", ("歐陽", "春")),
        ("司马", ("司", "马")),
        ("买买提·吐尔逊", ("", "买买提吐尔逊")),
        ("阿布都热合曼", ("", "阿布都热合曼")),
        ("ZHANGSAN", ("", "ZHANGSAN")),
        ("丹", ("", "丹")),
    ],
)
def test_surname_and_given_name(name: str, parts: tuple[str, str]) -> None:
    assert parted(name) == parts


@pytest.mark.parametrize(
    ("surname", "read"), [("单", "shan"), ("仇", "qiu"), ("解", "xie"), ("区", "ou"), ("盖", "ge"), ("任", "ren")]
)
def test_surnames_have_their_own_readings(surname: str, read: str) -> None:
    assert surname_reading(surname) == read


def test_a_form_that_is_folded_into_stays_as_it_is() -> None:
    assert not set(FOLDED.values()) & set(FOLDED)
    assert not set(FOLDED_SURNAME.values()) & set(FOLDED_SURNAME)
    assert not set(READINGS) & set(FOLDED)
    assert not {sign for name in COMPOUND for sign in name} & set(FOLDED)


def test_each_form_is_coarser_than_the_one_before() -> None:
    names = ["王伟", "王玮", "汪伟", "黄伟", "王卫", "閆伟", "闫伟", "阎伟", "言卫", "杨伟", "南伟", "兰伟"]
    spelt = forms(pl.Series(names))
    for finer, coarser in pairwise(FORMS):
        assert spelt.group_by(finer).agg(pl.col(coarser).n_unique())[coarser].max() == 1


@pytest.mark.parametrize(
    ("syllable", "folded"), [("zhang", "zan"), ("nan", "lan"), ("feng", "hen"), ("e", "e"), ("n", "n")]
)
def test_dialects_do_not_tell_some_sounds_apart(syllable: str, folded: str) -> None:
    assert near(syllable) == folded


def test_what_is_no_name_has_no_form() -> None:
    assert forms(pl.Series(["", "  ", "·", None])).is_empty()
    assert tidy(" ·王·") == "王"
