"""The month's report as it is written down: one story for page, PDF and workbook, in the reader's language."""
