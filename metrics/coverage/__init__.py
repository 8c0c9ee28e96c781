"""What is counted about who is reached."""
