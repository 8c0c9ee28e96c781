"""What are the screens put together from?"""
