"""Commands, a workspace of the county, and both databases, for the tests of this folder."""

from tests.commands import county_workspace, mingcha, prepared
from tests.databases import database, postgres, postgres_url, where

__all__ = ["county_workspace", "database", "mingcha", "postgres", "postgres_url", "prepared", "where"]
