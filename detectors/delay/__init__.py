"""Was it done in time, and in an order that can be true?"""
