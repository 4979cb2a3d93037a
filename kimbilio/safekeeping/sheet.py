"""The recovery sheet: what somebody frightened must know, on one page. Its words are one, whatever it is shown on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kimbilio.core.encryption.recovery_keys import in_groups

_IN_A_ROW = 5


@dataclass(frozen=True)
class Step:
    """One thing to do, and what to type for it, where that is a line for the terminal."""

    words: str
    line: str = ""


@dataclass(frozen=True)
class Sheet:
    """One recovery sheet. It holds the secret: show it once, and keep it nowhere."""

    number: int
    made_on: date
    secret: str = field(repr=False)

    @property
    def title(self) -> str:
        """Return what stands above."""
        return _("Recovery sheet %(number)d") % {"number": self.number}

    @property
    def made(self) -> str:
        """Return when it was made, in words."""
        return _("Made on %(day)s") % {"day": date_format(self.made_on, "j F Y")}

    @property
    def what(self) -> Sequence[str]:
        """Return what it is, and where to keep it."""
        return (
            _("This sheet opens the backups of the programme when the computer is gone, taken or broken."),
            _(
                "Whoever holds this sheet and both backup files can read every record. Guard it like the records."
            ),
            _(
                "Keep it on paper, away from the computer and from the backups: with somebody you trust, or in a safe."
            ),
            _(
                "Nobody else can open the backups. If every sheet and the passphrase are gone, the records are gone."
            ),
        )

    @property
    def steps(self) -> Sequence[Step]:
        """Return what to do on the day it is needed."""
        return (
            Step(
                _(
                    "Take a breath. With this sheet and the two newest backup files, "
                    "all that was saved before they were made comes back."
                )
            ),
            Step(
                _(
                    "Find the two files, on the stick or disk in the second place: "
                    "data-….age, and keys-….age of the same time."
                )
            ),
            Step(
                _(
                    "Install Kimbilio on another computer, as its page README says. "
                    "Its page docs/recovery.md tells each step from there."
                )
            ),
            Step(
                _("In the terminal type this line, with the names of your two files:"),
                "kimbilio restore data-….age --keyring keys-….age",
            ),
            Step(
                _(
                    "Type the recovery key of this sheet when it is asked for. Spaces and small letters do not matter."
                )
            ),
            Step(_("Choose a new passphrase. Then type:"), "kimbilio run"),
        )

    @property
    def rows(self) -> list[list[str]]:
        """Return the key as rows of groups of four, to be read out and typed."""
        groups = in_groups(self.secret)
        return [groups[start : start + _IN_A_ROW] for start in range(0, len(groups), _IN_A_ROW)]

    @property
    def reading_help(self) -> str:
        """Return what is easily misread."""
        return _(
            "0 is a zero. There is no 1, no B, no I and no O in the key. It ends with two letters or digits."
        )

    @property
    def in_one_line(self) -> str:
        """Return what the key is to programs, in words."""
        return _("The same key in one line, as other programs that know the age format read it:")

    def square(self) -> segno.QRCode:
        """Return the key as a square for a camera."""
        return segno.make(self.secret, error="m", micro=False)

    def as_text(self) -> str:
        """Return the sheet for a terminal or a plain printer."""
        lines = [f"{self.title}  ·  {self.made}", ""]
        lines += [f"  {said}" for said in self.what]
        lines += ["", _("The recovery key"), ""]
        lines += ["      " + "  ".join(row) for row in self.rows]
        lines += [
            "",
            f"  {self.reading_help}",
            f"  {self.in_one_line}",
            f"  {self.secret}",
            "",
            _("If the computer is gone"),
            "",
        ]
        for number, step in enumerate(self.steps, 1):
            lines += [f"  {number}. {step.words}", *([f"        {step.line}"] if step.line else [])]
        return "\n".join([*lines, "", self._drawn()])

    def _drawn(self) -> str:
        """Return the square as characters, two rows of it in one line."""
        bits = [list(row) for row in self.square().matrix_iter(border=2)]
        bits += [[0] * len(bits[0])] if len(bits) % 2 else []
        marks = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
        return "\n".join(
            "".join(marks[above and 1, below and 1] for above, below in zip(upper, lower, strict=True))
            for upper, lower in zip(bits[::2], bits[1::2], strict=True)
        )
