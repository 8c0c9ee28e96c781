"""Is the truth of another world refused, and the world's own accepted?"""

from dataclasses import replace

import polars as pl
import pytest

from casework.dataset import Tables
from casework.errors import CaseworkError
from metrics.evaluation import TRUTH_SCHEMA, of_this_world
from tests.worlds import person_no, world

IDENTITY = pl.DataFrame({"person_id": [-42], "id_no": [person_no("示例甲")]})
HERE = {
    "household": "H1",
    "application": "SQ1",
    "award": "BZ1",
    "complaint": "XF1",
    "region": "990101001001",
    "person": "-42",
    "official": "-42",
}


@pytest.fixture(scope="module")
def data() -> Tables:
    owner = person_no("示例甲")
    tables = world(
        region=[{"region_code": "990101001001", "name": "示例村", "tier": "village"}],
        person=[{"id_no": owner, "account_no": "6200000000000001"}],
        household=[{"household_no": "H1", "region_code": "990101001001"}],
        application=[{"application_no": "SQ1", "programme": "dibao", "household_no": "H1", "applicant_id_no": owner}],
        award=[{"award_no": "BZ1", "programme": "dibao", "household_no": "H1", "from_month": "2024-01"}],
        payment=[{"payment_no": "ZF1", "award_no": "BZ1", "month": "2024-01", "account_no": "6200000000000002"}],
        complaint=[{"complaint_no": "XF1", "received_at": "2024-02-01"}],
    )
    return replace(tables, manifest=replace(tables.manifest, name="示例甲县"))


def truth(*subjects: tuple[str, str]) -> pl.DataFrame:
    rows = [("two_places", kind, subject, False, "", None) for kind, subject in subjects]
    return pl.DataFrame(rows, schema=TRUTH_SCHEMA, orient="row")


@pytest.mark.parametrize("kind", HERE)
def test_a_subject_is_looked_for_where_its_kind_is_numbered(data: Tables, kind: str) -> None:
    of_this_world(truth((kind, HERE[kind])), data, IDENTITY)
    with pytest.raises(CaseworkError, match="1 of 1 subjects of the truth are not in the data"):
        of_this_world(truth((kind, "9")), data, IDENTITY)


@pytest.mark.parametrize("account", ["6200000000000001", "6200000000000002"])
def test_an_account_may_be_a_persons_or_one_paid_into(data: Tables, account: str) -> None:
    of_this_world(truth(("account", account)), data, IDENTITY)
    with pytest.raises(CaseworkError, match="such as account 6200000000000003"):
        of_this_world(truth(("account", account), ("account", "6200000000000003")), data, IDENTITY)


def test_how_many_are_missing_and_one_of_them_is_said_in_one_line(data: Tables) -> None:
    planted = truth(("award", "BZ1"), ("award", "BZ8"), ("award", "BZ7"), ("award", "BZ7"), ("household", "H1"))
    with pytest.raises(CaseworkError) as told:
        of_this_world(planted, data, IDENTITY)
    assert told.value.message.en.startswith("2 of 4 subjects of the truth are not in the data, such as award BZ7")
    assert "有 2 个对象不在当前数据中(共 4 个),如 award BZ7" in told.value.message.zh


def test_a_missing_persons_number_is_not_shown(data: Tables) -> None:
    number = person_no("示例乙")
    with pytest.raises(CaseworkError) as told:
        of_this_world(truth(("person", number)), data, IDENTITY)
    assert number not in str(told.value.message)
    assert f"person …{number[-4:]}" in told.value.message.en


def test_a_kind_that_leads_do_not_know_is_not_of_this_world(data: Tables) -> None:
    with pytest.raises(CaseworkError, match="such as village BZ1"):
        of_this_world(truth(("village", "BZ1")), data, IDENTITY)


def test_the_world_named_in_the_file_must_be_the_snapshots(data: Tables) -> None:
    of_this_world(truth(("award", "BZ1")), data, IDENTITY, world="示例甲县")
    with pytest.raises(CaseworkError, match='of another world, "示例乙县", the data are "示例甲县"'):
        of_this_world(truth(("award", "BZ1")), data, IDENTITY, world="示例乙县")
