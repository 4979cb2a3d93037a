"""The Django backend for an encrypted database file: `ENGINE = "kimbilio.core.sqlcipher"`."""
