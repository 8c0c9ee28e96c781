"""What is read of the case tables for a population, one question a file."""
