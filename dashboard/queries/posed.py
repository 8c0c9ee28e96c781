"""How is a scenario written in a link, so that whoever opens it sees the same?

`@plain|dibao_standard;;urban_rural=rural;;scale;1.1`: pieces apart by `|`, what a piece consists of by `;`, each
part quoted. `@` names a shipped scenario, `!` an assumption, all else is a change of a rule: id, region, scope, field,
how, value, from, to, on whose authority.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import quote, unquote

from casework.errors import WrongUsageError
from casework.policy.change import Change
from casework.text import Text
from metrics.whatif import assumed
from metrics.whatif.scenario import Assumptions, Scenario, stacked

WAYS: Final = ("set", "scale", "add")
_PARTS: Final = 9
_UNREADABLE: Final = Text(
    "链接中的情景“{text}”读不懂;请在页面上重新填写",
    "the link's scenario “{text}” cannot be read; write it anew on the page",
)


@dataclass(frozen=True)
class Draft:
    """A scenario as its writer put it together: shipped ones, then changes of their own, each with its authority."""

    shipped: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    sources: tuple[str, ...] = ()
    assumptions: Assumptions = field(default_factory=Assumptions)

    @property
    def empty(self) -> bool:
        """Does it say nothing at all?"""
        return not (self.shipped or self.changes or self.assumptions != Assumptions())

    def with_change(self, change: Change, source: str) -> "Draft":
        """The same and one more change, the last."""
        return replace(self, changes=(*self.changes, change), sources=(*self.sources, source))

    def without(self, place: int) -> "Draft":
        """The same less one of its own changes."""
        kept = [number for number in range(len(self.changes)) if number != place]
        return replace(
            self,
            changes=tuple(self.changes[number] for number in kept),
            sources=tuple(self.sources[number] for number in kept),
        )

    def scenario(self, name: str, known: Mapping[str, Scenario]) -> Scenario:
        """What it comes to: the shipped ones' changes first; assumptions of its own before theirs.

        Raises:
            WrongUsageError: it names a shipped scenario that there is not.
        """
        for one in self.shipped:
            if one not in known:
                raise _wrong(one)
        own = Scenario(name, self.changes, self.assumptions, self.sources)
        return replace(stacked(*(known[one] for one in self.shipped), own), name=name)


def written(draft: Draft) -> str:
    """The draft as text for a link; empty where it says nothing."""
    pieces = [f"@{quote(name, safe='')}" for name in draft.shipped]
    pieces += [_change(change, source) for change, source in zip(draft.changes, draft.sources, strict=True)]
    return "|".join([*pieces, *_assumed(draft.assumptions)])


def read(text: str) -> Draft:
    """The draft that a link's text means.

    Raises:
        WrongUsageError: it cannot be read.
    """
    draft = Draft()
    for piece in filter(None, text.split("|")):
        try:
            draft = _with(draft, piece)
        except (ValueError, TypeError, IndexError) as error:
            raise _wrong(piece) from error
    return draft


def _with(draft: Draft, piece: str) -> Draft:
    if piece.startswith("@"):
        return replace(draft, shipped=(*draft.shipped, unquote(piece[1:])))
    parts = [unquote(part) for part in piece.split(";")]
    if piece.startswith("!"):
        wrong: list[tuple[str, Text]] = []
        said = {**assumed.spoken(draft.assumptions), parts[0][1:]: json.loads(parts[1])}
        read_ = assumed.read({name: list(one) if isinstance(one, tuple) else one for name, one in said.items()}, wrong)
        if wrong:
            raise ValueError(piece)
        return replace(draft, assumptions=read_)
    rule, region, scope, which, way, value, since, until, source = [*parts, *[""] * (_PARTS - len(parts))]
    if way not in WAYS:
        raise ValueError(way)
    change = Change(
        rule,
        region=region,
        scope=dict(_pair(one) for one in scope.split(",") if one),
        from_=date.fromisoformat(since) if since else None,
        to=date.fromisoformat(until) if until else None,
        which=which,
        **{way: _value(json.loads(value))},
    )
    return draft.with_change(change, source)


def _pair(text: str) -> tuple[str, str | bool]:
    key, _, value = text.partition("=")
    return key, {"true": True, "false": False}.get(value, value)


def _value(value: Any) -> Any:  # noqa: ANN401 - a rule's value may be of any kind
    return tuple(value) if isinstance(value, list) else value


def _change(change: Change, source: str) -> str:
    way = next(name for name in WAYS if getattr(change, name) is not None)
    scope = ",".join(f"{key}={_token(value)}" for key, value in sorted(change.scope.items()))
    parts = [
        change.id,
        change.region,
        scope,
        change.which,
        way,
        json.dumps(getattr(change, way), ensure_ascii=False),
        str(change.from_ or ""),
        str(change.to or ""),
        source,
    ]
    return ";".join(quote(part, safe="=,.") for part in parts).rstrip(";")


def _token(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _assumed(said: Assumptions) -> list[str]:
    return [f"!{name};{quote(json.dumps(value), safe='.')}" for name, value in assumed.spoken(said).items()]


def _wrong(text: str) -> WrongUsageError:
    return WrongUsageError(Text(_UNREADABLE.zh.format(text=text), _UNREADABLE.en.format(text=text)))
