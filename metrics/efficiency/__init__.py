"""What is counted about how fast and how orderly cases are handled."""
