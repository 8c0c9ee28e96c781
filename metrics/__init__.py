"""Counts asked of the case tables under a policy: one file per metric, found by walking this package."""
