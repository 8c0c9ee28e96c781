"""Can no imported word run in a spreadsheet, hide in a file, or break one?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.plain import cell, harmless, plain


@pytest.mark.parametrize("start", [*"=+-@\t\r\n\0＝＋－＠"])
def test_a_cell_that_would_start_a_formula_is_prefixed(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(f"  \u3000{start}1") == f"'  \u3000{start}1"


@pytest.mark.parametrize("words", ["", "A000001", "示例甲", "1-2", "a=b", "990101********4514"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


@pytest.mark.parametrize("start", ["﹢", "﹣", "﹦", "﹫", "\u2212", "\u2003="])
def test_small_and_other_widths_of_the_signs_start_a_formula_too(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("张\u202e三\u2066", "张三"),  # direction marks turn round what is read
        ("张\u200b三\ufeff", "张三"),  # zero-width
        ("一行\r\n二行\u2028三行\t四", "一行 二行 三行 四"),
        ("a\0b\x07c", "abc"),
        ("\ud800x\ufffe\U0001ffff", "x"),
        ("𠮷野家 é ☑", "𠮷野家 é ☑"),
    ],
)
def test_what_does_not_show_is_taken_away(words: str, shown: str) -> None:
    assert plain(words) == shown


def test_a_formula_behind_a_hidden_sign_is_found() -> None:
    assert cell("\u202e=1+1") == "'=1+1"
    assert cell("\0＝1") == "'＝1"


@given(st.text())
def test_no_text_starts_a_formula_or_hides_a_sign(text: str) -> None:
    shown = cell(text)
    first = unicodedata.normalize("NFKC", shown.lstrip()[:1])
    assert not first.startswith(("=", "+", "-", "@"))
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.sampled_from("=+-@＝﹣ \t\r\0\u3000\u202e'甲1"), max_size=6))
def test_no_short_hostile_text_starts_a_formula(text: str) -> None:
    assert not unicodedata.normalize("NFKC", cell(text).lstrip()[:1]).startswith(("=", "+", "-", "@"))
