"""One file that holds a whole workspace: written, proved, and made a workspace again."""
