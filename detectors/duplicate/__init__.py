"""Was the same need paid twice?"""
