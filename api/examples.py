"""Examples of answers, made from the schema: a property by its name where we know a telling value, else by its type."""

from typing import Any

KNOWN: dict[str, Any] = {
    "slug": "bus-route-4", "consultation": "bus-route-4", "title": "Where should bus 4 stop?", "language": "en",
    "question": "Where should bus 4 stop?", "area": "Kecamatan Melati",
    "name": "Transport office",
    "decided": "A bus runs through the town.", "changeable": "The stops and the hours.", "legal_basis": "",
    "responsible": "Transport office", "count": 1, "next": None, "previous": None, "id": 12, "tags": ["bus"],
    "body": "The stop should be nearer to the school.", "html": "<p>The stop should be nearer to the school.</p>",
    "author": "Sari", "clause_key": "article-3", "key": "article-3", "heading": "Stops", "number": 3,
    "text": "By the school",
    "label": "Stops near schools", "phrases": ["stop near the school", "walk along the road"], "intro": "",
    "stances": {"support": 8, "oppose": 2}, "languages": {"id": 7, "en": 3}, "contributions": 10, "distinct": 9,
    "contributors": 8, "source_key": "comment:12", "copy_of": "", "quote": "nearer to the school",
    "reason": "The road is safer there.",
    "sentence": "Of 40 who voted, 30 (75.0%) chose “By the school”, more than any other.", "winners": ["By the school"],
    "counted": 40, "cast": 40, "votes": 30, "share": 75.0, "totals": {"o1": 30, "o2": 10}, "eliminated": ["o2"],
    "parent": None, "root": None, "edited_at": None, "pinned_at": None, "closed_at": None, "note": "", "version": 2,
}  # fmt: skip
STRINGS = {
    "date-time": "2026-05-04T08:00:00+07:00",
    "uri": "https://consult.example.org/consultations/bus-route-4/",
}
DEEPEST = 8


def example(schema: dict[str, Any], root: dict[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that fits `schema`, whose references are looked up in `root`."""
    if "$ref" in schema:
        found = root["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return example(found, root, name, depth)
    parts = [part for part in schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf") or [] if part]
    if parts:
        return example(parts[0], root, name, depth)
    if KNOWN.get(name) is not None or (name in KNOWN and schema.get("nullable")):
        return KNOWN[name]
    if schema.get("enum"):
        return next(value for value in schema["enum"] if value not in ("", None))
    kind = schema.get("type")
    if kind == "object" and depth < DEEPEST:
        return {key: example(one, root, key, depth + 1) for key, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [example(schema.get("items", {}), root, "", depth + 1)]
    plain = {"integer": 3, "number": 1.5, "boolean": True, "object": {}}
    if kind in plain:
        return plain[kind]
    return STRINGS["uri"] if name == "url" or name.endswith("_url") else STRINGS.get(schema.get("format", ""), "")
