"""The words that are read out before an answer about consent is asked for: every version that was ever used.

A change of words is a new version beside the old one: an answer keeps the version that it was given to. Together with
`TOLD_FIRST` they say who asks, what for, which facts, with whom they are shared, that a yes may be taken back, and what
follows from a no.

Source: Data Protection Act 2019 (Kenya), s. 29 (what a person is told) and s. 32 (consent); Data Protection (General)
Regulations 2021 (LN 263), the notice of consent: identity, purpose, kinds of data, sharing, the right to withdraw,
implications; HIV and AIDS Prevention and Control Act 2006, s. 22 (an HIV result is told to others by written consent).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimbilio.people.choices import ConsentManner, ConsentPurpose

Words = str | Promise

_P = ConsentPurpose
FIRST_VERSION = "2026-11"
VERSION = "2026-12"

# Read out once, before any of the questions. %(organisation)s is the name of the programme.
TOLD_FIRST: Words = _(
    "We are %(organisation)s. I will ask you some questions about what we may do. Say yes or no to each. "
    "Nobody decides about you by machine. You may change your mind on any day, by telling any of us, "
    "and whatever you say, you get every service."
)

_WISHES = _(
    "If we miss you at the clinic, may we call you? May we come to where you are? "
    "May we tell the clinic how you are? You may say no to each, and change your mind at any time."
)

WORDS: Mapping[str, Mapping[ConsentPurpose, Words]] = {
    FIRST_VERSION: {
        _P.HOLD_A_RECORD: _(
            "We would like to keep a record of our work with you, under a code. "
            "Only our staff can open it. You can see it, correct it or have it removed at any time. "
            "If you say no, you still get every service."
        ),
        _P.PHONE_CONTACT: _WISHES,
        _P.HOME_VISIT: _WISHES,
        _P.SHARE_WITH_CLINIC: _WISHES,
    },
    VERSION: {
        _P.HOLD_A_RECORD: _(
            "May we keep a record of our work with you, under a code? It holds what you tell us of yourself, when you "
            "came, what you were given and how it goes with treatment. Only our staff can open it, and we write down "
            "who did. In reports you are a number among others. You can see it, have it put right or have it removed. "
            "If you say no, we write nothing down, and count what we give you without a name."
        ),
        _P.PHONE_CONTACT: _(
            "May we call you? We would keep your number and what is safe to say to whoever answers, and call when we "
            "miss you. Nobody else is given your number. If you say no, we do not call, and you come to us when you "
            "want."
        ),
        _P.HOME_VISIT: _(
            "May we come to where you are when we miss you? We would keep where you may be found. Whoever comes does "
            "not say why to anybody else. If you say no, nobody comes, and you come to us when you want."
        ),
        _P.SHARE_WITH_CLINIC: _(
            "May we tell the MAT clinic how you are when you miss days: that we found you, that you are coming, or "
            "that you are ill or held? We would tell only that, and only the clinic where you take your medicine. "
            "If you say no, the clinic hears nothing from us, and your place on treatment stays as it is."
        ),
        _P.SUPPORTER_TOLD: _(
            "Is there somebody whom you trust, to whom we may speak about your treatment? We would keep their name and "
            "number, and speak with nobody else. If you say no, we tell nobody, also not when you are ill."
        ),
        _P.HIV_RESULT_SHARED: _(
            "If you tell us an HIV result, may we pass it on to the clinic that treats you, and to nobody else? "
            "For this we ask you to sign. If you say no, it stays with you, and nobody asks again unless you want."
        ),
        _P.PHOTO_OR_STORY: _(
            "May we use your photo or your story, without your name, to tell others of our work? You see it first. "
            "If you say no, or change your mind later, we do not use it and take it down. What others have copied by "
            "then we cannot take back."
        ),
    },
}

# What each purpose is called where the person themselves reads it.
SPOKEN: Mapping[ConsentPurpose, Words] = {
    _P.HOLD_A_RECORD: _("To keep a record of you"),
    _P.PHONE_CONTACT: _("To call you"),
    _P.HOME_VISIT: _("To come to where you are"),
    _P.SHARE_WITH_CLINIC: _("To tell the MAT clinic how you are"),
    _P.SUPPORTER_TOLD: _("To speak with your treatment supporter"),
    _P.HIV_RESULT_SHARED: _("To pass your test result on"),
    _P.PHOTO_OR_STORY: _("To use a photo of you or your story"),
}

# Asked for in writing alone. Source: HIV and AIDS Prevention and Control Act 2006, s. 22.
IN_WRITING = frozenset({_P.HIV_RESULT_SHARED})

# What is said to staff where a purpose may not be used.
WHY_NOT: Mapping[ConsentPurpose, Words] = {
    _P.HOLD_A_RECORD: _(
        "This person said no to our keeping a record. Nothing more is written down about them; "
        "they still get every service, counted without a name."
    ),
    _P.PHONE_CONTACT: _("This person does not want to be called. Nothing was recorded."),
    _P.HOME_VISIT: _("This person does not want to be visited. Nothing was recorded."),
    _P.SHARE_WITH_CLINIC: _("This person has not agreed that the clinic is told."),
    _P.SUPPORTER_TOLD: _(
        "This person does not want us to speak with anybody about them. Nothing was recorded."
    ),
    _P.HIV_RESULT_SHARED: _("This person has not agreed that a test result is passed on."),
    _P.PHOTO_OR_STORY: _("This person has not agreed that a photo or their story is used."),
}


def words_read(purpose: ConsentPurpose, version: str, manner: str) -> Words | None:
    """Return the words that an answer was given to; None where none were read, as with earlier books."""
    if manner == ConsentManner.EARLIER_BOOKS:
        return None
    return WORDS.get(version, {}).get(purpose)
