"""Which pages are there? One file each, in the folder of the reader's job."""
