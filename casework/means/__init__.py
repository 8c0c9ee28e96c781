"""What has a household, who lives in it, and what is it due?"""
