"""How fast and how right is it all? Measured here, never asserted in a test."""
