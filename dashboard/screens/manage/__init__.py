"""What does the one who keeps the data open?"""
