"""What staff can do with books: take them in, settle lines that wait, take an import back."""

from kimbilio.exchange.actions.importing import import_book
from kimbilio.exchange.actions.settling import (
    leave_out,
    open_waiting_line,
    settle_as_new,
    settle_as_person,
    settle_corrected,
    take_back_settlement,
)
from kimbilio.exchange.actions.taking_out import (
    Wanted,
    approve_taking_out,
    ask_to_take_out,
    take_out,
    turn_down_taking_out,
)
from kimbilio.exchange.actions.undoing import undo_import
from kimbilio.exchange.actions.uploading import (
    begin_import,
    cancel_upload,
    choose_columns,
    import_upload,
    take_file,
)

__all__ = [
    "Wanted",
    "approve_taking_out",
    "ask_to_take_out",
    "begin_import",
    "cancel_upload",
    "choose_columns",
    "import_book",
    "import_upload",
    "leave_out",
    "open_waiting_line",
    "settle_as_new",
    "settle_as_person",
    "settle_corrected",
    "take_back_settlement",
    "take_file",
    "take_out",
    "turn_down_taking_out",
    "undo_import",
]
