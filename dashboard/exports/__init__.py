"""How do leads leave the workspace as a file?"""
