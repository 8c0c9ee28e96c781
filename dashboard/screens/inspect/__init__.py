"""What does an inspector open?"""
