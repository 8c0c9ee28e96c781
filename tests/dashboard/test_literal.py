"""Does an imported word stay a word where Streamlit reads markdown?"""

import pytest

from dashboard.parts.literal import literal


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("示例甲镇", "示例甲镇"),
        ("**粗**", r"\*\*粗\*\*"),
        ("[链接](x)", r"\[链接\]\(x\)"),
        (":material/home:", r"\:material/home\:"),
        ("$x$ `y` <b>", r"\$x\$ \`y\` \<b\>"),
    ],
)
def test_every_sign_that_could_begin_something_is_escaped(word: str, said: str) -> None:
    assert literal(word) == said
