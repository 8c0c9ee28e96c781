"""What is counted about how honestly aid is given, and what came of the doubts?"""
