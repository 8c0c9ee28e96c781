"""When are two names one name: the same, written otherwise, or sounding alike?

Every distinct name is taken apart once. Four forms, each coarser than the one before, so that a name equal in one is
equal in all that follow: `plain` (spaces and marks gone), `variant` (variant, traditional and customary characters
folded), `sound` (pinyin without tones, surnames in their own reading), `near` (sounds that dialects do not tell apart:
zh and z, ch and c, sh and s, n, r and l, f and h, -ng and -n). Beside each full form that of the given name alone.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

import polars as pl
from pypinyin.pinyin_dict import pinyin_dict

from casework.identity.characters import COMPOUND, COMPOUND_READINGS, FOLDED, FOLDED_SURNAME, GIVEN_READINGS, READINGS

FORMS: Final = ("plain", "variant", "sound", "near")  # from the finest to the coarsest
GIVEN: Final = "given_"  # before a form's name: of the given name alone
SCHEMA: Final = pl.Schema(
    {"name": pl.String(), **{f"{part}{form}": pl.String() for form in FORMS for part in ("", GIVEN)}}
)
DOTS: Final = re.compile(r"[·•・‧∙⋅᛫.．﹒]")
_IDLE: Final = re.compile(r"\([^()]*\)|[\s\u200b-\u200f\u2060\ufeff'\"*_-]")  # (曾用名…), spaces, invisible signs
LONGEST: Final = 4  # a Han name with a surname has at most four characters
TWO: Final = 2


def forms(names: pl.Series) -> pl.DataFrame:
    """Each distinct name with its forms (`SCHEMA`); an empty or unreadable name is left out."""
    distinct = names.drop_nulls().unique().sort().to_list()
    rows = [(name, *parted(plain)) for name in distinct if (plain := tidy(name))]
    parts = pl.DataFrame(rows, schema={"name": pl.String(), "surname": pl.String(), GIVEN: pl.String()}, orient="row")
    families = _table(parts["surname"], _family, "surname_")
    whole = parts.join(families, on="surname").join(_table(parts[GIVEN], _own, GIVEN), on=GIVEN)
    full = [pl.concat_str(f"surname_{form}", f"{GIVEN}{form}").alias(form) for form in FORMS]
    return whole.with_columns(*full).select(SCHEMA.names()).sort("name")


def _table(texts: pl.Series, said: Callable[[str], tuple[str, ...]], head: str) -> pl.DataFrame:
    """The forms of each distinct surname, or given name: there are far fewer than names."""
    distinct = texts.unique().sort().to_list()
    columns = [texts.name, *(f"{head}{form}" for form in FORMS)]
    return pl.DataFrame(
        [(text, *said(text)) for text in distinct], schema=dict.fromkeys(columns, pl.String()), orient="row"
    )


def tidy(name: str) -> str:
    """The name without spaces, brackets and invisible signs, in one width and case; the dot of long names stays."""
    return DOTS.sub("·", _IDLE.sub("", unicodedata.normalize("NFKC", name)).upper()).strip("·")


def parted(plain: str) -> tuple[str, str]:
    """Surname and given name; without a surname where a dot or the length says that the name has none."""
    if "·" in plain or len(plain) > LONGEST or not _han(plain[0]) or len(plain) == 1:
        return "", plain.replace("·", "")
    length = TWO if len(plain) > TWO and folded(plain[:TWO]) in COMPOUND else 1
    return plain[:length], plain[length:]


def folded(text: str) -> str:
    """Variant and traditional characters in the form they are folded into."""
    return "".join(FOLDED.get(sign, sign) for sign in text)


def surname_reading(surname: str) -> str:
    """How a (folded) surname is read; syllables apart."""
    if surname in COMPOUND_READINGS:
        return COMPOUND_READINGS[surname]
    return " ".join(_reading(sign) if len(surname) > 1 else READINGS.get(sign, _reading(sign)) for sign in surname)


def near(syllable: str) -> str:
    """One name for the syllables that dialects do not tell apart."""
    said = re.sub(r"^(zh|ch|sh)", lambda found: found[0][0], syllable)
    said = re.sub(r"^[nr](?=.)", "l", said)
    said = re.sub(r"^f(?=u|eng|ang)", "h", said)
    return re.sub(r"(?<=[aei])ng$", "n", said)


def _family(surname: str) -> tuple[str, ...]:
    """The forms of a surname."""
    variant = FOLDED_SURNAME.get(folded(surname), folded(surname))
    sound = surname_reading(variant)
    return surname, variant, f"{sound} ", "".join(f"{near(said)} " for said in sound.split())


def _own(given: str) -> tuple[str, ...]:
    """The forms of a given name."""
    variant = folded(given)
    sounds = [GIVEN_READINGS.get(sign, _reading(sign)) for sign in variant]
    return given, variant, " ".join(sounds), " ".join(map(near, sounds))


@cache
def _reading(sign: str) -> str:
    """The first reading of one character, without its tone; a sign without one reads as itself."""
    said = pinyin_dict.get(ord(sign), sign).split(",")[0]
    bare = unicodedata.normalize("NFD", said).replace("u\u0308", "v")
    return "".join(part for part in bare if not unicodedata.combining(part)).lower()


def _han(sign: str) -> bool:
    return ord(sign) in pinyin_dict
