"""What a single paragraph shows about itself: a byline, a dateline, a credit, a caption, a link elsewhere, a note, an address.

Every rule looks at one line of tidy text and is strict: a paragraph that is not plainly something else is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.ingest.dates import MONTH
from sayso.ingest.outlets import AGENCIES, agency_in

_ADDRESS = re.compile(
    r"^(?:(?:original |source |article )?(?:url|link|address|source|original|article|read (?:it|more) (?:at|on)|from)\s*:?\s*)?"
    r"<?(?P<url>https?://[^\s<>]{4,2000})>?$",
    re.IGNORECASE,
)
_ADDRESS_LABEL = re.compile(r"^(?:original |source |article )?(?:url|link|address|source)\s*:$", re.IGNORECASE)
_BYLINE = re.compile(
    r"^(?:by|from|story by|written by|reported by|words by|report by)[:\s]\s*(?P<who>[^\s].{0,98})$", re.IGNORECASE
)
_AUTHOR = re.compile(r"^(?:author|authors|byline|reporter)\s*:\s*(?P<who>.{1,100})$", re.IGNORECASE)
_PIPED = re.compile(r"^(?P<who>[^|/.!?]{2,50}?)\s*[|/,]\s*(?P<house>[^|/.!?]{2,40})$")
_LOWER_IN_NAMES = {
    "and",
    "de",
    "der",
    "van",
    "von",
    "al",
    "el",
    "bin",
    "ibn",
    "del",
    "da",
    "di",
    "la",
    "le",
    "in",
    "for",
    "the",
    "of",
    "with",
    "y",
    "e",
}
_AUTHOR_TITLES = re.compile(
    r",\s*(?:staff writers?|staff reporters?|correspondents?|reporters?|editors?|special to .*|in [A-Z][\w .'’-]+)$"
)
_REPORTING = re.compile(
    r"^\W*(?:additional )?(?:reporting|writing|compiled|reported|written) by (?P<who>[^;.)(]{2,120}?)(?: in [^;.)]*)?[;.)](?P<rest>.*)$|"
    r"^\W*(?:additional )?(?:reporting|writing) by (?P<only>[^;.)(]{2,120})\W*$",
    re.IGNORECASE | re.DOTALL,
)
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][\w.'’/ -]{1,40}(?:, [^\W\d_][\w.'’ -]{1,30}?){0,2}?)"
    rf"(?:,? (?P<month>{MONTH}) (?P<day>[0-3]?\d)|,? (?P<day2>[0-3]?\d) (?P<month2>{MONTH}))?(?:,? (?P<year>20\d\d))?"
    r"(?:,? ?\((?P<house>[^()]{2,50})\)|,? (?P<house2>(?-i:[A-Z]{2,12})))?\s*(?P<dash>—|–|--|-|:|\.) ?(?=\S)",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"^\W*(?:(?:file |stock |illustrative )?(?:photo(?:graph)?|image|picture|credit|photo credit|video|screenshot|graphic)s?"
    r"\s*(?::|\bby\b|\bcourtesy\b|\bvia\b|/)|courtesy of\b|handout\b.{0,60}$|© ?\S.{0,80}$)",
    re.IGNORECASE,
)
_HOUSE = (
    r"(?:AFP|Reuters|REUTERS|AP|EPA(?:-EFE)?|dpa|TASS|Xinhua|Anadolu|Getty(?: Images)?|Shutterstock|Sputnik|Ukrinform|IMAGO|Pool"
    r"|Telegram|Handout|NurPhoto|Bloomberg|Unsplash|Wikimedia(?: Commons)?|Planet Labs|Maxar)"
)
_CREDIT_END = re.compile(rf"(?:[/|]\s?|\bvia |\bPhoto by )[^/|.]{{0,40}}\b{_HOUSE}(?:\s?/\s?[\w ]+)?$")
_CAPTION = re.compile(
    rf"(?:\[[^\[\]]*\b{_HOUSE}[^\[\]]*\]|\((?:(?:File )?(?:Photo|Image|Picture|Handout|Courtesy)\b[^()]*|[^()]*/\s?{_HOUSE}|{_HOUSE}[^()]*photo[^()]*)\)"
    rf"|\b(?:Photo|Image|Picture|Credit):[^.]{{2,60}}|©[^.]{{2,60}})\W*$"
)
_ORGANISATION = re.compile(
    r"\b(?:Service|Services|Ministry|Police|Administration|Press|Agency|Office|Forces|Army|Navy|Images|News|Government|Department"
    r"|Command|Council|Guard|Telegram|Facebook|Handout|Pool|Photo|Presidency|Headquarters|Brigade|Prosecutor|Archive|Commons)\b"
)
_SMALL_WORDS = {"of", "the", "for", "and", "in", "via", "by", "on", "at", "to", "de", "/", "&", "-"}
_RELATED = re.compile(
    r"^\W*(?:related(?: (?:articles?|stor(?:y|ies)|news|coverage|links?|posts?|reading))?|read (?:more|also|next|the full story)|also read|see also"
    r"|more on (?:this|the)[\w ]{0,30}|more stories|recommended(?: for you| reading)?|don['’]t miss|you may also like|most read|trending|watch(?: now)?|listen)"
    r"\s*(?:[:|»>→–—-]|$)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^(?:source|agency)\s*:\s*|^(?:©|\(c\)|copyright)\s*(?:20\d\d\s*)?|(?:^|[.!?\"”’]\s*)[(\[—–-]+\s?)(?P<house>[\w /.-]{2,30}?)[)\].]?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\W*(?:editor['’]?s?['’]? note|note(?: to (?:readers|editors))?:|correction\b.{0,30}:|clarification\b.{0,20}:|corrects\b|updates? with\b"
    r"|this (?:story|article|report|post|page|piece) (?:was|has been|is|will be|originally)\b"
    r"|(?:additional )?reporting by\b|edited by\b|editing by\b|writing by\b|compiled by\b|with (?:inputs?|reporting|files) (?:from|by)\b"
    r"|(?:the )?(?:associated press|reuters|afp)(?: \w+){0,6} contributed to this\b|.{3,80} contributed to this (?:report|story|article)\b"
    r"|(?:©|\(c\)|copyright\b).{0,120}(?:all rights reserved|\b20\d\d\b)|all rights reserved\b|sign up (?:for|to) (?:our|the)\b|subscribe (?:to|now|here|for)\b"
    r"|click here\b|follow us on\b|share this\b|download our\b|support (?:our|independent) journalism\b|written for the .{0,60}not a (?:news|real) report\b"
    r"|all times (?:are )?(?:in )?(?:local|gmt|utc)\b)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:Q|Question|QUESTION)\s?(?:\d{1,3})?\s?[:.]\s*\S")
_ANSWER = re.compile(r"^(?:A|Answer|ANSWER)\s?(?:\d{1,3})?\s?[:.]\s*\S")
_POST = re.compile(
    r"^\W{0,3}(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?![\d:])(?:\s?(?:GMT|UTC|BST|CET|EET|EST|EDT|MSK|local time))?\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
# A paragraph that ends in one of these goes on in the next one, whatever letter that begins with.
_DANGLING = {
    "the", "a", "an", "of", "and", "or", "to", "in", "on", "at", "for", "with", "by", "from", "as", "its", "their", "his",
    "between", "into", "against", "after", "before", "near", "than", "which", "who", "whose", "is", "was", "were", "are",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a wire report: `KYIV, Jan 24 (Reuters) -`. `end` is where the sentence begins."""

    place: str
    agency: str | None
    house: str | None
    month: str | None
    day: str | None
    year: str | None
    end: int


