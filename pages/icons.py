"""The icons: a handful of lines drawn as one set (24 px, 1.75 stroke). They stand beside words, never alone."""

LINES = {
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
    "chart": "M4 20h16M7 16v-5M12 16V5M17 16V9",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "clock": "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7v5l3.5 2",
    "comment": "M4 5h16v11h-8l-5 4v-4H4z",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "cross": "M6 6l12 12M18 6 6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "down": "m6 9 6 6 6-6",
    "download": "M12 4v11M7.5 11 12 15.5l4.5-4.5M5 20h14",
    "edit": "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5",
    "error": "M12 3 2.5 20h19zM12 10v4M12 17v.01",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "flag": "M6 21V4M6 4.5h12l-3 4 3 4H6",
    "hidden": "M4 4l16 16M9.5 6A10 10 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.6"
    "M6 8a17 17 0 0 0-3.5 4S6 18.5 12 18.5a9 9 0 0 0 3.5-.7",
    "history": "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.5",
    "inbox": "M4 14 7 5h10l3 9v5H4zM4 14h5l1 2.5h4l1-2.5h5",
    "info": "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 11v5M12 8v.01",
    "key": "M11 14.5a4 4 0 1 1-5.6-5.6 4 4 0 0 1 5.6 5.6M11 9.5 20 4M16 6.5l2.5 3",
    "language": "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M3 12h18M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18",
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "left": "M19 12H5M11 6l-6 6 6 6",
    "link": "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3"
    "M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
    "lock": "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
    "mail": "M3.5 6h17v12h-17zM4 7l8 6 8-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "people": "M12.5 8.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M2.5 20c0-3.5 2.8-5.5 6.5-5.5s6.5 2 6.5 5.5"
    "M15.5 5.2a3.5 3.5 0 0 1 0 6.6M18 15c2.2.8 3.5 2.5 3.5 5",
    "person": "M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
    "pin": "M9 3.5h6l-1 7 3 3.5H7l3-3.5zM12 14v6.5",
    "place": "M12 21s-7-6.2-7-11.5a7 7 0 0 1 14 0C19 14.8 12 21 12 21M14.5 9.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "question": "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01",
    "rembuk": "M3 20h18M5 16.5V11l7-6 7 6v5.5M9.5 16.5V13.5h5v3",
    "reply": "M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
    "right": "M5 12h14M13 6l6 6-6 6",
    "scale": "M12 4v16M7 20h10M5 7h14M5 7l-3 7a3 3 0 0 0 6 0zM19 7l-3 7a3 3 0 0 0 6 0z",
    "search": "M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0M15.5 15.5 20.5 20.5",
    "send": "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
    "settings": "M4 8h9M17 8h3M4 16h3M11 16h9M17 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0M11 16a2 2 0 1 1-4 0 2 2 0 0 1 4 0",
    "share": "M12 15V4M8 7.5 12 3.5l4 4M6 11v9h12v-9",
    "shield": "M12 3l8 3v6c0 4.5-3.2 7.5-8 9-4.8-1.5-8-4.5-8-9V6zM9 12l2 2 4-4.5",
    "star": "m12 4 2.5 5.2 5.5.8-4 4 1 5.6-5-2.7-5 2.7 1-5.6-4-4 5.5-.8z",
    "tag": "M4 4h8l8 8-8 8-8-8zM8 8v.01",
    "undo": "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
    "up": "m6 15 6-6 6 6",
    "vote": "M4 13h16v7H4zM7 13V5h10v8M10 9l1.5 1.5L14.5 7.5M9 16.5h6",
    "wait": "M7 3h10M7 21h10M8 3v4l4 5 4-5V3M8 21v-4l4-5 4 5v4",
}  # fmt: skip
OTHER_NAMES = {
    "close": "cross", "x": "cross", "user": "person", "users": "people", "globe": "language", "warning": "error",
    "ballot": "vote", "print-out": "print", "arrow-right": "right", "arrow-left": "left", "chevron-down": "down",
    "chevron-right": "right", "file": "document", "pencil": "edit", "location": "place", "map": "place",
    "time": "clock", "support": "plus", "add": "plus", "external": "share", "success": "check",
}  # fmt: skip
UNKNOWN = "M18 12a6 6 0 1 1-12 0 6 6 0 0 1 12 0"


def line(name: str) -> str:
    """The path of the icon `name`; a plain ring for a name that is not in the set."""
    return LINES.get(OTHER_NAMES.get(name, name), UNKNOWN)
