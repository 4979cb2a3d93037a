"""What the columns of visit registers are called, in both languages."""

# For each thing, headings in each language: a group over a column and the column's own, '' where there is no group.
VISIT_HEADINGS: dict[str, dict[str, list[tuple[str, str]]]] = {
    "number": {"en": [("", "NO."), ("", "S/N"), ("", "Ser. No")], "sw": [("", "NA."), ("", "NA")]},
    "day": {"en": [("", "DATE"), ("", "Date"), ("", "Visit date")], "sw": [("", "TAREHE"), ("", "Tarehe")]},
    "code": {"en": [("", "CLIENT CODE"), ("", "Card No."), ("", "UIC")], "sw": [("", "NAMBA"), ("", "KADI")]},
    "name": {"en": [("", "NAME"), ("", "Full names")], "sw": [("", "JINA"), ("", "MAJINA")]},
    "sex": {"en": [("", "SEX"), ("", "Gender (M/F)")], "sw": [("", "JINSIA")]},
    "age": {"en": [("", "AGE")], "sw": [("", "UMRI")]},
    "ward": {"en": [("", "WARD"), ("", "Residence")], "sw": [("", "WADI")]},
    "needles": {
        "en": [("SERVICES", "N&S GIVEN"), ("", "Needles & syringes"), ("NEEDLES AND SYRINGES", "GIVEN")],
        "sw": [("", "SINDANO ZILIZOTOLEWA"), ("SINDANO", "ZILIZOTOLEWA")],
    },
    "needles_returned": {
        "en": [("SERVICES", "N&S RETURNED"), ("", "Needles returned"), ("NEEDLES AND SYRINGES", "RETURNED")],
        "sw": [("", "SINDANO ZILIZORUDISHWA"), ("SINDANO", "ZILIZORUDISHWA")],
    },
    "condoms": {"en": [("SERVICES", "CONDOMS"), ("", "No. of condoms")], "sw": [("", "KONDOMU")]},
    "lubricants": {"en": [("SERVICES", "LUBES"), ("", "Lubricants")], "sw": [("", "VILAINISHI")]},
    "naloxone": {"en": [("SERVICES", "NALOXONE KIT"), ("", "Narcan")], "sw": [("", "NALOXONE")]},
    "hiv_referral": {"en": [("SERVICES", "HIV REF"), ("REFERRALS", "HIV")], "sw": [("RUFAA", "VVU")]},
    "tb_referral": {"en": [("SERVICES", "TB REF"), ("REFERRALS", "TB")], "sw": [("RUFAA", "TB")]},
    "referral": {"en": [("", "Referred to")], "sw": [("", "RUFAA")]},
    "psychosocial": {
        "en": [("SERVICES", "PSYCHO-SOCIAL"), ("", "PSS")],
        "sw": [("", "USHAURI WA KISAIKOLOJIA")],
    },
    "peer_counselling": {
        "en": [("SERVICES", "PEER COUNS."), ("", "Peer counselling")],
        "sw": [("", "USHAURI WA RIKA")],
    },
    "legal_aid": {"en": [("SERVICES", "LEGAL AID"), ("", "Paralegal")], "sw": [("", "MSAADA WA KISHERIA")]},
    "remarks": {"en": [("", "REMARKS")], "sw": [("", "MAONI")]},
}
