"""Who may be entitled to aid, and does not get it?"""
