"""Do the small questions behind the screens answer right?"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from starlette.types import Message, Receive, Scope, Send

from casework.calendar import Calendar
from casework.regions import Region, Regions
from casework.review.scope import Scope as Own
from casework.text import Text
from dashboard.guard import Guarded
from dashboard.parts import labels
from dashboard.queries import leads, limits, places, visits
from dashboard.queries.course import days_off
from dashboard.queries.people import mask_name
from dashboard.rights import NotYoursError, demand
from tests.worlds import world


@pytest.mark.parametrize(
    ("name", "masked"), [("示例甲", "示*甲"), ("张萌", "张*"), ("张", "*"), ("", ""), ("买买提·示例", "买****例")]
)
def test_a_name_keeps_its_first_and_last_sign_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_worked_sunday_before_the_spring_festival_is_no_day_off() -> None:
    off = days_off(Calendar.load(None), date(2024, 2, 1), date(2024, 2, 20))
    assert off.made_up == (date(2024, 2, 4), date(2024, 2, 18))
    assert off.weekends == (
        (date(2024, 2, 3), date(2024, 2, 3)),
        (date(2024, 2, 10), date(2024, 2, 11)),
        (date(2024, 2, 17), date(2024, 2, 17)),
    )
    assert off.holidays == ((date(2024, 2, 12), date(2024, 2, 16)),)
    assert off.unknown == ()


def test_days_of_an_unpublished_year_are_unknown_not_off() -> None:
    calendar = Calendar.load(None)
    after = date(calendar.through.year + 1, 1, 1)
    off = days_off(calendar, calendar.through, date(after.year, 1, 5))
    assert off.unknown == ((after, date(after.year, 1, 5)),)
    assert not any(since >= after for since, _ in (*off.weekends, *off.holidays))


@pytest.mark.parametrize(
    ("stated", "facts", "due"),
    [
        (None, {"limit": 20, "stopped": 0}, "2024-04-01 23:59:59"),
        (None, {"limit": 20, "stopped": 3}, "2024-04-07 23:59:59"),  # 4 to 6 April off, the 7th worked
        ("2024-03-20", {"limit": 20, "stopped": 0}, "2024-03-20 23:59:59"),
        ("2024-03-20 10:00:00", {}, "2024-03-20 10:00:00"),
        (None, {}, None),
    ],
)
def test_the_limit_is_drawn_where_it_falls(stated: str | None, facts: dict[str, Any], due: str | None) -> None:
    data = world(application=[{"application_no": "A1", "programme": "dibao", "accepted_at": "2024-03-04"}])
    said = datetime.fromisoformat(stated) if stated else None
    row = {
        "accepted_at": datetime.fromisoformat("2024-03-04"),
        "due_at": said,
        "due_at_dated": stated is not None and len(stated) == 10,
    }
    found = limits.due(data, row, facts)
    assert (found and str(found)) == due


LEADS = pl.DataFrame(
    {
        "lead_id": ["a", "b", "c"],
        "home": ["99", "9901", "9901"],
        "family": ["delay", "wrong", "wrong"],
        "scheme": ["late_decision", "deceased_paid", "deceased_paid"],
        "level": ["verify", "exclude", "verify"],
        "severity": ["procedure", "money", "money"],
        "subject_kind": ["application", "award", "award"],
        "programme": ["dibao", "dibao", None],
        "part": ["", "", ""],
        "household_no": ["H1", "H1", "H2"],
        "amount_fen": [None, 100, 200],
        "until": [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)],
        "score": [1.0, 2.0, 3.0],
        "hardship": [None, None, None],
        "level_rank": [1, 0, 1],
        "severity_rank": [2, 1, 1],
    }
)


@pytest.mark.parametrize(
    ("asked", "regions", "found"),
    [
        (leads.Asked(), ["99", "9901"], ["b", "c", "a"]),
        (leads.Asked(), ["9901"], ["b", "c"]),
        (leads.Asked(scheme="deceased_paid", level="verify"), ["99", "9901"], ["c"]),
        (leads.Asked(programme="dibao"), ["99", "9901"], ["b", "a"]),
        (leads.Asked(sort="recent"), ["99", "9901"], ["c", "b", "a"]),
        (leads.Asked(sort="amount"), ["99", "9901"], ["c", "b", "a"]),
        (leads.Asked(family="missed"), ["99", "9901"], []),
    ],
)
def test_the_queue_holds_what_was_asked_in_the_order_asked(
    asked: leads.Asked, regions: list[str], found: list[str]
) -> None:
    assert leads.ordered(LEADS, regions, asked)["lead_id"].to_list() == found


def test_the_missed_come_by_hardship_not_by_what_they_are_owed() -> None:
    ranks = {"level_rank": 1, "severity_rank": 0, "hardship": pl.Series([3.0, 9.0, 5.0])}
    missed = LEADS.with_columns(pl.lit("missed").alias("family"), **ranks)
    found = leads.ordered(missed, ["99", "9901"], leads.Asked(family="missed"))
    assert found["lead_id"].to_list() == ["b", "c", "a"]


def test_by_hardship_the_hardest_comes_before_the_graver_level() -> None:
    ranks = {"level_rank": pl.Series([2, 0, 1]), "severity_rank": 0, "hardship": pl.Series([9.0, 3.0, 5.0])}
    missed = LEADS.with_columns(pl.lit("missed").alias("family"), **ranks)
    found = leads.ordered(missed, ["99", "9901"], leads.Asked(family="missed", sort="hardship"))
    assert found["lead_id"].to_list() == ["a", "c", "b"]


def test_a_page_past_the_end_is_the_last_one() -> None:
    assert visits.page(leads.ordered(LEADS, ["99", "9901"], leads.Asked()), 9).number == 1


def test_a_facet_counts_what_each_choice_would_leave() -> None:
    asked = leads.Asked(scheme="deceased_paid", level="verify")
    assert leads.choices(LEADS, ["99", "9901"], asked, "level") == {"exclude": 1, "verify": 1}
    assert leads.choices(LEADS, ["99", "9901"], asked, "scheme") == {"deceased_paid": 1, "late_decision": 1}


def test_a_reader_begins_where_the_tree_first_branches() -> None:
    def region(code: str, tier: str, parent: str | None) -> Region:
        return Region(code, Text(code, code), tier, parent)

    chain = [region("990000000000", "province", None), region("990101000000", "county", "990000000000")]
    towns = [region(f"99010100{n}000", "township", "990101000000") for n in (1, 2)]
    assert places.start(Regions(chain + towns), Own()) == "990101000000"
    assert places.start(Regions(chain), Own()) == "990000000000"
    assert places.known(Regions(chain + towns), "990101000000/-")
    assert not places.known(Regions(chain + towns), "110101000000")


def test_what_a_scheme_lacks_is_said_in_words_with_its_code() -> None:
    assert labels.needs("needs award, complaint.told_at or complaint.closed_at", "zh") == (
        "保障记录 (award)、信访举报·告知日期 (complaint.told_at) 或 信访举报·办结日期 (complaint.closed_at)"
    )


@pytest.mark.parametrize("act", ["queue", "dossier"])
def test_what_belongs_to_inspectors_is_refused_to_leaders(act: Any) -> None:
    demand("inspector", act)
    with pytest.raises(NotYoursError):
        demand("leader", act)


def _answered(content_type: bytes, chunks: list[bytes]) -> tuple[dict[bytes, bytes], bytes]:
    """What a browser gets of an answer that the server gives in these pieces."""

    async def server(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", content_type), (b"content-length", b"1"), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for place, chunk in enumerate(chunks):
            await send({"type": "http.response.body", "body": chunk, "more_body": place < len(chunks) - 1})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept", b"text/html")]}
    with ThreadPoolExecutor(1) as apart:  # a browser's loop may be running in this thread
        apart.submit(lambda: asyncio.run(Guarded(server)(scope, receive, send))).result()
    return dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


def test_every_answer_forbids_the_browser_to_ask_elsewhere() -> None:
    headers, body = _answered(b"text/plain", [b"a", b"b"])
    assert headers[b"content-security-policy"].startswith(b"default-src 'self'")
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert body == b"ab"


def test_the_empty_page_carries_our_name_and_its_true_length() -> None:
    headers, body = _answered(b"text/html; charset=utf-8", [b"<title>Stream", b"lit</title>"])
    assert body.decode() == "<title>明察 Mingcha</title>"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers
