"""How does an imported word stand in a label, where Streamlit would read markdown?"""


def literal(word: str) -> str:
    """The word with every sign escaped that markdown, a colour or an icon could begin with."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|~<>:$&" else sign for sign in word)
