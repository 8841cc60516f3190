"""What a newer reading of a report changed: records added, gone, or the same words read differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.records import Json, Reading

KINDS = ("statements", "events", "figures", "actors", "places", "times")


@dataclass(frozen=True, slots=True)
class Change:
    """One record that differs between two readings of a report.

    `how` is added, removed or changed; `words` are those that the record rests on; `fields` gives, for a changed record,
    each key that differs with its value before and after.
    """

    report: str
    kind: str
    id: str
    how: str
    words: str
    fields: dict[str, tuple[object, object]] = field(default_factory=dict)

    def to_json(self) -> Json:
        """One line of `sayso diff --format json`."""
        head = {"report": self.report, "kind": self.kind, "id": self.id, "how": self.how, "words": self.words}
        return {**head, "fields": {key: list(pair) for key, pair in self.fields.items()}}


def changes(old: Reading, new: Reading) -> Iterator[Change]:
    """What differs from the old to the new reading of one report, by kind, in the order of the text."""
    before, after = old.to_json(), new.to_json()
    for kind in KINDS:
        yield from _of_kind(new.report.id, kind, _by_id(kind, before[kind]), _by_id(kind, after[kind]))


def _of_kind(report: str, kind: str, old: dict[str, Json], new: dict[str, Json]) -> Iterator[Change]:
    found = []
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        record = now or was or {}
        how = "added" if was is None else "removed" if now is None else "changed"
        fields = {k: (was[k], now[k]) for k in now if was.get(k) != now[k]} if was and now else {}
        found.append((_place(record), Change(report, kind, key, how, _words(record), fields)))
    found.sort(key=lambda pair: (pair[0], pair[1].id))
    yield from (change for _, change in found)


def _by_id(kind: str, records: list[Json]) -> dict[str, Json]:
    """Records by id; a second one of an id, and times, which have none, are told apart by their place."""
    found: dict[str, Json] = {}
    for record in records:
        key = record.get("id") or f"{record['span']['start']}:{record['span']['end']}"
        while key in found:
            key += "'"
        found[key] = record
    return found


def _anchor(record: Json) -> Json | None:
    """The span that stands for a record: its anchor, span, cue, source, or first content or mention."""
    for key in ("anchor", "span", "cue", "source"):
        if record.get(key):
            return dict(record[key])
    several: list[Json] = record.get("content") or record.get("mentions") or []
    return several[0] if several else None


def _place(record: Json) -> int:
    span = _anchor(record)
    return span["start"] if span else -1


def _words(record: Json) -> str:
    if "content" in record:
        return " … ".join(span["text"] for span in record["content"])
    if "name" in record:
        return str(record["name"])
    span = _anchor(record)
    return span["text"] if span else ""
