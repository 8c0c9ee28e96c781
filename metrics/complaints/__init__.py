"""What is counted about what people complain of."""
