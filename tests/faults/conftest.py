"""Both databases, for the tests of this folder."""

from tests.databases import postgres, postgres_url, where

__all__ = ["postgres", "postgres_url", "where"]
