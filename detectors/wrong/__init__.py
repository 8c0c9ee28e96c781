"""Was aid paid that should not have been?"""
