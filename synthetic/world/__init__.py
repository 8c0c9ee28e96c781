"""A believable county, with known answers, from a seed."""
