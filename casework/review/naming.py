"""Are two spellings of a name the same name?"""

import unicodedata


def look(name: str) -> str:
    """What a name looks like: in full width or half, in capitals or not, with spaces or without, it is the same."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


__all__ = ["look"]
