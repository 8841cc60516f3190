"""Attacks from MUC-4, on a made-up report and key: no corpus is needed, nor PyTorch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training import muc
from training.muc import Template

TEXT = """   LUNDA, 3 JAN 90 (RADIO NORTE) -- [REPORT] [TEXT] UNIDENTIFIED MEN YESTERDAY
KILLED SIX TEACHERS IN SAN TELMO.  THE CHURCH WAS REBUILT LAST YEAR.

   JUAN PEREZ LUNA, MAYOR OF SAN TELMO, WAS KIDNAPPED BY REBELS OF THE RED DAWN [RD] ON MONDAY."""
KILLING = {
    "INCIDENT: TYPE": ["ATTACK"],
    "INCIDENT: STAGE OF EXECUTION": ["ACCOMPLISHED"],
    "INCIDENT: LOCATION": ["NORTHLAND: SAN TELMO (TOWN)"],
    "INCIDENT: INSTRUMENT TYPE": ['GUN: "RIFLES"'],
    "PERP: INDIVIDUAL ID": ['"UNIDENTIFIED MEN"'],
    "HUM TGT: DESCRIPTION": ['"TEACHERS"'],
}
KIDNAPPING = {
    "INCIDENT: TYPE": ["KIDNAPPING"],
    "INCIDENT: STAGE OF EXECUTION": ["ACCOMPLISHED"],
    "PERP: INDIVIDUAL ID": ['"REBELS" / "REBELS OF THE RED DAWN"'],
    "HUM TGT: NAME": ['"JUAN PEREZ LUNA"'],
    "HUM TGT: DESCRIPTION": ['"MAYOR": "JUAN PEREZ LUNA"'],
}


def _corpus(folder: Path, docid: str, count: int = 1) -> tuple[Path, Path]:
    texts, keys = folder / "texts.jsonl", folder / "keys.jsonl"
    texts.write_text("".join(json.dumps({"docid": f"{docid}{i}", "text": TEXT}) + "\n" for i in range(count)), "utf-8")
    rows = [{"docid": f"{docid}{i}", "slots": s} for i in range(count) for s in (KILLING, KIDNAPPING)]
    keys.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return texts, keys


def _words(example: muc.Example, labels: list[str | None], label: str) -> str:
    return " ".join(w for w, x in zip(example.words, labels, strict=True) if x == label)


def test_a_report_gives_the_sentences_that_name_its_acts(tmp_path: Path) -> None:
    first, second = muc.muc(*_corpus(tmp_path, "DEV-X-"))
    (killed, roles), *_ = first.pairs["events"].items()
    assert first.words[killed] == "KILLED" and first.tags["anchor"][killed] == "B-ASSAULT"
    assert (first.tags["mode"][killed], first.tags["status"][killed]) == ("firearms", "occurred|ongoing")
    assert _words(first, roles, "actor") == "UNIDENTIFIED MEN" and _words(first, roles, "recipient") == "SIX TEACHERS"
    (kidnapped, roles), *_ = second.pairs["events"].items()
    assert (second.tags["mode"][kidnapped], second.tags["status"][kidnapped]) == ("abduct", "occurred")
    assert _words(second, roles, "actor") == "REBELS OF THE RED DAWN"
    assert first.silver == {"anchor", "status", "mode", "events"} and first.document == "muc/DEV-X-0"


def test_what_is_not_known_is_open(tmp_path: Path) -> None:
    first, _ = muc.muc(*_corpus(tmp_path, "DEV-X-"))
    told = dict(zip(first.words, first.tags["anchor"], strict=True))
    assert told["IN"] == told["."] == told["TEACHERS"] == "O" and told["YESTERDAY"] == "O" and told["SAN"] is None
    (roles,) = first.pairs["events"].values()
    assert roles[first.words.index("TELMO")] is None and roles[first.words.index(".")] == "none"


def test_the_test_parts_are_never_read(tmp_path: Path) -> None:
    assert not list(muc.muc(*_corpus(tmp_path, "TST1-X-")))


def test_two_reports_of_three_are_written_small_with_names(tmp_path: Path) -> None:
    made = [e for e in muc.muc(*_corpus(tmp_path, "DEV-X-", 3)) if e.document != "muc/DEV-X-0"]
    assert {" ".join(e.words) for e in made} == {
        "Unidentified men yesterday killed six teachers in San Telmo .",
        "Juan Perez Luna , mayor of San Telmo , was kidnapped by rebels of the red dawn on Monday .",
    }


def test_the_header_and_the_brackets_are_cut() -> None:
    assert muc.body(TEXT).startswith("UNIDENTIFIED MEN YESTERDAY KILLED SIX") and "[" not in muc.body(TEXT)


ATTACK = Template(
    "ATTACK",
    "ACCOMPLISHED",
    frozenset(),
    {"actor": [("rebels",)], "recipient": [("pedro", "gil"), ("gil",), ("soldiers",)], "instrument": [("rifles",)]},
)


@pytest.mark.parametrize(
    ("sentence", "trigger", "actor", "recipient"),
    [
        ("rebels killed two soldiers .", "killed", "rebels", "two soldiers"),
        ("soldiers were killed by the rebels .", "killed", "rebels", "soldiers"),
        ("rebels killed him .", "killed", "rebels", ""),
        ("the murder of pedro gil shocked rebels .", "murder", "", "pedro gil"),
        ("rebels carried out an attack on soldiers .", "attack", "rebels", "soldiers"),
        ("gil , 40 , was shot , and the bomb was placed by rebels .", "shot", "", "gil"),
        ("rebels said that soldiers attacked the town .", "attacked", "", ""),
        ("members of the rebels attacked soldiers .", "attacked", "", "soldiers"),
    ],
)
def test_roles_are_linked_where_the_voice_puts_them(sentence: str, trigger: str, actor: str, recipient: str) -> None:
    words = sentence.split()
    example = muc.labelled(words, words, [ATTACK], "d")
    assert example
    labels = example.pairs["events"][words.index(trigger)]
    assert (_words(example, labels, "actor"), _words(example, labels, "recipient")) == (actor, recipient)


def test_weapons_are_instruments_and_give_the_mode() -> None:
    template = Template("ATTACK", "ACCOMPLISHED", frozenset(("RIFLE",)), ATTACK.roles)
    words = "soldiers were wounded with rifles .".split()
    example = muc.labelled(words, words, [template], "d")
    assert example and example.pairs["events"][2][4] == "instrument" and example.tags["mode"][2] == "firearms"


def test_what_was_not_done_has_no_status_and_threats_are_threatened() -> None:
    words = "rebels threatened to kill soldiers .".split()
    done = muc.labelled(words, words, [ATTACK], "d")
    threat = muc.labelled(words, words, [Template("ATTACK", "THREATENED", frozenset(), ATTACK.roles)], "d")
    assert done and threat and done.tags["status"][3] is None and threat.tags["status"][3] == "threatened"


def test_robbery_is_seizing_and_the_injured_are_people() -> None:
    words = "rebels robbed soldiers .".split()
    example = muc.labelled(words, words, [Template("ROBBERY", "ACCOMPLISHED", frozenset(), ATTACK.roles)], "d")
    assert example and (example.tags["anchor"][1], example.tags["mode"][1]) == ("B-COERCE", "seize")
    assert muc.labelled(*(["the", "wounded", "soldiers"],) * 2, [ATTACK], "d") is None
