"""Who publishes under which address, and which names are news agencies.

The tables are general knowledge of the world's news sites, written for sayso; a site that is not in them goes by its
domain.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_DOMAINS = """
abc.net.au|ABC News (Australia)
abcnews.go.com|ABC News
abcnews.com|ABC News
afp.com|AFP
africanews.com|Africanews
ahram.org.eg|Al-Ahram
aljazeera.com|Al Jazeera
aljazeera.net|Al Jazeera
allafrica.com|AllAfrica
al-monitor.com|Al-Monitor
alarabiya.net|Al Arabiya
aa.com.tr|Anadolu
ansa.it|ANSA
apnews.com|AP
ap.org|AP
arabnews.com|Arab News
armenpress.am|Armenpress
asahi.com|The Asahi Shimbun
asharq.com|Asharq News
aawsat.com|Asharq Al-Awsat
axios.com|Axios
balkaninsight.com|Balkan Insight
bangkokpost.com|Bangkok Post
bbc.co.uk|BBC News
bbc.com|BBC News
belganewsagency.eu|Belga
bernama.com|Bernama
bloomberg.com|Bloomberg
brusselstimes.com|The Brussels Times
businessinsider.com|Business Insider
cbc.ca|CBC News
cbsnews.com|CBS News
channelnewsasia.com|CNA
chinadaily.com.cn|China Daily
cnbc.com|CNBC
cnn.com|CNN
corriere.it|Corriere della Sera
csmonitor.com|The Christian Science Monitor
ctvnews.ca|CTV News
dailymail.co.uk|Daily Mail
dailysabah.com|Daily Sabah
dailystar.com.lb|The Daily Star (Lebanon)
dawn.com|Dawn
defensenews.com|Defense News
derstandard.at|Der Standard
dpa.com|dpa
dpa-international.com|dpa
dw.com|Deutsche Welle
economist.com|The Economist
efe.com|EFE
ekathimerini.com|Kathimerini
elpais.com|El País
euractiv.com|Euractiv
euronews.com|Euronews
express.co.uk|Daily Express
faz.net|Frankfurter Allgemeine Zeitung
focus.ua|Focus
forbes.com|Forbes
foreignpolicy.com|Foreign Policy
foxnews.com|Fox News
france24.com|France 24
ft.com|Financial Times
globalnews.ca|Global News
globaltimes.cn|Global Times
gulfnews.com|Gulf News
haaretz.com|Haaretz
hindustantimes.com|Hindustan Times
hromadske.ua|Hromadske
huffpost.com|HuffPost
hurriyetdailynews.com|Hürriyet Daily News
independent.co.uk|The Independent
independent.ie|Irish Independent
indianexpress.com|The Indian Express
inquirer.net|Philippine Daily Inquirer
interfax.com|Interfax
interfax.ru|Interfax
interfax.com.ua|Interfax-Ukraine
irishtimes.com|The Irish Times
irna.ir|IRNA
iranintl.com|Iran International
israelhayom.com|Israel Hayom
izvestia.ru|Izvestia
japantimes.co.jp|The Japan Times
jpost.com|The Jerusalem Post
kommersant.ru|Kommersant
koreaherald.com|The Korea Herald
koreatimes.co.kr|The Korea Times
kyivindependent.com|The Kyiv Independent
kyivpost.com|Kyiv Post
kyodonews.net|Kyodo
lanacion.com.ar|La Nación
lastampa.it|La Stampa
latimes.com|Los Angeles Times
lemonde.fr|Le Monde
lefigaro.fr|Le Figaro
liga.net|LIGA.net
lorientlejour.com|L'Orient-Le Jour
mainichi.jp|The Mainichi
meduza.io|Meduza
middleeasteye.net|Middle East Eye
mirror.co.uk|Daily Mirror
msnbc.com|MSNBC
nation.africa|Nation
nbcnews.com|NBC News
ndtv.com|NDTV
newsweek.com|Newsweek
newyorker.com|The New Yorker
nhk.or.jp|NHK
nikkei.com|Nikkei
novayagazeta.eu|Novaya Gazeta Europe
npr.org|NPR
nv.ua|NV
nypost.com|New York Post
nytimes.com|The New York Times
nzherald.co.nz|The New Zealand Herald
nzz.ch|Neue Zürcher Zeitung
pbs.org|PBS
politico.com|Politico
politico.eu|Politico Europe
pravda.com.ua|Ukrainska Pravda
eurointegration.com.ua|European Pravda
premiumtimesng.com|Premium Times
presstv.ir|Press TV
propublica.org|ProPublica
punchng.com|The Punch
rappler.com|Rappler
reliefweb.int|ReliefWeb
repubblica.it|la Repubblica
reuters.com|Reuters
rferl.org|RFE/RL
svoboda.org|RFE/RL
rfi.fr|RFI
ria.ru|RIA Novosti
rt.com|RT
rte.ie|RTÉ
rudaw.net|Rudaw
sana.sy|SANA
scmp.com|South China Morning Post
scroll.in|Scroll.in
sky.com|Sky News
smh.com.au|The Sydney Morning Herald
spa.gov.sa|SPA
spiegel.de|Der Spiegel
sputniknews.com|Sputnik
standardmedia.co.ke|The Standard (Kenya)
state.gov|U.S. Department of State
straitstimes.com|The Straits Times
sudantribune.com|Sudan Tribune
sueddeutsche.de|Süddeutsche Zeitung
suspilne.media|Suspilne
swissinfo.ch|Swissinfo
tagesschau.de|Tagesschau
tass.com|TASS
tass.ru|TASS
telegraph.co.uk|The Telegraph
theage.com.au|The Age
theatlantic.com|The Atlantic
theconversation.com|The Conversation
theeastafrican.co.ke|The EastAfrican
theglobeandmail.com|The Globe and Mail
theguardian.com|The Guardian
thehill.com|The Hill
thehindu.com|The Hindu
theinsider.ru|The Insider
theins.ru|The Insider
themoscowtimes.com|The Moscow Times
thenationalnews.com|The National
thenewhumanitarian.org|The New Humanitarian
thetimes.co.uk|The Times
thetimes.com|The Times
time.com|Time
timesofindia.indiatimes.com|The Times of India
timesofisrael.com|The Times of Israel
trtworld.com|TRT World
ukrinform.net|Ukrinform
ukrinform.ua|Ukrinform
un.org|United Nations
unian.info|UNIAN
unian.net|UNIAN
unian.ua|UNIAN
upi.com|UPI
usatoday.com|USA Today
usnews.com|U.S. News & World Report
vanguardngr.com|Vanguard
vedomosti.ru|Vedomosti
vice.com|Vice
voanews.com|Voice of America
vox.com|Vox
wafa.ps|WAFA
wam.ae|WAM
washingtonpost.com|The Washington Post
wikinews.org|Wikinews
wsj.com|The Wall Street Journal
xinhuanet.com|Xinhua
news.cn|Xinhua
yna.co.kr|Yonhap
ynetnews.com|Ynetnews
zeit.de|Die Zeit
"""
DOMAINS: dict[str, str] = dict(line.split("|") for line in _DOMAINS.split("\n") if line)

# Name, and how it is written in bylines, datelines and credits. Short names count only in their own letter case.
_AGENCIES = """
AFP|AFP;Agence France-Presse;Agence France Presse
Reuters|Reuters;REUTERS;Thomson Reuters
AP|AP;Associated Press;The Associated Press
dpa|dpa;DPA;Deutsche Presse-Agentur
Xinhua|Xinhua;XINHUA
TASS|TASS;Tass
RIA Novosti|RIA Novosti;RIA
Interfax-Ukraine|Interfax-Ukraine
Interfax|Interfax
Ukrinform|Ukrinform
UNIAN|UNIAN
Anadolu|Anadolu;Anadolu Agency;AA
EFE|EFE
ANSA|ANSA
Kyodo|Kyodo;Kyodo News;KYODO
Jiji|Jiji;Jiji Press;JIJI
Yonhap|Yonhap;YONHAP
PTI|PTI;Press Trust of India
ANI|ANI
IANS|IANS
UPI|UPI;United Press International
PA|PA;PA Media;Press Association
AAP|AAP;Australian Associated Press
EPA|EPA;EPA-EFE;European Pressphoto Agency
Belga|Belga
APA|APA
Keystone-ATS|ATS;Keystone-ATS
NTB|NTB
TT|TT News Agency
Ritzau|Ritzau
PAP|PAP;Polish Press Agency
CTK|CTK;ČTK
MTI|MTI
Agerpres|Agerpres;AGERPRES
Tanjug|Tanjug;TANJUG
Hina|HINA;Hina
BTA|BTA
MENA|MENA
Petra|Petra
WAM|WAM
SPA|SPA;Saudi Press Agency
KUNA|KUNA
QNA|QNA
SANA|SANA
WAFA|WAFA
IRNA|IRNA
ISNA|ISNA
Tasnim|Tasnim
KCNA|KCNA
CNA|CNA;Central News Agency
Antara|Antara;ANTARA
Bernama|Bernama;BERNAMA
Belta|BelTA;Belta
Armenpress|Armenpress
Bloomberg|Bloomberg
RFE/RL|RFE/RL;Radio Free Europe/Radio Liberty
"""
AGENCIES: dict[str, str] = {
    written: name for name, forms in (x.split("|") for x in _AGENCIES.split("\n") if x) for written in forms.split(";")
}
_AGENCY = re.compile(
    r"(?<![\w-])(" + "|".join(map(re.escape, sorted(AGENCIES, key=lambda name: (-len(name), name)))) + r")(?![\w-])"
)
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)")
# Words before the name of the site that carry nothing.
_IDLE = {"www", "www2", "m", "amp", "mobile", "edition"}


def publisher_of(url: str | None) -> str | None:
    """Who publishes at `url`: by the table, else its domain without `www.`; None where it is no address of a site."""
    if not url:
        return None
    try:
        host = (urlsplit(unwrap(url)).hostname or "").strip(".")
    except ValueError:
        return None
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if name := DOMAINS.get(".".join(labels[start:])):
            return name
    while len(labels) > 2 and labels[0] in _IDLE:
        labels = labels[1:]
    return ".".join(labels) if len(labels) > 1 and not labels[-1].isdigit() else None


def unwrap(url: str) -> str:
    """The address itself, where `url` leads to a copy in the Internet Archive."""
    return _ARCHIVE.sub("", url)


def agency_in(text: str) -> str | None:
    """The first news agency named in a byline, dateline or credit; not for running text, where `AP` may be anything."""
    found = _AGENCY.search(text)
    return AGENCIES[found[1]] if found else None
