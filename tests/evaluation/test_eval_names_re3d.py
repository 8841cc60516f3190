from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation import names_re3d
from sayso.errors import EvaluationError

TEXT = (
    "The Minister met President Ana Li of Dorna in Belo, Dorna. Soldiers of the Green Guard followed two soldiers. "
    "Dorna sent an armoured car, US officials said."
)
COMMON = names_re3d.small_words([TEXT])


def entity(value: str, kind: str, confidence: float = 1, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(value, start + 1)
    return {"start": start, "end": start + len(value), "type": kind, "confidence": confidence}


def named(*entities: dict[str, Any]) -> set[tuple[str, str]]:
    found, _ = names_re3d.names({"text": TEXT, "entities": list(entities)}, COMMON)
    return {(TEXT[a:b], label) for a, b, label in found}


def test_articles_go_and_titles_stay() -> None:
    assert named(entity("the Green Guard", "Organisation")) == {("Green Guard", "organisation")}
    assert named(entity("President Ana Li", "Person")) == {("President Ana Li", "titled")}
    assert named(entity("an armoured car", "Vehicle")) == {("armoured car", "vehicle")}


def test_phrases_that_are_no_names_go() -> None:
    assert named(entity("Soldiers", "Organisation"), entity("two soldiers", "Person")) == set()
    assert named(entity("The Minister", "Person"), entity("US officials", "Organisation")) == set()
    assert named(entity("two", "Quantity"), entity("US", "Location")) == {("two", "quantity"), ("US", "location")}


def test_parts_of_a_place_and_acting_countries() -> None:
    assert named(entity("Belo, Dorna", "Location")) == {("Belo", "location"), ("Dorna", "location")}
    acting = entity("Dorna", "Organisation", nth=2)
    assert named(acting) == {("Dorna", "organisation")}
    assert named(acting, entity("Dorna", "Location", 0, nth=2)) == {("Dorna", "state")}


def test_the_longest_stands_and_doubts_are_left_open() -> None:
    inner = entity("Guard", "Organisation")
    assert named(inner, entity("the Green Guard", "Organisation")) == {("Green Guard", "organisation")}
    found, open_ = names_re3d.names({"text": TEXT, "entities": [entity("Belo", "Location", 0.4)]}, COMMON)
    assert not found and [TEXT[a:b] for a, b in open_] == ["Belo"]


def test_missing_keys(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "a"}\n\n{}\n' + json.dumps({"text": "b", "entities": [{"start": 0}]}) + "\n")
    first, second = names_re3d.read(path)
    assert names_re3d.names(first, COMMON) == names_re3d.names(second, COMMON) == (set(), [])
    without = [{"start": 0, "end": 2, "type": "Location"}]
    assert names_re3d.names({"text": "UK", "entities": without}, COMMON)[0] == {(0, 2, "location")}


@pytest.mark.parametrize("line", ["words", "[]", '{"text": 1}', '{"text": "a", "entities": 3}'])
def test_other_lines_are_an_error(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line)
    with pytest.raises(EvaluationError, match=r"x\.jsonl:1"):
        list(names_re3d.read(path))


def test_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("{}")
    with pytest.raises(EvaluationError, match="no document"):
        names_re3d.counts([path])
