"""Reports for the tests of determinism: made by recombining sentences of our own, clean and unclean, short and long.

Which sentences, in which order, with which dirt, is told by hashes: the same reports everywhere. Those of the Voice of America
join them where the shared corpora are there.
"""

from __future__ import annotations

from evaluation.data import DEVELOPMENT, shared
from evaluation.dirt import KINDS, draw, upper
from evaluation.speed import mixed, reports_of
from sayso.ingest import report_from_text
from sayso.records import Report

NAMES = (
    "Ana Dorn", "Oleh Marchuk", "Yusuf al-Khatib", "Zoë Müller-Österreich", "Nguyễn Văn Tâm", "the Red Cross", "Governor Ruiz",
    "Łódź", "Port Vell", "Al-Nahda", "São Tomé", "O'Brien", "U.N. envoy Li Wei", "Straße der Einheit", "Владимир", "the 4th Brigade",
)  # fmt: skip
SENTENCES = (
    "At least {n} people were killed in {name} on Friday, {name} said.",
    "“We will not stop,” {name} told reporters, denying that his forces had struck the clinic.",
    "Nearly {n} families lost power overnight. It was cold.",
    "According to two officials, between {n} and 940 drones were launched near {name}; 31 were shot down.",
    "Nothing was said.",
    "{name} urged both sides to let aid in by 3 February, while talks in {name} resumed.",
    'Q: Did {name} order it?\nA: No. That\'s "absolutely" untrue (he laughed).',
    "🚑 Rescuers said: «немає світла», then left for {name}.",
    "The minister -- who didn't want to be named -- said it's {n}% likely... or more; see http://example.org/a?b=c#d.",
    "{name}, {name} and {name} signed the deal on the 5th of May 2024, the ministry's spokeswoman added.",
    "Protesters who had been marching through {name} since dawn, when the first of {n} buses, some of which had been held up at the "
    "border for days because the guards, fearing another attack, would let nobody through, reached the square, refused to leave, said "
    "{name}, even though police, who had already detained {n} of them, warned that it would use force.",
    "'It is over', he said. 'Go home.'",
    "U.S. and U.K. troops left {name} at 5 p.m.",
    "There has been no word from {name}.",
    "Rebels seized {n} trucks, $1.5m in cash and three pick-ups, the Al-Nahda agency reported, citing {name}.",
    "ﬁghting went on; straﬁng too. e\u0301tat, l’État, I\u0307stanbul, x\u200by.",
)


def text(number: int) -> str:
    """The text of the report of that number: 1 to 40 sentences in paragraphs; some in capitals, some with dirt."""
    count = (1, 2, 3, 5, 8, 13, 20, 40)[draw("length", number) % 8]
    parts = [f"Report {number}."]
    for at in range(count):
        parts.append("\n\n" if draw("paragraph", number, at) % 4 == 0 else " ")
        parts.append(_sentence(number, at))
    whole = "".join(parts)
    if number % 7 == 3:
        whole = upper(whole)
    if number % 5 == 1:
        whole = KINDS[sorted(KINDS)[number % 3]](whole, 10, str(number)).text
    return whole


def _sentence(number: int, at: int) -> str:
    sentence = SENTENCES[draw("sentence", number, at) % len(SENTENCES)]
    for k in range(sentence.count("{name}")):
        sentence = sentence.replace("{name}", NAMES[draw("name", number, at, k) % len(NAMES)], 1)
    for k in range(sentence.count("{n}")):
        sentence = sentence.replace("{n}", f"{draw('n', number, at, k) % 2000:,}", 1)
    return sentence


def made(count: int) -> list[Report]:
    """So many reports of our own."""
    return [report_from_text(text(number), published="2026-01-24") for number in range(count)]


def news(count: int) -> list[Report]:
    """So many reports of the Voice of America, of mixed length; none where the corpora are not there."""
    path = shared() / DEVELOPMENT["speed"][0]
    found = mixed(reports_of(path))[:count] if path.is_file() else []
    return [report_from_text(text, published="2006-01-01") for text in found]


def shuffled(reports: list[Report], turn: int) -> list[Report]:
    """The same reports in another order; the same order every time for one `turn`."""
    return sorted(reports, key=lambda report: draw("order", turn, report.id))
