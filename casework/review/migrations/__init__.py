"""How did the review's tables come to be as they are, step by step?"""
