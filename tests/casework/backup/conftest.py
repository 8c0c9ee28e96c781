"""A workspace of the county with people's work in it, and both databases, for the tests of this folder."""

import hashlib
from pathlib import Path

import pytest

from casework.review.schema import METADATA
from casework.workspace import Workspace
from tests.commands import county_workspace, mingcha, prepared
from tests.databases import postgres, postgres_url

__all__ = ["county_workspace", "mingcha", "postgres", "postgres_url", "prepared", "workspace"]
CASE = {"lead": {"scheme": "deceased_paid", "content_digest": "d1", "conduct": False}}
PHOTO = b"\xff\xd8 a slip"


@pytest.fixture
def workspace(county_workspace: Path) -> Workspace:
    """The county, with acts, a reader, a saved filter and an attachment."""
    made = Workspace(county_workspace)
    digest = hashlib.sha256(PHOTO).hexdigest()
    made.attachment(digest).parent.mkdir()
    made.attachment(digest).write_bytes(PHOTO)
    made.review.act("甲", "take", "L1", CASE, key="1")
    made.review.act("甲", "attach", "L1", {"what": "slip", "sha256": digest, "name": "票据.jpg"}, key="2")
    made.review.enrol("管理员", "甲", "inspector", "990101000000", 2**62, key="3")
    with made.database.writing() as connection:
        connection.execute(METADATA.tables["saved_view"].insert(), {"owner": "甲", "name": "我的", "params": "a=1"})
    return made
