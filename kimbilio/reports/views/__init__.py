"""The pages of the report: months, one month, what is behind a number, closing, estimates."""