def address(line: str) -> str | None:
    """The address in a line that is nothing but one, with or without a label before it."""
    found = _ADDRESS.match(line)
    return found["url"] if found else None


def address_label(line: str) -> bool:
    """Whether the line only announces an address: `Original url:`."""
    return bool(_ADDRESS_LABEL.match(line))


def byline(line: str) -> str | None:
    """The names in `By Jane Roe and John Smith`, `Author: …`, `Jane Roe | AFP`, or a line that is only an agency."""
    found = _BYLINE.match(line) or _AUTHOR.match(line)
    if found:
        who = _AUTHOR_TITLES.sub("", found["who"].strip(" .,;|"))
        return who if _is_names(who) else None
    piped = _PIPED.match(line)
    if piped and piped["house"] in AGENCIES and _is_names(piped["who"]) and len(piped["who"].split()) <= 5:
        return f"{piped['who']}, {piped['house']}"
    if len(line) > 40:
        return None
    return line if agency_in(line) and line in {agency_in(line), line.strip("()")} and len(line.split()) <= 2 else None


def _is_names(who: str) -> bool:
    """Up to 14 words, each with a capital (or a particle), nothing of a sentence."""
    words = re.findall(r"[^\s,&]+", who)
    if (
        not 1 <= len(words) <= 14
        or re.search(r"[!?;:]|\.\s+[a-z]|\d", who)
        or words[0].lower() in {"the", "now", "then"}
    ):
        return who.lower() == "the associated press"
    named = [w for w in words if w.lower() not in _LOWER_IN_NAMES]
    return bool(named) and all(w[0].isupper() or w == "dpa" or w[0] in "'’(@" for w in named)


