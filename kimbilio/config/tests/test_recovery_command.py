"""`kimbilio recovery`: a key whose sheet nobody got is none."""

from argparse import Namespace
from types import SimpleNamespace

import pytest

from kimbilio.config.command_line import recovery
from kimbilio.safekeeping.recovery import recipients


def test_a_sheet_that_could_not_be_written_leaves_neither_a_file_nor_a_key(tmp_path, monkeypatch):
    def full(_sheet):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recovery, "environment", lambda: SimpleNamespace(home=tmp_path))
    monkeypatch.setattr(recovery, "sheet_pdf", full)
    with pytest.raises(OSError, match="No space"):
        recovery.run_new(Namespace(sheet=tmp_path / "sheet.pdf"))
    assert recipients(tmp_path) == []
    assert not (tmp_path / "sheet.pdf").exists()
