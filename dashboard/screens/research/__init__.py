"""Pages for those who measure the rules themselves."""
