"""What may be typed about supplies, and how it is explained when wrong."""

from kimbilio.stock.forms.asking import AsAtForm, MonthForm
from kimbilio.stock.forms.items import ItemForm, WeeksForm
from kimbilio.stock.forms.papers import (
    CountForm,
    Lot,
    LotsForm,
    MoveForm,
    PaperForm,
    ReceiveForm,
    sent_beside,
)

__all__ = [
    "AsAtForm",
    "CountForm",
    "ItemForm",
    "Lot",
    "LotsForm",
    "MonthForm",
    "MoveForm",
    "PaperForm",
    "ReceiveForm",
    "WeeksForm",
    "sent_beside",
]
