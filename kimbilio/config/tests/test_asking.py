"""A secret is asked for at a terminal until it is a good one, and in vain nowhere."""

import pytest

from kimbilio.config.command_line import asking
from kimbilio.config.command_line.saying import Failed

GOOD = "five words that open this"


@pytest.fixture
def typing(monkeypatch):
    """Say what is typed at the terminal, answer by answer."""

    def types(*answers: str) -> None:
        left = iter(answers)
        monkeypatch.setattr(asking.sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr(asking.getpass, "getpass", lambda *_prompt, **_more: next(left))
        monkeypatch.setattr(asking, "passphrase_given", lambda: None)

    return types


def test_a_passphrase_that_is_too_short_or_typed_otherwise_is_asked_for_again(typing, capsys):
    typing("short", GOOD, "five other words than these", GOOD, GOOD)
    assert asking.new_passphrase() == GOOD
    said = capsys.readouterr().err
    assert said.index("15 characters or more") < said.index(
        "needs 15 characters or more: five words are good. Try"
    )
    assert "The two were not the same. Try again." in said


def test_a_weak_password_is_asked_for_again_with_why(typing, capsys):
    typing("password", "mangrove sails quietly", "mangrove sails quietly")
    assert asking.new_password("asha") == "mangrove sails quietly"
    assert "too short" in capsys.readouterr().err


def test_whoever_never_finds_one_is_asked_no_more(typing):
    typing(*["short"] * 9)
    with pytest.raises(Failed, match=r"Nothing was changed\."):
        asking.new_passphrase()


def test_where_nobody_is_at_a_terminal_the_setting_is_named(monkeypatch):
    monkeypatch.setattr(asking, "passphrase_given", lambda: None)
    monkeypatch.setattr(asking.sys.stdin, "isatty", lambda: False)
    with pytest.raises(Failed, match="KIMBILIO_PASSPHRASE"):
        asking.new_passphrase()
