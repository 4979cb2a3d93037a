"""What is remembered of books: files on their way in, imports, their lines, what each import made.

Whatever a book says that is not a person's yet is sealed under a key of its own, text by text.
"""

from kimbilio.exchange.models.files import KINDS, RememberedColumns, SpentKey, Upload, new_reference
from kimbilio.exchange.models.imports import BookImport, BookLine, MadeRows
from kimbilio.exchange.taking_out.models import HeldInFile, TakenOut

__all__ = [
    "KINDS",
    "BookImport",
    "BookLine",
    "HeldInFile",
    "MadeRows",
    "RememberedColumns",
    "SpentKey",
    "TakenOut",
    "Upload",
    "new_reference",
]
