"""Questions asked of the case tables under a policy: one file per scheme, found by walking this package."""
