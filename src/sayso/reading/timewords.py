"""The expressions of time that the reader knows, as one table of patterns over lower-cased sentences."""

from __future__ import annotations

import re

from sayso.reading.calendar import DAYS, MONTHS

_SHORT = [m[:3] for m in MONTHS] + ["sept"]
MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT)})\.?)"
DAY = rf"(?:{'|'.join(DAYS)})"
PART = r"(?:morning|afternoon|evening|night|midday|noon|midnight|dawn)"
UNIT = r"(?:days?|weeks?|months?|years?|hours?|minutes?|decades?|nights?|fortnights?|quarters?|century|centuries|weekends?)"
NUMBER = (
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"several|a few|a couple of|half a|many|dozens of)"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_LOOSE = r"(?:(?P<loose>early|earlier|late|later|mid|the middle of|the beginning of|the start of|the end of)[\s-]+(?:in\s+|on\s+|of\s+)?)?"

# Name → pattern. The first that fits at a place is taken, so the longer come first.
PATTERNS: dict[str, str] = {
    "iso": r"(?P<iso_y>\d{4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?:[t ](?P<iso_t>\d\d:\d\d))?",
    "month_day": rf"(?:{DAY},?\s+)?(?P<md_m>{MONTH})\s+(?:the\s+)?(?P<md_d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d)(?:\s*(?:-|–|to)\s*(?P<md_e>\d{{1,2}})(?!\d))?(?:,?\s+(?P<md_y>(?:19|20)\d\d))?",
    "day_month": rf"(?:{DAY},?\s+)?(?:the\s+)?(?P<dm_d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to)\s*(?P<dm_e>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<dm_m>{MONTH})(?:,?\s+(?P<dm_y>(?:19|20)\d\d))?",
    "month_year": rf"{_LOOSE}(?P<my_m>{MONTH})(?:\s+of)?,?\s+(?P<my_y>(?:19|20)\d\d)",
    "season_year": rf"(?:the\s+)?(?P<sy_s>{_SEASON})\s+(?:of\s+)?(?P<sy_y>(?:19|20)\d\d)",
    "night": r"overnight|(?:during\s+|in\s+)?the\s+night|last\s+night|tonight",
    "today": rf"(?P<to_d>today|yesterday|tomorrow|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<to_p>{PART}))?",
    "this_part": rf"(?:earlier\s+)?this\s+(?P<tp_p>{PART})",
    "weekday": rf"(?:(?P<wd_l>last|next|this|this past|early|late|on)\s+)?(?P<wd_d>{DAY})(?:\s+(?P<wd_p>{PART}))?(?!\w)",
    "every": rf"(?:every|each)\s+(?P<ev_u>{DAY}|{UNIT}|{PART})|(?P<ev_a>daily|weekly|monthly|yearly|annually|nightly|hourly)",
    "ago": rf"(?:(?:about|around|some|nearly|almost|more than|over|at least)\s+)?(?P<ag_n>{NUMBER})\s+(?P<ag_u>{UNIT})\s+(?P<ag_w>ago|earlier|before|later|after)(?!\s+(?:the|a|he|she|they|it|their|his|its)\b)",
    "past_span": rf"(?:(?:in|over|during|for|within)\s+)?the\s+(?P<ps_w>past|last|previous|next|coming)\s+(?P<ps_n>{NUMBER})\s+(?P<ps_u>{UNIT})",
    "last_unit": rf"(?:(?P<lu_e>earlier|later|late|early)\s+)?(?P<lu_w>last|this|next|the past|the previous|the coming|the following|past)\s+(?P<lu_u>week|month|year|weekend|decade|century|quarter|{_SEASON}|{MONTH})(?!\w)",
    "quarter": r"(?:the\s+)?(?P<qu_n>first|second|third|fourth)\s+quarter(?:\s+of\s+(?P<qu_y>(?:19|20)\d\d))?",
    "decade": r"(?:the\s+)?(?:(?P<de_l>early|mid|late)[\s-]+)?(?P<de_y>(?:19|20)\d0)['’]?s(?!\w)",
    "duration": rf"(?:for\s+)?(?:(?:about|around|nearly|almost|more than|over|at least)\s+)?(?P<du_n>{NUMBER})[\s-]+(?P<du_u>{UNIT})(?!\s*(?:-|–)?\s*old)(?!\w)",
    "clock": r"(?P<cl_h>\d{1,2})(?::(?P<cl_m>\d\d))?\s*(?P<cl_a>a\.?m\.?|p\.?m\.?)(?!\w)|(?P<cl_h2>[012]?\d):(?P<cl_m2>[0-5]\d)(?!\d|:)(?:\s*(?:gmt|utc|local time))?",
    "year": rf"{_LOOSE}(?<![\d.,$€£:-])(?P<ye_y>(?:1[89]|20)\d\d)(?!\d|[.,:]\d|-\d|%|\s+(?:people|troops|soldiers|civilians|families|homes|houses|deaths|tonnes|tons|men|women|children|victims|members|miles|kilomet|dollars))",
    "month": rf"{_LOOSE}(?:(?P<mo_w>in|since|until|till|by|from|for|during|to|last|next|through|between|and)\s+)(?P<mo_m>{MONTH})(?!\w)",
    "reference": r"(?P<re_w>currently|at present|at the moment|nowadays|recently|in recent (?:days|weeks|months|years)|so far|in the future|soon|shortly|right now|these days|in the past)(?!\w)",
    "point": r"(?P<po_w>the (?:previous|following|next|same) (?:day|night|week|month|year|morning|evening))",
}


def compiled() -> list[tuple[str, re.Pattern[str]]]:
    """The patterns in the order in which they are tried."""
    return [(name, re.compile(r"(?<![\w-])(?:" + pattern + ")")) for name, pattern in PATTERNS.items()]
