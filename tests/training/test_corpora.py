"""The readers of training corpora, on made-up rows: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.decode import lemma
from training import corpora, names
from training.gold import bio, chosen, gold
from training.linking import Links

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéABC", min_size=1, max_size=12)


@given(WORD, WORD)
def test_a_lemma_script_makes_its_lemma_again(form: str, base: str) -> None:
    script = corpora.lemma_script(form, base)
    made = lemma(form, script)
    assert made.lower() == base.lower()


@pytest.mark.parametrize(
    ("form", "base"),
    [("went", "go"), ("families", "family"), ("Kyiv", "Kyiv"), ("said", "say"), ("The", "the"), ("better", "good")],
)
def test_lemmas_of_common_words(form: str, base: str) -> None:
    assert lemma(form, corpora.lemma_script(form, base)) == base


def test_of_overlapping_spans_the_longest_stands() -> None:
    assert bio(5, [(1, 2, "a"), (0, 3, "b"), (4, 5, "c")]) == ["B-b", "I-b", "I-b", "O", "B-c"]


def _row(number: int, form: str, pos: str, head: int, entity: str = "_") -> list[str]:
    return [str(number), form, form, pos, "X", "_", str(head), "dep", "_", entity]


def test_names_of_gum_are_the_proper_nouns_round_the_head() -> None:
    rows = [
        _row(1, "the", "DET", 2, "Entity=(1-person-new-nnnnn-cf1-1-sgl"),
        _row(2, "mayor", "NOUN", 0, "_"),
        _row(3, "Anna", "PROPN", 2, "Entity=(2-person-new-nnnnn-cf2-1-sgl"),
        _row(4, "Kern", "PROPN", 3, "Entity=2)1)"),
        _row(5, "of", "ADP", 6),
        _row(6, "Lund", "PROPN", 2, "Entity=(3-place-new-nnnnn-cf3-1-sgl)"),
    ]
    tags = names.gum(rows)
    assert tags[2:4] == ["B-person", "I-person"] and tags[5] == "B-gpe"
    assert all(
        tags[i].startswith("O|") for i in (0, 1, 4)
    )  # no name that GUM marks, but what it does not mark stays open


def test_gold_becomes_tags_and_pairs(tmp_path: Path) -> None:
    text = "Police said two men were killed."
    span = lambda s: {"start": text.index(s), "end": text.index(s) + len(s), "text": s}  # noqa: E731
    report = {
        "id": "made-up",
        "text": text,
        "sentences": [[0, len(text)]],
        "statements": [{"source": span("Police"), "cue": span("said"), "content": [span("two men were killed")], "manner": "indirect"}],
        "events": [
            {
                "anchor": span("killed"),
                "also": [],
                "type": "ASSAULT",
                "mode": "firearms+targeted",
                "when": None,
                "status": "occurred",
                "actors": [],
                "recipients": [span("two men")],
                "where": [],
            }
        ],
        "figures": [
            {"span": span("two men"), "measure": "killed", "event": 1, "scope": "event", "population": None, "low": 2, "high": 2,
             "item": span("men")}
        ],
        "published": None,
    }  # fmt: skip
    file = tmp_path / "gold.jsonl"
    other = {**report, "id": "made-up-2"}
    file.write_text(json.dumps(report) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    first, _ = gold(file, Links())
    assert first.words == ["Police", "said", "two", "men", "were", "killed", "."]
    assert first.tags["cue"] == ["O", "B-cue", "O", "O", "O", "O", "O"]
    assert first.pairs["speech"][1] == ["source", "none", "content", "content", "content", "content", "none"]
    assert first.tags["anchor"][5] == "B-ASSAULT" and first.tags["status"][5] == "occurred"
    assert first.pairs["events"][5][2:4] == ["recipient", "recipient"]
    assert first.tags["measure"][2:4] == ["killed", "killed"]
    assert first.tags["mode"][5] == "firearms|targeted"  # too rare together for a label of their own
    assert first.tags["manner"][1] == "indirect"
    assert first.tags["part"] == ["O", "O", "B-number", "B-item", "O", "O", "O"]
    assert first.tags["scope"][2:4] == ["event", "event"] and first.tags["population"][2:4] == ["none", "none"]
    assert first.place == 0
    assert chosen(file) == {"gold/made-up", "gold/made-up-2"}
    assert chosen(file, leave_out=0) == {"gold/made-up-2"}


def test_a_larger_share_of_gold_holds_the_smaller(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps({"id": str(k)}) + "\n" for k in range(200)), encoding="utf-8")
    quarter, half, whole = (chosen(file, part=part) for part in (0.25, 0.5, 1.0))
    assert quarter < half < whole
    assert (len(quarter), len(half), len(whole)) == (50, 100, 200)


def test_anchors_of_one_event_are_linked(tmp_path: Path) -> None:
    text = "Rebels attacked. The attack failed."
    span = lambda s: {"start": text.index(s), "end": text.index(s) + len(s), "text": s}  # noqa: E731
    event = {"type": "ASSAULT", "mode": None, "when": "2005-01-03", "status": "occurred", "recipients": [], "where": []}
    report = {
        "id": "x", "text": text, "published": "2005-01-04", "sentences": [[0, 16], [17, len(text)]], "statements": [],
        "figures": [],
        "events": [{**event, "anchor": span("attacked"), "also": [span("attack failed")], "actors": [span("Rebels")]}],
    }  # fmt: skip
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(report) + "\n", encoding="utf-8")
    links = Links()
    list(gold(file, links))
    linked = links.anchors["gold/x"]
    assert linked.sentence.tolist() == [0, 1]
    assert (linked.earlier.tolist(), linked.later.tolist(), linked.same.tolist()) == ([0], [1], [True])


def test_names_of_uner_as_plain_tags_and_as_sets(tmp_path: Path) -> None:
    rows = "# sent_id = a\n1\tAnna\tB-PER\t-\tx\n2\tGerman\tB-OTH\t-\tx\n3\tZzyx\tB-LOC\t-\tx\n4\t.\tB-O\t-\tx\n\n"
    file = tmp_path / "uner.iob2.gz"
    file.write_bytes(gzip.compress(rows.encode()))
    plain, sets = names.uner(file)["a"]
    assert plain == ["B-person", "O", "B-location", "O"]
    assert sets[:3] == ["B-person", "B-group", "B-gpe|B-location|B-facility"]
    assert sets[3].startswith("O|")


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Ukraine", ("gpe",)),
        ("Kharkiv", ("gpe",)),
        ("Black Sea", ("location",)),
        ("Boryspil Airport", ("facility",)),
        ("Qwxyzburg", names.PLACE),
    ],
)
def test_kinds_of_places(name: str, kinds: tuple[str, ...]) -> None:
    assert names.place_kinds(name) == kinds


def test_spans_of_iob2_end_where_the_kind_changes() -> None:
    assert names.runs(["B-a", "I-a", "I-b", "O", "B-a", "B-a"]) == [(0, 2, "a"), (4, 5, "a"), (5, 6, "a")]


def test_re3d_loses_its_articles_and_its_plain_nouns(tmp_path: Path) -> None:
    text = "The Velm Council met villagers near Kharkiv."

    def entity(said: str, kind: str, sure: float = 1.0) -> dict:
        at = text.index(said)
        return {"start": at, "end": at + len(said), "type": kind, "confidence": sure}

    row = {
        "id": "x",
        "text": text,
        "entities": [
            entity("The Velm Council", "Organisation"),
            entity("villagers", "Person"),
            entity("Kharkiv", "Location"),
            entity("near", "Weapon", 0.2),
        ],
    }
    file = tmp_path / "re3d.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (example,) = names.re3d(file)
    tags = example.tags["entities"]
    assert tags[1:3] == ["B-organisation", "I-organisation"] and tags[0].startswith("O|")
    assert tags[4] is None and tags[6] == "B-gpe" and tags[5].startswith("O|")


def test_rare_roles_are_not_learnt(tmp_path: Path) -> None:
    row = {"sent_id": "d-1", "tokens": ["He", "ran"], "preds": [{"i": 1, "args": [[0, 1, "ARG0"]]}]}
    odd = {"sent_id": "d-2", "tokens": ["He", "ran"], "preds": [{"i": 1, "args": [[0, 1, "ARGX"]]}]}
    rows = [{**row, "sent_id": f"d-{k}"} for k in range(3, 9)] + [odd]
    file = tmp_path / "roles.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    rows_of, roles = corpora.propbank(file)
    assert roles == ["ARG0"]
    assert corpora.frames(rows_of["d-2"], roles) == {1: {}}
    assert corpora.frames(rows_of["d-3"], roles) == {1: {(0, 1): "ARG0"}}


@pytest.mark.parametrize("module", ["augment", "gold", "lemmas", "names", "sameness", "sentences", "silver", "windows"])
def test_what_needs_no_pytorch_can_be_imported(module: str) -> None:
    import_module(f"training.{module}")
