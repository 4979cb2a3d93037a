"""Reading books as they are really kept: spreadsheets and CSV files, typed from paper by several hands.

Pure: no Django, no database, no clock. What the doors may use is listed here.
"""
