"""Are a reader's saved filters theirs alone?"""

from pathlib import Path

import pytest

from casework.errors import WrongUsageError
from casework.review.database import Database
from casework.review.views import forget, save, saved


def test_a_view_is_kept_replaced_and_forgotten_by_its_owner(tmp_path: Path) -> None:
    database = Database(tmp_path / "mingcha.sqlite")
    save(database, "甲", " 镇上的漏保 ", {"family": "missed"})
    save(database, "乙", "镇上的漏保", {"family": "wrong"})
    save(database, "甲", "镇上的漏保", {"family": "missed", "level": "verify"})
    assert saved(database, "甲") == {"镇上的漏保": {"family": "missed", "level": "verify"}}
    forget(database, "甲", "镇上的漏保")
    assert saved(database, "甲") == {}
    assert saved(database, "乙") == {"镇上的漏保": {"family": "wrong"}}


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_a_name_says_something_and_is_short(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsageError, match="1 至 40"):
        save(Database(tmp_path / "mingcha.sqlite"), "甲", name, {})
