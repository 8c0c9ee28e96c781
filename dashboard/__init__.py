"""Delivery: the command line, the screens, the exports."""
