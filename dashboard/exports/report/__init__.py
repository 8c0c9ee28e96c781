"""How does the monthly report (月报) leave as a file?"""
