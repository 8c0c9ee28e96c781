"""Parts of the page on what would follow if a standard or a rule were another one."""
