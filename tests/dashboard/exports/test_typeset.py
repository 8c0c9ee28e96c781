"""Is Chinese on paper set with the office's signs, and everything else left alone?"""

import pytest

from dashboard.exports.typeset import typeset


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("线索,待核实;不得作为停发、追缴依据", "线索，待核实；不得作为停发、追缴依据"),
        ("575 元/人·月(2025-05 有效,自 2024-07-01 起施行)", "575 元/人·月（2025-05 有效，自 2024-07-01 起施行）"),
        ("把握(0–1)", "把握（0–1）"),
        ("共发 1,265.00 元,存疑 0.50 元", "共发 1,265.00 元，存疑 0.50 元"),
        ("受理 2024-05-31 09:34:20:任职", "受理 2024-05-31 09:34:20:任职"),
        ("甲(乙(丙),丁)", "甲（乙（丙），丁）"),
        ("H01 (a, b)", "H01 (a, b)"),
        ("", ""),
    ],
)
def test_wide_signs_stand_beside_chinese(written: str, printed: str) -> None:
    assert typeset(written, "zh") == printed


def test_english_stays_as_it_is() -> None:
    assert typeset("王**岩 (masked), 示例柏村: yes", "en") == "王**岩 (masked), 示例柏村: yes"
