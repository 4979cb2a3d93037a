"""The month's report as a file to take along: a PDF, a workbook, a CSV table."""
