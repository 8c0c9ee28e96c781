"""Commands and a workspace of the county, for the tests of this folder."""

from tests.commands import county_workspace, mingcha, prepared

__all__ = ["county_workspace", "mingcha", "prepared"]
