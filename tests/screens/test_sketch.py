"""Do the names on a sketch of regions stand clear of one another?"""

import numpy as np

from dashboard.parts.whatif.sketch import apart


def test_a_name_that_would_lie_over_another_is_left_out() -> None:
    at = {code: np.array(point, np.float64) for code, point in {"1": (0, 0), "2": (0.3, 0), "3": (0, 1)}.items()}
    names = {"1": "示例甲镇", "2": "示例乙镇", "3": "示例丙镇"}  # 48 pixels wide each
    assert apart(at, names, scale=100) == ["1", "3"]  # 30 pixels apart; 100 above
    assert apart(at, names, scale=160) == ["1", "2", "3"]  # 48 pixels apart: side by side


def test_latin_names_need_half_the_room() -> None:
    at = {"1": np.array([0.0, 0.0]), "2": np.array([25.0, 0.0])}
    assert apart(at, {"1": "ABCD", "2": "EFGH"}, scale=1) == ["1", "2"]
    assert apart(at, {"1": "示例甲镇", "2": "示例乙镇"}, scale=1) == ["1"]
