"""Phone numbers as people write them in Kenya, brought to one form."""

import re

import phonenumbers

REGION = "KE"

# Excel makes a number of what looks like one: 0712345678 becomes 712345678, read back as 712345678.0.
_MADE_A_FRACTION = re.compile(r"^(\d+)\.0$")
_ZERO_AS_LETTER = str.maketrans("Oo", "00")
_CALLED_FROM_ABROAD = re.compile(r"^\(?00(?!0)")
_COUNTRY_CODE_AND_ZERO = re.compile(r"^(\+?\s*254)[\s(-]*0")
_NUMBER = re.compile(r"[\d\s().,/\u00a0\u2010-\u2015+-]+")

# New mobile ranges open faster than the library learns of them.
# Source: Communications Authority of Kenya, numbering plan: mobile numbers are nine digits that begin with 7 or 1.
_MOBILE = re.compile(r"[17]\d{8}")


def normalise_phone(text: str) -> str | None:
    """Return a phone number in E.164 (+254712345678), or None where the text is not one.

    Without a country code it is Kenyan. Spaces, hyphens, dots and brackets may stand anywhere, and the
    letter O for a zero. Two numbers in one text, or any other letter, make it None.
    """
    digits = _MADE_A_FRACTION.sub(r"\1", text.strip().translate(_ZERO_AS_LETTER))
    if not _NUMBER.fullmatch(digits):
        return None
    digits = _COUNTRY_CODE_AND_ZERO.sub(r"\1", _CALLED_FROM_ABROAD.sub("+", digits))
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) and not _is_kenyan_mobile(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_tail(e164: str) -> str:
    """Return the last three digits: enough to say which phone is meant without saying it."""
    return e164[-3:]


def _is_kenyan_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code == 254 and bool(_MOBILE.fullmatch(str(number.national_number)))
