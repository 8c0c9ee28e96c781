"""A world that is made up, with known answers: what is in it, and what was planted."""
