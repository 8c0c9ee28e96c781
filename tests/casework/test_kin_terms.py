"""Tests of 称谓: the word for a relative, as far as sexes and ages are known."""

from datetime import date

import pytest

from casework.kin_terms import term
from casework.kinship.relation import THREE, TWO
from casework.kinship.words import PATHS
from casework.text import Text

OLD, MIDDLE, YOUNG = date(1950, 1, 1), date(1970, 1, 1), date(1990, 1, 1)


@pytest.mark.parametrize(
    ("path", "sexes", "zh", "en"),
    [
        ("member", "M", "本人", "self"),
        ("spouse", "MF", "妻子", "wife"),
        ("spouse", "FM", "丈夫", "husband"),
        ("parent", "MM", "父亲", "father"),
        ("parent", "M?", "父母", "parent"),
        ("child", "MF", "女儿", "daughter"),
        ("parent>parent", "?MM", "祖父", "father's father"),
        ("parent>parent", "?FF", "外祖母", "mother's mother"),
        ("parent>parent", "??F", "祖母或外祖母", "grandmother"),
        ("grandparent", "MM", "祖父或外祖父", "grandfather"),
        ("child>child", "?MF", "孙女", "son's daughter"),
        ("child>child", "?FM", "外孙", "daughter's son"),
        ("grandchild", "M?", "孙子女或外孙子女", "grandchild"),
        ("spouse>parent", "MFM", "岳父", "wife's father"),
        ("spouse>parent", "F?F", "婆婆", "husband's mother"),
        ("parent_in_law", "FM", "公公", "husband's father"),
        ("parent_in_law", "?M", "配偶的父亲", "spouse's father"),
        ("child>spouse", "?FM", "女婿", "son-in-law"),
        ("child>spouse", "?M?", "儿媳", "daughter-in-law"),
        ("child_in_law", "?F", "儿媳", "daughter-in-law"),
        ("parent>parent>child", "?M?F", "姑母", "father's sister"),
        ("parent>parent>child", "?M?M", "伯父或叔父", "father's brother"),
        ("parent>sibling", "?FM", "舅父", "mother's brother"),
        ("parent>sibling", "?FF", "姨母", "mother's sister"),
        ("parent>child>child", "??MM", "侄子", "brother's son"),
        ("sibling>child", "?FF", "外甥女", "sister's daughter"),
        ("sibling>child", "??M", "侄子或外甥", "nephew"),
        ("sibling_in_law", "MM", "兄弟姐妹的配偶或配偶的兄弟姐妹", "sibling-in-law"),
        ("parent>child>spouse", "??M?", "兄弟的妻子", "brother's wife"),
        ("spouse>parent>child", "MF?M", "妻子的兄弟", "wife's brother"),
        ("sibling", "MM", "兄弟", "brother"),
        ("parent>child", "M??", "兄弟姐妹", "sibling"),
    ],
)
def test_a_path_and_its_sexes_give_the_word(path: str, sexes: str, zh: str, en: str) -> None:
    assert term(path, [None if sex == "?" else sex for sex in sexes]) == Text(zh, en)


@pytest.mark.parametrize(
    ("path", "sexes", "born", "zh"),
    [
        ("sibling", "MM", (MIDDLE, OLD), "哥哥"),
        ("sibling", "MF", (MIDDLE, YOUNG), "妹妹"),
        ("parent>child", "M?F", (MIDDLE, None, OLD), "姐姐"),
        ("sibling", "MM", (MIDDLE, MIDDLE), "兄弟"),  # twins
        ("sibling", "MM", (None, OLD), "兄弟"),
        ("parent>parent>child", "?M?M", (YOUNG, MIDDLE, None, OLD), "伯父"),
        ("parent>sibling", "?MM", (YOUNG, OLD, MIDDLE), "叔父"),
        ("sibling>spouse", "MMF", (MIDDLE, OLD, None), "嫂子"),  # the brother's age counts, not hers
        ("parent>child>spouse", "M?MF", (MIDDLE, None, YOUNG, OLD), "弟媳"),
        ("sibling>spouse", "MFM", (MIDDLE, OLD, None), "姐夫"),
        ("sibling>spouse", "MFM", (MIDDLE, YOUNG, None), "妹夫"),
        ("spouse>parent>child", "MF?M", (None, MIDDLE, None, OLD), "大舅子"),
        ("spouse>sibling", "MFF", (None, MIDDLE, YOUNG), "小姨子"),
        ("spouse>sibling", "FMM", (None, MIDDLE, YOUNG), "小叔子"),
        ("spouse>sibling", "FMF", (None, MIDDLE, OLD), "大姑子"),
    ],
)
def test_ages_tell_elder_from_younger(path: str, sexes: str, born: tuple[date | None, ...], zh: str) -> None:
    assert term(path, [None if sex == "?" else sex for sex in sexes], born).zh == zh


@pytest.mark.parametrize("path", sorted(PATHS))
def test_every_path_that_kinship_makes_has_a_word(path: str) -> None:
    if path not in {"parent_sibling", "sibling_child"}:  # relations only ever composed
        assert term(path, []).zh


def test_a_path_that_no_kinship_makes_has_none() -> None:
    assert ("spouse", "spouse") not in {*TWO, *THREE}
    with pytest.raises(KeyError):
        term("spouse>spouse", ["M", "F", "M"])
