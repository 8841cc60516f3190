"""The views of a ledger: the current reading of each report, in plain columns for people who write SQL."""

from __future__ import annotations

_CURRENT = """
CREATE VIEW current_readings AS
SELECT number, report, sayso, weights, reference, read_at FROM history.readings
QUALIFY row_number() OVER (PARTITION BY report ORDER BY number DESC) = 1
"""

_REPORTS = """
CREATE VIEW reports AS
SELECT p.id, p.external_id, p.title, p.byline, p.agency, p.publisher, p.published, p.published_on, p.published_at, p.url,
       p.language, p.path, p.collected_at AS collected, p.text, p.parts, r.sayso, r.weights, r.reference, r.read_at
FROM history.reports p LEFT JOIN current_readings r ON r.report = p.id
"""

_MADE_BY = "r.sayso, r.weights, r.reference"


def _span(name: str, owner: str = "x") -> str:
    path = f'{owner}."{name}"'
    return f'{path}."text" AS "{name}", {path}."start" AS {name}_start, {path}."end" AS {name}_end'


def _when() -> str:
    return (
        'x."when"."start" AS when_start, x."when"."end" AS when_end, x."when".granularity AS when_granularity, '
        'x."when".timex AS when_timex, x."when".span."text" AS when_words, '
        'TRY_CAST(left(x."when"."start", 10) AS DATE) AS when_from, TRY_CAST(left(x."when"."end", 10) AS DATE) AS when_to'
    )


def _view(name: str, columns: str) -> str:
    return (
        f"CREATE VIEW {name} AS SELECT r.report, {columns}, {_MADE_BY} "
        f"FROM history.{name} x JOIN current_readings r ON r.number = x.reading"
    )


def _items(view: str, table: str, field: str, columns: str, key: str) -> str:
    """A view of one list of a table, one row an item; `n` counts the items of a record from 0."""
    return (
        f"CREATE VIEW {view} AS SELECT r.report, x.id AS {key}, i.n - 1 AS n, {columns} "
        f"FROM history.{table} x JOIN current_readings r ON r.number = x.reading, "
        f'LATERAL (SELECT unnest(x."{field}") AS item, generate_subscripts(x."{field}", 1) AS n) i'
    )


_ITEM_SPAN = 'i.item."text" AS span, i.item."start" AS span_start, i.item."end" AS span_end'
_PARTICIPANT = f"{_ITEM_SPAN}, i.item.actor AS actor, i.item.status AS status, i.item.statement AS statement"
_SITE = f'{_ITEM_SPAN}, i.item.place AS place, i.item."in" AS within'


def _participants() -> str:
    return (
        "CREATE VIEW event_participants AS "
        "SELECT report, event, 'actor' AS part, * EXCLUDE (report, event) FROM event_actors "
        "UNION ALL SELECT report, event, 'recipient' AS part, * EXCLUDE (report, event) FROM event_recipients"
    )


VIEWS: tuple[str, ...] = (
    _CURRENT,
    _REPORTS,
    _view(
        "statements",
        f"x.id, x.sources, {_span('source')}, x.actor, {_span('cue')}, "
        "array_to_string(list_transform(x.content, lambda s: s.\"text\"), ' … ') AS content, "
        'x.content[1]."start" AS content_start, x.content[-1]."end" AS content_end, '
        "x.manner, x.kind, x.sourcing, x.within, x.confidence, x.trace",
    ),
    _view(
        "events",
        f"x.id, x.sources, {_span('anchor')}, x.type, x.mode, x.status, x.statement, "
        'list_transform(x.actors, lambda s: s."text") AS actors, '
        'list_transform(x.recipients, lambda s: s."text") AS recipients, '
        'list_transform(x.instruments, lambda s: s."text") AS instruments, '
        f'list_transform(x."where", lambda s: s."text") AS sites, {_when()}, '
        "x.contexts, x.figures, x.confidence, x.reasons, x.trace",
    ),
    _view(
        "figures",
        f"x.id, x.sources, {_span('span')}, {_span('number')}, {_span('hedge_span')}, {_span('item')}, x.measure, x.low, "
        "x.high, x.hedge, x.unit, x.currency, x.population, x.scope, x.since, x.as_of, x.status, x.part_of, "
        "x.was[1] AS was_low, x.was[2] AS was_high, x.event, x.statement, "
        f'list_transform(x."where", lambda s: s."text") AS sites, {_when()}, x.confidence, x.trace',
    ),
    _view("actors", "x.id, x.name, x.kind, x.country, x.sector, x.role, len(x.mentions) AS mentions"),
    _view(
        "places",
        "x.id, x.name, x.gazetteer_id, x.latitude, x.longitude, x.admin1, x.country, x.precision, "
        "len(x.mentions) AS mentions",
    ),
    _view(
        "times", f'{_span("span")}, x.type, x."start" AS time_start, x."end" AS time_end, x.granularity, x.timex, x.mod'
    ),
    _items("statement_content", "statements", "content", _ITEM_SPAN, "statement"),
    _items(
        "event_mentions",
        "events",
        "also",
        f"{_ITEM_SPAN}, i.item.statement AS statement, i.item.status AS status",
        "event",
    ),
    _items("event_actors", "events", "actors", _PARTICIPANT, "event"),
    _items("event_recipients", "events", "recipients", _PARTICIPANT, "event"),
    _participants(),
    _items("event_instruments", "events", "instruments", _ITEM_SPAN, "event"),
    _items("event_sites", "events", "where", _SITE, "event"),
    _items("event_figures", "events", "figures", "i.item AS figure", "event"),
    _items("figure_sites", "figures", "where", _SITE, "figure"),
    _items("actor_mentions", "actors", "mentions", _ITEM_SPAN, "actor"),
    _items("place_mentions", "places", "mentions", _ITEM_SPAN, "place"),
)
