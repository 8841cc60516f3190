"""Text → tokens, as the English Web Treebank cuts them (Universal Dependencies English EWT).

One compiled expression walks over the text; small tables say which words fall into two syntactic words (`don't` → `do`, `n't`)
and which keep their full stop or hyphen. No alternative can look further than a bounded stretch without consuming it, so the
time is linear in the length of the text. Offsets are exact: `text[token.start:token.end] == token.text`.
"""

from __future__ import annotations

import re

from sayso.language.analysis import Token


def _list(words: str) -> list[str]:
    return words.split()


# Abbreviations that keep their full stop; capitalised only, because `sat.`, `mass.`, `dec.` end sentences.
_CAPITAL = _list("""Adm Ala Apr Ariz Ark Assn Attn Atty Aug Ave Bldg Blvd Brig Bros Calif Capt Cmdr Co Col Colo Conn Corp Cpl Dec
Del Dept Det Dist Dr Eng Feb Fla Fri Ft Gen Gov Govs Hon Hwy Inc Insp Intl Jan Jr Kan Ky La Lt Ltd Maj Mass Md Messrs Mich
Minn Mon Mr Mrs Ms Mt Nev Nov Oct Okla Ont Pa Pfc Pres Prof Pte Pvt Rep Reps Rev Sat Sec Sen Sens Sept Sgt Spc Sr Ssgt St
Ste Supt Tenn Tex Thu Thur Thurs Tue Tues Univ Va Vt Wash Wed Wis""")
_ANYWHERE = _list("al approx arr arrv assoc ca cf dept est etc ext incl jr max messrs min mr mrs ms dr tel viz vol vs")
_BEFORE_DIGIT = _list("art c ch chap fig figs no nos p pg pp sec vol v")
# First halves that EWT leaves joined to what follows the hyphen.
_AFFIXES = _list("""anti arch bi co counter cross e ex extra hyper infra inter intra macro mega micro mid mini multi neo non over
post pre pro proto pseudo psycho quasi re semi socio sub super supra trans tri ultra un""")
_UNITS = _list(
    """am pm a\\.m p\\.m mm cm km kg mg ml kb mb gb tb mw kw kwh mph kph hz khz mhz ghz ft lb lbs bn tn mn hh m k b"""
)
_FILES = _list("com org net gov edu info co\\.uk doc docx xls pdf ppt txt htm html jpg jpeg gif png zip exe mp3")
# Words written as one that are two syntactic words: the length of the first.
_FUSED = {
    "cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "dont": 2, "doesnt": 4, "didnt": 3, "isnt": 2, "wasnt": 3, "arent": 3,
    "werent": 4, "wouldnt": 5, "couldnt": 5, "shouldnt": 6, "havent": 4, "hasnt": 3, "hadnt": 3, "cant": 2, "aint": 2,
    "im": 1, "ive": 1, "youre": 3, "youve": 3, "theyre": 4, "thats": 4, "theres": 5, "whats": 4, "itll": 2, "youll": 3,
}  # fmt: skip
_CLITIC = re.compile(r"(?:n['’`´]t|['’`´](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
# Combining marks that Python's \w leaves out, and the soft hyphen and joiners that stand inside words.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u00ad\u200c\u200d"
_W = f"[^\\W_]+(?:[{_MARKS}][^\\W_]*)*"
_APOS = "['’`´]"
_BLANK = "\u200b\u2060\ufeff"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_PICTURE = "[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"
_LINK = '[^\\s<>"“”]*[^\\s<>"“”.,;:!?)\'’\\]}]'


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# The order counts: the first alternative that fits is taken. `plain` is most of any text, so it comes first.
_PATTERN = re.compile(
    rf"""
    (?P<plain>[A-Za-z]+(?=[\s,]))
  | (?P<url>(?:https?|ftp|mailto):{_LINK} | www\.{_LINK}
      | [\w.+%-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}
      | (?:[\w\#~-]{{1,63}}\.){{1,8}}(?:{_any(_FILES)})\b(?:/{_LINK})? | (?<!\w)\.(?:doc|xls|pdf|txt|exe|jpg)\b
      | (?-i:[a-z]{{2,20}}(?:\.[a-z]{{2,20}}){{2,6}})(?!\w) )
  | (?P<smile>[:;=8]['’]?-?[()DPpOo/\\|\[\]](?![\w/]) | \(-?[:;=](?!\w) | \^_{{1,9}}\^ | -_{{1,9}}- | [-=]{{1,9}}> | <-(?!-))
  | (?P<short>(?:[^\W\d_]\.){{2,12}}(?:[^\W\d_](?!\w))? | Ph\.D\.? | (?-i:[A-Z])\.(?=\s{{1,3}}(?-i:[A-Z]))
      | (?:{_any(_ANYWHERE)})\.(?!\.) | (?-i:{_any(_CAPITAL)}|{_any([w.upper() for w in _CAPITAL])})\.(?!\.)
      | (?:{_any(_BEFORE_DIGIT)})\.(?=\s?\d))
  | (?P<number>
        \+?(?:\d[-.])?\d{{3}}[-./]\d{{3}}[-.]\d{{4}}(?![\w-]) | \d{{3,5}}-\d{{4}}(?![\w-])
      | \d{{1,4}}[/-]\d{{1,2}}[/-]\d{{2,4}}(?![\w/]) | \d{{1,2}}/\d{{1,4}}(?![\w/])
      | \d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d+)?
      | \d+(?:[.,]\d+)*(?=(?:{_any(_UNITS)})\b)
      | \d+0['’]s(?!\w)
      | \+?\d+(?:[.,]\d+)*(?!\w)
      | (?<!\w)\.\d+(?!\w) )
  | (?P<affix>(?:{_any(_AFFIXES)})-{_W}(?:{_APOS}{_W})*)
  | (?P<joined>(?-i:[A-Z]{{1,9}}&[A-Z]{{1,9}})(?:['’]s)?(?!\w) | p&l(?!\w) | [a-z]/[a-z](?!\w) | w/(?:o|out)?(?!\w))
  | (?P<dollar>(?:US|U|A|C|HK|NZ|S)\$)
  | (?P<word>{_W}(?:{_APOS}{_W})*)
  | (?P<clitic>{_APOS}(?:s|m|d|re|ve|ll|em|til|cause|n|\d\ds?)(?!\w))
  | (?P<emoji>{_FLAG} | {_PICTURE}(?:\u200d{_PICTURE})*)
  | (?P<marks>[.!?…]{{2,}} | ''|’’|‘’|`` | _+ | (?P<same>[^\w\s{_BLANK}()\[\]"“”„«»'’‘])(?P=same)*)
  | (?P<other>[^\s{_BLANK}])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def tokenize(text: str, offset: int = 0, word: int = 0) -> list[Token]:
    """The tokens of `text`, in order; `offset` is added to their offsets, `word` to their numbers of surface words.

    Only `start`, `end`, `text` and `word` are set. No token holds white space, and white space (with zero-width blanks) is all
    that lies outside of them. Never fails.
    """
    tokens: list[Token] = []
    add = tokens.append
    word -= 1
    quoted = False
    for found in _PATTERN.finditer(text):
        kind, form = found.lastgroup, found.group()
        start = found.start() + offset
        end = start + len(form)
        cut = 0
        if kind == "plain":
            cut = _FUSED.get(form.lower(), 0)
        elif kind == "word" or kind == "affix" or kind == "joined":
            clitic = _CLITIC.search(form)
            cut = clitic.start() if clitic else _FUSED.get(form.lower(), 0)
        elif form == "'" or form == "’":
            if _possessive(text, found.start(), quoted):
                add(Token(start, end, form, word))
                continue
            quoted = not quoted and text[found.end() : found.end() + 1].isalnum()
        word += 1
        if cut:
            add(Token(start, start + cut, form[:cut], word))
            add(Token(start + cut, end, form[cut:], word))
        else:
            add(Token(start, end, form, word))
    return tokens


def _possessive(text: str, at: int, quoted: bool) -> bool:
    """Whether the apostrophe there is that of `the workers' rights`, and closes no quotation."""
    return (
        not quoted
        and text[max(at - 1, 0) : at] in ("s", "S")
        and text[at + 1 : at + 2] == " "
        and text[at + 2 : at + 3].isalnum()
    )
