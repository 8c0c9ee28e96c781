"""Who reads, in which language, which part of the data?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from casework.review.scope import Reader, Role, Scope
from casework.text import Language, Text
from dashboard import address
from dashboard.desk import Desk
from dashboard.queries import mine, places
from dashboard.queries.counts import Period
from dashboard.rights import Act, Deed, can, demand
from dashboard.words import Words


@dataclass(frozen=True, slots=True)
class View:
    """The part of the data that the URL names; unknown codes are kept in `stale` and widened to all."""

    region: str
    programme: str
    period: Period
    stale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One reader on one state of the workspace, in one language: what a page and a file need alike."""

    desk: Desk
    reader: Reader
    language: Language

    @property
    def say(self) -> Words:
        """The phrases of the reader's language."""
        return Words(self.language)

    @property
    def who(self) -> str:
        """The name that the journal knows the reader by."""
        return self.reader.name

    @property
    def role(self) -> Role:
        """What the reader works as."""
        return self.reader.role

    @property
    def scope(self) -> Scope:
        """The regions that are the reader's."""
        return self.reader.scope

    @property
    def leads(self) -> pl.DataFrame:
        """The leads that the reader may see: the only ones a screen may show, count or export."""
        return mine.leads(self.desk, self.reader)

    def text(self, text: Text) -> str:
        """A card's or table's own words in the reader's language."""
        return text.say(self.language)

    def demand(self, act: Act | Deed) -> None:
        """Refuse what the role may not see or do."""
        demand(self.role, act)

    def can(self, deed: Deed) -> bool:
        """Is this deed granted to the reader?"""
        return can(self.role, deed)

    def place(self, code: str | None) -> str:
        """A region's name, the root's where none is known; imported text, so never markdown."""
        try:
            return self.text(self.desk.regions[code or self.desk.regions.root].name)
        except KeyError:
            return str(code)


@dataclass(frozen=True)
class Viewing(Reading):
    """A reader who looks at a part of the data: what a number and a sentence need, on a page or in a file."""

    view: View


@dataclass(frozen=True)
class Session(Viewing):
    """A reader before the pages."""

    pages: Mapping[Act, StreamlitPage]
    door: StreamlitPage

    def go(self, act: Act, **params: str) -> None:
        """Open another page on the same view."""
        st.switch_page(self.pages[act], query_params=address.link(**params))

    def link(self, act: Act, label: str, **params: str) -> None:
        """A link to another page on the same view; `label` is ours, never imported text."""
        st.page_link(self.pages[act], label=label, query_params=address.link(**params))

    @property
    def region_codes(self) -> tuple[str, ...]:
        """The chosen region and everything below it, as far as the reader's scope goes."""
        chosen = self.view.region
        below = self.desk.regions.descendants(chosen) if chosen in self.desk.regions else ()
        return tuple(code for code in below if self.scope.covers(code))


def language() -> Language:
    """The language of the URL; Chinese unless it says English."""
    return "en" if address.read("lang") == "en" else "zh"


def view(desk: Desk, scope: Scope) -> View:
    """What the URL narrows the data to, never beyond the reader's scope; nothing in a workspace without data."""
    if desk.tables is None:
        return View("", "", Period(date.min, date.min))
    stale: list[str] = []
    region, programme = address.read("region"), address.read("programme")
    if region and not (places.known(desk.regions, region) and scope.covers(region)):
        stale.append(region)
        region = ""
    if programme and programme not in desk.programmes:
        stale.append(programme)
        programme = ""
    period = desk.counts.period(_month(address.read("since")), _month(address.read("until")))
    for name, chosen in (("since", period.since), ("until", period.until)):
        if (asked := address.read(name)) and asked != f"{chosen:%Y-%m}":
            stale.append(asked)
    return View(region or places.start(desk.regions, scope), programme, period, tuple(stale))


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
