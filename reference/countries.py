"""Countries: GeoNames id, codes, capital, middle, names and demonyms → src/sayso/reading/reference/countries.tsv."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from sayso.reading.countries import COLUMNS, Country, fold

# Names and peoples of our own, beside those of the facts: what newsrooms write.
MORE = {
    "MM": "Burma|Burmese", "CI": "Ivory Coast|Ivorian Ivorians Ivoirian", "CD": "Congo;Democratic Republic of Congo;DR Congo;DRC;Zaire|Congolese",
    "PS": "Palestine;Palestinian territories;Palestinian Territories;occupied territories|Palestinian Palestinians", "GB": "Britain;UK;U.K.;Great Britain|British Briton Britons",
    "US": "U.S.;US;USA;U.S.A.;America|American Americans", "AE": "UAE;Emirates;U.A.E.|Emirati Emiratis", "SA": "|Saudi Saudis", "NL": "Holland|Dutch",
    "CZ": "Czech Republic|Czech Czechs", "MK": "Macedonia|Macedonian Macedonians", "SZ": "Swaziland|Swazi Swazis", "TL": "East Timor|Timorese", "KR": "South Korea|South-Korean",
    "KP": "North Korea;DPRK|North-Korean", "CN": "China;mainland China|Chinese", "TW": "Taiwan|Taiwanese", "BA": "Bosnia;Bosnia-Herzegovina;Bosnia and Herzegovina|Bosnian Bosnians",
    "SD": "Sudan|Sudanese", "SS": "South Sudan|", "IQ": "Iraq|Iraqi Iraqis", "AF": "Afghanistan|Afghan Afghans", "PK": "Pakistan|Pakistani Pakistanis", "IL": "Israel|Israeli Israelis",
    "VA": "Vatican;Holy See|", "XK": "Kosovo|Kosovan Kosovar Kosovars", "CV": "Cape Verde|", "TR": "Turkey;Türkiye;Turkiye|Turkish Turk Turks", "SY": "Syria|Syrian Syrians",
    "FR": "France|French Frenchman", "ES": "Spain|Spanish Spaniard Spaniards", "PL": "Poland|Polish Poles", "SE": "Sweden|Swedish Swedes", "DK": "Denmark|Danish Danes",
    "FI": "Finland|Finnish Finns", "IE": "Ireland|Irish", "PH": "Philippines|Filipino Filipinos Philippine", "TH": "Thailand|Thai Thais", "GE": "Georgia|Georgian Georgians",
    "YE": "Yemen|Yemeni Yemenis", "KW": "Kuwait|Kuwaiti Kuwaitis", "QA": "Qatar|Qatari Qataris", "OM": "Oman|Omani Omanis", "BH": "Bahrain|Bahraini Bahrainis",
    "BD": "Bangladesh|Bangladeshi Bangladeshis", "NP": "Nepal|Nepali Nepalese", "LK": "Sri Lanka|Sri-Lankan", "VN": "Vietnam|Vietnamese", "LA": "Laos|Lao Laotian", "KG": "Kyrgyzstan|Kyrgyz",
    "KZ": "Kazakhstan|Kazakh", "UZ": "Uzbekistan|Uzbek", "TJ": "Tajikistan|Tajik", "TM": "Turkmenistan|Turkmen", "AR": "Argentina|Argentine Argentinian", "CH": "Switzerland|Swiss",
    "SO": "Somalia|Somali Somalis", "NE": "Niger|Nigerien", "NG": "Nigeria|Nigerian Nigerians", "GM": "Gambia|", "BS": "Bahamas|", "MV": "Maldives|", "IR": "Iran|Iranian Iranians",
    "RU": "Russia;Russian Federation|Russian Russians", "UA": "Ukraine|Ukrainian Ukrainians", "LB": "Lebanon|Lebanese", "JO": "Jordan|Jordanian Jordanians", "IN": "India|Indian Indians",
}  # fmt: skip
# Names that the facts give to a country, and that mean something else in news: regions, islands of two states, old unions.
NOT = frozenset(
    "palestinian authority;gaza;gaza gaza strip;gaza strip;west bank;korea;korean;koreans;africa;african;asia;asian;europe;european;as;vi;gu;car;ch;hk;iom;pr;taaf;himi;srv;rmi;fsm;tca;america samoa;guinea ecuatorial;none;note;us or usa;united arab republic;ri;nl".split(
        ";"
    )
)
SHOWN = {
    "PS": "Palestinian territories",
    "XK": "Kosovo",
    "CI": "Ivory Coast",
    "VA": "Vatican",
    "MM": "Myanmar",
    "MK": "North Macedonia",
    "NL": "Netherlands",
}
CAPITALS = {"PS": "Ramallah", "IL": "Jerusalem", "BO": "La Paz", "CI": "Abidjan"}


def countries(packaged: Path, facts: Path, middles: dict[str, tuple[float, float]]) -> list[Country]:
    """All countries, by ISO alpha-2. `middles`: latitude and longitude by ISO alpha-2."""
    raw = json.loads(packaged.read_text("utf-8"))
    names, peoples = _known(facts, {int(c["geonameid"]): code for code, c in raw.items()})
    made = []
    for code in sorted(raw):
        c = raw[code]
        more, _, people = MORE.get(code, "|").partition("|")
        called = {*names.get(code, ()), *map(fold, more.split(";")), fold(c["name"]), fold(SHOWN.get(code, c["name"]))}
        of_it = {*peoples.get(code, ()), *(fold(p) for p in people.split())}
        lat, lon = middles.get(code, (0.0, 0.0))
        made.append(
            Country(
                code, c["iso3"], int(c["geonameid"]), SHOWN.get(code, c["name"]), CAPITALS.get(code, c["capital"]), round(lat, 2), round(lon, 2),
                tuple(sorted(n for n in called if n and n not in NOT)), tuple(sorted(p for p in of_it if p and p not in NOT and p not in called | {"congo"})),
            )
        )  # fmt: skip
    return made


def _known(facts: Path, codes: dict[int, str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The names and the demonyms of the table of aliases, by ISO alpha-2."""
    names: dict[str, set[str]] = {}
    peoples: dict[str, set[str]] = {}
    with (facts / "aliases.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            code = codes.get(int(line["geonameid"]))
            if code and line["kind"] in ("country_name", "country_abbrev"):
                names.setdefault(code, set()).add(fold(line["alias_normalised"]))
            elif code and line["kind"] == "demonym":
                peoples.setdefault(code, set()).add(fold(line["alias_normalised"]))
    return names, peoples


def write(made: list[Country], path: Path) -> None:
    """Write the table; lists within a cell are parted by semicolons."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(COLUMNS)
        for c in made:
            out.writerow(
                [
                    c.iso2,
                    c.iso3,
                    c.id,
                    c.name,
                    c.capital,
                    c.latitude,
                    c.longitude,
                    ";".join(c.names),
                    ";".join(c.peoples),
                ]
            )
