"""What does each scheme look like when it happens, and what looks like it and is innocent? One file a scheme."""
