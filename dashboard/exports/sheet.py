"""What does a hand-over sheet (线索移交单) say of one lead, in which order?

Everything the dossier shows that settles, defends or refutes the lead; how it looks is `docx`'s.
"""

import json
from typing import Final

import polars as pl

from dashboard.exports import sections
from dashboard.exports.beside import Beside
from dashboard.exports.opened import Opened, opened
from dashboard.exports.printed import Section, Sheet
from dashboard.parts import labels, shown
from dashboard.parts.said import subject, together
from dashboard.session import Reading

_SURE: Final = frozenset({"valid", "upgraded15"})
_DIGESTS: Final = {
    "content_digest": "handover.digest",
    "snapshot": "data.digest",
    "policy": "handover.rules_digest",
    "detector": "handover.detector",
    "rule": "handover.rule",
    "rule_version": "handover.rule_version",
}


def sheet(reading: Reading, mine: pl.DataFrame, lead_id: str, beside: Beside, *, reveal: bool) -> Sheet:
    """The sheet of one of the leads `mine`; persons and what is sensitive masked unless revealed."""
    one = opened(reading, mine, lead_id, reveal=reveal)
    say, lead = reading.say, one.lead
    parts = [
        Section(say("handover.arithmetic"), [*sections.arithmetic(one), *sections.account(one)]),
        Section(say("handover.evidence"), sections.evidence(one)),
        Section(say("rules.title"), sections.rules(one)),
        Section(say("dossier.innocent"), sections.innocent(one)),
        Section(say("dossier.settle"), [reading.text(one.card.verify)]),
        Section(say("handover.others"), sections.others(one, beside)),
        Section(say("handover.decided"), sections.decided(reading, beside.decided.get(lead_id, ()))),
        Section(say("handover.statement"), sections.stated(reading, beside.statements.get(lead_id, ()))),
    ]
    kin, persons = sections.kin(one), sections.persons(one)
    if kin or persons:
        parts.insert(1, Section(say("dossier.persons"), [*persons, *kin, *sections.judged(one)]))
    seen = one.spoken.reads(one.told, reading.language, reading.desk.programmes)
    whole = " ".join(filter(None, (seen, together(reading, lead))))
    return Sheet(lead_id, _fields(one, beside.standing.get(lead_id, "")), whole, parts, _origin(one))


def _fields(one: Opened, standing: str) -> list[tuple[str, str]]:
    """What stands in the head of the sheet, two to a line."""
    say, lead, language, desk = one.reading.say, one.lead, one.reading.language, one.reading.desk
    states = {person.state for person in one.persons.values()}
    sure = say("dossier.nobody") if not states else say("dossier.sure" if states <= _SURE else "dossier.unsure")
    kind = labels.code("kind", lead["subject_kind"], language, desk)
    return [
        (say("queue.lead"), one.reading.text(one.card.title)),
        (say("queue.family"), labels.code("family", lead["family"], language, desk)),
        (say("queue.subject"), f"{kind} {subject(lead, one.persons, reveal=one.reveal)}".strip()),
        (say("queue.region"), one.reading.place(lead["region_code"])),
        (say("queue.level"), labels.code("level", lead["level"], language, desk)),
        (say("queue.severity"), labels.code("severity", lead["severity"], language, desk)),
        (say("dossier.identity"), sure),
        (say("dossier.confidence"), f"{lead['confidence']:.2f}"),
        (say("queue.when"), shown.stretch(lead["since"], lead["until"], one.facts)),
        (say("dossier.owed" if lead["family"] == "missed" else "dossier.amount"), shown.yuan(lead["amount_fen"])),
        (say("handover.household"), lead["household_no"] or shown.UNKNOWN),
        (say("handover.standing"), standing or say("handover.undecided")),
    ]


def _origin(one: Opened) -> list[str]:
    """From which data, rules and program the lead is, so that it can be computed again."""
    say, lead = one.reading.say, one.lead
    sources = json.loads(lead["sources"] or "{}")
    said = [f"{labels.table(name, one.reading.language)} {day}" for name, day in sources.items()]
    return [
        say("dossier.sources", sources=say("rules.joint").join(said)),
        " · ".join(f"{say(title)} {lead[name]}" for name, title in _DIGESTS.items() if lead[name]),
    ]
