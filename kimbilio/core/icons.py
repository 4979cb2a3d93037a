"""The pictures beside words: drawn by hand on a grid of 24, in lines two units thick, never without a word."""

# What goes inside <svg viewBox="0 0 24 24">. A stroke takes the colour of the words around it.
ICONS = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "back": '<path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5"/>',
    "box": '<path d="M3.5 7.5 12 3.5l8.5 4v9l-8.5 4-8.5-4ZM3.5 7.5 12 11.5l8.5-4M12 11.5v9"/>',
    "calendar": (
        '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/>'
        '<path d="M3.5 9.8h17M8 2.8v4M16 2.8v4M8 14.5l2.6 2.5 5-5"/>'
    ),
    "chart": '<path d="M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6"/>',
    "check": '<path d="m5 12.5 4.7 4.7L19.2 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.4l3.4 2"/>',
    "edit": '<path d="m4 20 .9-4.4L16.2 4.3l3.5 3.5L8.4 19.1ZM13.6 7l3.4 3.4"/>',
    "fewer": '<path d="M5 12h14"/>',
    "hide": (
        '<path d="M4 4l16 16M9.6 5.3A9 9 0 0 1 12 5c4.7 0 8.2 3.4 10 7a17 17 0 0 1-2.7 3.7'
        'M6.2 6.9A16 16 0 0 0 2 12c1.8 3.6 5.3 7 10 7a9 9 0 0 0 4.7-1.3M10 10.2a2.7 2.7 0 0 0 3.8 3.8"/>'
    ),
    "leave": '<path d="M10 4H5.5A1.5 1.5 0 0 0 4 5.5v13A1.5 1.5 0 0 0 5.5 20H10M15 7.5l4.5 4.5-4.5 4.5M19.5 12H9"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
    "lock": '<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "note": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5h.01"/>',
    "pair": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.5-3.7 3-5.4 6.5-5.4s6 1.7 6.5 5.4'
        'M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.6 14.9c2.2.7 3.5 2.4 3.9 5.1"/>'
    ),
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.2 3.6-6 7.5-6s6.9 1.8 7.5 6"/>',
    "phone": '<rect x="7" y="2.5" width="10" height="19" rx="2"/><path d="M11 18h2"/>',
    "place": (
        '<path d="M12 21.5C8.2 17.4 5 13.8 5 10a7 7 0 0 1 14 0c0 3.8-3.2 7.4-7 11.5Z"/>'
        '<circle cx="12" cy="10" r="2.3"/>'
    ),
    "print": (
        '<path d="M7 8.5v-5h10v5M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v5a1.5 1.5 0 0 1-1.5'
        ' 1.5H17"/><path d="M7 14h10v6.5H7Z"/>'
    ),
    "roof": '<path d="M2.5 12 12 4l9.5 8"/><path d="M6.5 20.5V16a5.5 5.5 0 0 1 11 0v4.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "warning": '<path d="M12 4 2.8 19.5h18.4Z"/><path d="M12 10v4.2M12 16.9h.01"/>',
}
