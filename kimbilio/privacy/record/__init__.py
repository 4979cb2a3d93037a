"""A person's whole record: read from every table that tells of them, written for them or for another programme."""

from kimbilio.privacy.record.entries import Entry, WholeRecord, whole_record
from kimbilio.privacy.record.machine import FORMAT, VERSION, as_file
from kimbilio.privacy.record.pdf import pdf_of

__all__ = ["FORMAT", "VERSION", "Entry", "WholeRecord", "as_file", "pdf_of", "whole_record"]
