"""What does a leader open?"""