def reporting(line: str) -> str | None:
    """The reporters named at the end: `(Reporting by Jane Roe in Kyiv; Editing by …)`."""
    found = _REPORTING.match(line)
    who = (found["who"] or found["only"] or "").strip() if found else ""
    return who if who and _is_names(who) and not line.lower().lstrip("( ").startswith("additional") else None


def signed(line: str) -> str | None:
    """The agency that signs a text: `Source: AFP`, `© Agence France-Presse`, or `(AFP)` after its last sentence."""
    found = _SIGNED.search(line[-60:])
    return AGENCIES.get(found["house"].strip()) if found else None


def dateline(line: str) -> Dateline | None:
    """The dateline at the beginning of a paragraph: capitals, or an agency or a day before a dash."""
    found = _DATELINE.match(line[:160])
    if not found:
        return None
    house = found["house"] or found["house2"]
    agency = agency_in(house) if house else None
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    place = found["place"].strip(" ,")
    first = place.split(",")[0]
    capitals = first.isupper() and len(first) > 2
    named = first[:1].isupper() and all(w[:1].isupper() or len(w) <= 3 for w in first.split())
    dash = found["dash"] in {"—", "–", "--", "-"}
    if not named or not (agency or (dash and (capitals or (house and found["house"]) or (month and day)))):
        return None
    if dash and line[found.end("dash") : found.end("dash") + 1] != " " and not agency and found["dash"] == "-":
        return None
    return Dateline(place, agency, house, month, day, found["year"], found.end())


def kind_of(line: str) -> str:
    """What a paragraph anywhere in a report is: caption, credit, related, note or body."""
    if len(line) <= 400 and _NOTE.match(line):
        return "note"
    if len(line) <= 250 and _RELATED.match(line) and not _FINISHED.search(line.rstrip(":")):
        return "related"
    if len(line) <= 120 and (_PHOTO.match(line) or _CREDIT_END.search(line)) and len(line.split()) <= 16:
        return "credit"
    if len(line) <= 600 and _CAPTION.search(line):
        return "caption"
    return "body"


def credit_heading(line: str) -> bool:
    """Whether a heading before the first paragraph only names who made the picture above it."""
    words = line.split()
    if not 1 <= len(words) <= 9 or line[-1:] in '.!?"”':
        return False
    titled = all(w[:1].isupper() or not w[:1].isalpha() or w.lower() in _SMALL_WORDS for w in words)
    return titled and bool(_ORGANISATION.search(line) or agency_in(line) or re.search(_HOUSE, line) or " / " in line)


def question(line: str) -> bool:
    """Whether the paragraph is marked as a question: `Q: …`."""
    return bool(_QUESTION.match(line))


def answer(line: str) -> bool:
    """Whether the paragraph is marked as an answer: `A: …`."""
    return bool(_ANSWER.match(line))


def post_time(line: str) -> str | None:
    """`HH:MM` where the paragraph begins with a time of day, as posts of a live page do."""
    found = _POST.match(line)
    return f"{int(found['hour']):02}:{found['minute']}" if found else None


def finished(line: str) -> bool:
    """Whether a paragraph ends as a sentence ends."""
    return bool(_FINISHED.search(line))


def goes_on(line: str, after: str) -> bool:
    """Whether `after` continues the unfinished sentence at the end of `line`."""
    if finished(line) or not after:
        return False
    if after[0].islower():
        return True
    words = line.split()
    return len(words) >= 8 and (line.endswith(",") or words[-1].lower() in _DANGLING)
