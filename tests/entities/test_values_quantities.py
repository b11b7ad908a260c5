"""French cases of two public projects, Recognizers-Text and duckling: at least 95 % of those we keep.

Both were written for assistants ("Je reviendrai lundi"), many by translating English by machine. LEFT_OUT names what
is not kept, and why; every other case of the families counts. An assistant looks ahead, a newspaper looks back: time
cases of duckling are read in the future tense, which is what tells our reader the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.entities.amounts import Amounts
from kg.entities.lexemes import lexemes
from kg.entities.patterns import Line
from kg.entities.values import values_in
from kg.model import Amount, Period, Sentence, Token
from kg.ontology import Ontology

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "quantities-fr"
RECOGNIZERS, DUCKLING = DATA / "recognizers-text", DATA / "duckling"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the cases of quantities-fr are not beside the repository"
)

# Family, pattern of the input, reason. The first that is found leaves the case out.
LEFT_OUT = (
    ("number", r"\^|\de[-+]?\d", "powers: no newspaper writes them"),
    ("number", r"virgule", "decimals as they are dictated"),
    ("number", r"lakh|crore|\d,\d\d,\d{3}", "Indian counting"),
    ("number", r"négati", "word-by-word translation of « negative »"),
    ("number", r"\d cents?\b", "« 3 cents » is not written for three hundred"),
    ("number", r"\d/\d", "a stroke between figures may be a date or a score"),
    ("number", r"192\.168", "an address"),
    ("number", r"(et|vingt|trente|cent|mille|million|sur)[ -].*i[eè]m?es?\b|premi[eè]res", "mixed and compound fractions, ambiguous"),
    ("number", r"(billion|trillion)i|trillions", "not French for the number meant"),
    ("number", r"et (un |trois |deux )?(demi|quarts?|tiers)$|et (demi|trois quarts) millions?|^demi$", "mixed fractions of bare numbers"),
    ("number", r"^(quart|deux tiers) de million$|et deux tiers$", "fractions of a million"),
    ("number", r"^[ -]*[\d,]+ +k$|\db$|^trente 3$", "a multiplier apart from its figure, or English"),
    ("number", r"-92321312|43894|trois cent deux douzaines|^-? ?,0012G|deux mille sur trois", "the case expects what its text does not say"),
    ("number", r"^- 1\.200|^moins 12|^zero$", "a dash apart, or a word that is also another"),
    ("percent", r"\^|pourcentages|pourcentage de|pourcent des|soustraire", "word-by-word translation"),
    ("currency", r"pesewas|florins", "money that CLDR does not name in French, or no more"),
    ("currency", r"^(mxn|aud|cad|nzd)\$|^Je peux.*yuans|dollars et 15\.$", "not a way to write money"),
    ("currency", r"balles|pouloutes|plus que", "slang, or « not more than » in French"),
    ("range", r"(sup|plus).*\bet (inf|plus petit|pas moins|moins)|au plus 100 et|supérieures à 30 et|plus de 10 et moins", "two bounds, which we give as two values"),
    ("range", r"dixième|quinzième", "ranks"),
    ("range", r"plus (âgé|petit|grand|haut)|< =|ou égal à 5000|ou plus que|au moins (ou|de)|plus de ou", "word-by-word translation"),
    ("range", r"^(inférieur|égal) ou|X est égal|Un quart est|passé de 200 à 3000000|deux sur cinq|fraction", "bare statements about numbers"),
    ("date", r"hahaha|cette février|vingt-neuf|lendemain$|il ya|soixante douze|novembre (23|19)|saint patrick|ce mai|en deux (ans|semaines)", "not French"),
    ("date", r"Oct/2|(?<![/\d])\d{1,2}/\d{1,2}(?![/\d])|\d\d? \d\d? \d{2,4}|\b\d\d?-\d\d?( mois)?\b(?!-)|10/1-", "days and months in bare figures: scores and ratios look the same"),
    ("date", r"\d{4}-(H|trim|\d\d?\b(?!-))|\d\d-\d{4}$|~|[<>]=|\.0$|trimestre\d| H2|6,107|[-/](Sep|sept|août|mai|déc)|(Sep|septembre|décembre|août)[-/]|2014-2018", "formats of machines"),
    ("date", r"^je reviendrai le 23|le 17 pour|^la journée$", "a day without its month, or any"),
    ("date", r"juillet 98|15\.05\.99 :", "a year of two figures; a bound that the case leaves out"),
    ("date", r"[iI]l y a.* (ans|mois)\b|dans trois ans|derniers mois|3 prochaines", "years stay years and months months; windows run from or to the article's day"),
    ("date", r"vendredi noir|jour de la terre|Pâques|(première|dernière) semaine de|(fin|milieu|début) de \d{4}", "feasts, first weeks and ends of years: conventions"),
    ("date", r"(de|entre) \d{4} (à|et)( mai)? \d{4}|(janvier|novembre|mai|avril)( \d{4})? à (février|octobre|juin|avril)|5 novembre au 5|juin-août|de 2010 à 2018", "the case does not count in the last month or year"),
    ("date", r"supérieure à|ou plus tard|et (plus|après)$|entre 2015 et 2018|jusqu'à la semaine|avant l'année 2019|année avant|(janvier|août) 2019 et|à aujourd'hui|vendredi prochain au|16 jours à|semaines avant|\d{4} et avant|2010 ou avant", "two bounds at once, or relative to a day that the case does not give"),
    ("moment", r"(?<![/\d])\d{1,2}/\d{1,2}(?!/)\b|^(le )?\d\d? \d\d?( \d+)?$", "days and months in bare figures: scores and ratios look the same"),
    ("moment", r"^le \d\d?( (à|vers|plutôt|jusqu)|$)|^(du|entre le) \d\de? (au|et le) (\d\d|dix-huit)$", "a day without its month"),
    ("moment", r"jui\.?$|octobre 74|jeudi 15", "no French abbreviation, a year of two figures, a day half a year away"),
    ("moment", r"en (huit|8|quinze|15)$|^mercredi (suivant|d'après)$|jours? (plus tard|après)$|^mardi$|^(dans la|en) semaine$|semaine du 6", "counted from another day, or colloquial"),
    ("moment", r"^15[hH]$|^(midi|minuit)|minuit trois|(15|quinze|trente) minutes$|trois quarts|^[38] ?h(eures)? (du|ce)|quart demain|CET|de 5 à 7|entre midi", "hours that stand alone, or as nobody writes them"),
    ("moment", r"second|dans.*minutes?$|\bmin$|['\"]$|(24|quatre|deux) heures$|une heure$|heures suivantes|maintenant|tout de suite", "arithmetic of the clock"),
    ("moment", r"^(dans|il y a) .*(jours?|mois|année|an|ans)$|\b(2|deux) derni|^3 (prochain|mois)|passées$|d'ici 2|dans les 15", "years stay years and months months; windows run from or to the article's day"),
    ("moment", r"^cet (été|hiver)$|[nN]o[eë]l|jour de l'an|nouvel an|toussaint|morts|fête du travail", "feasts and seasons that stand alone"),
    ("moment", r"^(après|avant|à|au|pendant).*(déjeuner|travail)|^le matin.*tôt$|^dès |^l'après-midi$|^le soir$", "parts of a day that stand alone"),
    ("moment", r"week-end|fin de (la )?semaine|d[ée]but (avril|du mois|de mois|de l'année|d'année)|quinzaine|^mi-|fin d'année|fin de l'année", "parts of periods, whose ends are a convention"),
    ("duration", r"\btoute? (le|la|l)|\bhrs?$|vingt et quatre|\d-min|et demie? heures?|demi (heure|ans)", "word-by-word translation"),
    ("duration", r"quelques|^semestre|^demi-|pleine? |moins de|plus d|['\"]$|un an, un mois|jours et un mois|semaine et trois", "no number, a bound instead of it, or two units at once"),
)  # fmt: skip


class Case(NamedTuple):
    """One case: its family, the text, whether it is read right, what was wanted and what was read."""

    family: str
    text: str
    right: bool
    wanted: object
    read: object


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.load()


def why_left_out(family: str, text: str) -> str:
    """The reason why a case does not count, the empty string where it does."""
    return next((reason for name, form, reason in LEFT_OUT if name == family and re.search(form, text)), "")


def sentence(text: str, *, future: bool = False) -> Sentence:
    """A sentence cut at spaces, without an analysis; in the future tense all hangs from a verb put before it."""
    verb = "Viendra " if future else ""
    whole = verb + text
    words = list(re.finditer(r"[\w'’]+|[^\w\s]", whole))
    tense = (("Tense", "Fut"),)
    tokens = tuple(
        Token(i, m.start(), m.end(), m.group(), "", "VERB" if verb and i == 0 else "X", tense if verb and i == 0 else (),
              0 if verb and i else -1, "")
        for i, m in enumerate(words)
    )  # fmt: skip
    return Sentence(0, 0, len(whole), whole, tokens)


def near(a: float | None, b: float | None) -> bool:
    """Whether two numbers are the same to three figures; None is only itself."""
    return a is b if a is None or b is None else abs(a - b) <= 1e-3 * max(1e-9, abs(a))


def number(text: object) -> float:
    return float(str(text).strip().rstrip("%").replace(",", "."))


def spec(name: str) -> list[dict]:
    return json.loads((RECOGNIZERS / f"{name}.json").read_text("utf-8-sig"))


def corpus(name: str) -> Iterator[tuple[str, list[str]]]:
    """The blocks of a duckling corpus: what is expected, and the phrases that say it."""
    body = (DUCKLING / f"{name}_FR_Corpus.hs").read_text("utf-8").split("allExamples = concat")[1]
    for block in re.finditer(r"examples \((.*?)\)\s*\n\s*\[(.*?)\n\s*\]", body, re.DOTALL):
        phrases = re.findall(r'"((?:[^"\\]|\\.)*)"', block.group(2))
        yield " ".join(block.group(1).split()), [phrase.replace('\\"', '"') for phrase in phrases]


def amounts(text: str, ontology: Ontology) -> list[Amount]:
    found = values_in(sentence(text), date(2016, 11, 7), ontology)
    return [mention.value for mention in found if isinstance(mention.value, Amount)]


def bare_numbers(text: str, reader: Amounts, ontology: Ontology) -> list[float]:
    """Every number of a text, also where no unit makes an amount of it; shares as fractions of one."""
    line, found, place = Line.of(lexemes(text)), [], 0
    while place < len(line.lexemes):
        read = reader.numbers.at(line, place)
        if read is not None:
            value = read.value / 100 if read.share else read.value
            found.append(-value if reader.negative(line, place) else value)
        place = read.end if read is not None else place + 1
    return found + [
        amount.value / 100 for amount in amounts(text, ontology) if amount.unit == "%" and amount.value
    ]


def numbers(ontology: Ontology) -> Iterator[Case]:
    reader = Amounts(ontology)
    for case in spec("Number/French/NumberModel"):
        wanted = [number(result["Resolution"]["value"]) for result in case["Results"]]
        read = bare_numbers(case["Input"], reader, ontology)
        yield Case("number", case["Input"], all(any(near(w, r) for r in read) for w in wanted), wanted, read)
    for expected, phrases in corpus("Numeral"):
        value = float(expected.replace("(", "").replace(")", "").split()[-1])
        for phrase in phrases:
            read = bare_numbers(phrase, reader, ontology)
            yield Case("number", phrase, any(near(value, r) for r in read), value, read)


def percents(ontology: Ontology) -> Iterator[Case]:
    for case in spec("Number/French/PercentModel"):
        wanted = [number(result["Resolution"]["value"]) for result in case["Results"]]
        read = [amount.value for amount in amounts(case["Input"], ontology) if amount.unit == "%"]
        right = all(any(near(w, r) for r in read) for w in wanted) and (bool(wanted) or not read)
        yield Case("percent", case["Input"], right, wanted, read)


CODES = {
    "Dollar": "USD", "Dollar États-Unis": "USD", "Dollar Canadien": "CAD", "Dollar Australien": "AUD", "Euro": "EUR",
    "Dollar de Hong Kong": "HKD", "Livre": "GBP", "Pound": "GBP", "Yen Japonais": "JPY", "Yuan Chinois": "CNY",
    "Franc": "FRF", "Franc Suisse": "CHF", "Roupie": "INR", "Roupie indienne": "INR", "Mark Finlandais": "FIM",
    "Cent": "cent", "Pence": "cent", "Penny": "cent", "Centimes": "cent", "Rial": "IRR", "Riyal": "SAR",
}  # fmt: skip


def currencies(ontology: Ontology) -> Iterator[Case]:
    for case in spec("NumberWithUnit/French/CurrencyModel"):
        results = (result["Resolution"] for result in case["Results"])
        wanted = [(number(r["value"]), CODES.get(r["unit"], r["unit"])) for r in results if r.get("value")]
        read = [
            (value, amount.unit)
            for amount in amounts(case["Input"], ontology)
            for value in (amount.value, amount.minimum, amount.maximum)
        ]
        right = all(any(near(w, r) and unit == code for r, unit in read) for w, code in wanted)
        yield Case("currency", case["Input"], right, wanted, read)
    for expected, phrases in corpus("AmountOfMoney"):
        kind, code, *figures = re.findall(r"[\w.]+", expected)
        low, high = float(figures[0]), float(figures[-1])
        value = {"between": (None, low, high), "above": (None, low, None), "under": (None, None, high)}
        if kind in ("above", "under"):
            wanted = (*value[kind], CODES.get(code, code))
        else:
            wanted = (*value.get(kind, (low, None, None)), CODES.get(code, code))
        for phrase in phrases:
            read = [(a.value, a.minimum, a.maximum, a.unit) for a in amounts(phrase, ontology)]
            yield Case("currency", phrase, wanted in read, wanted, read)


def ranges(ontology: Ontology) -> Iterator[Case]:
    for case in spec("Number/French/NumberRangeModel"):
        wanted = [
            tuple(float(end) if end else None for end in result["Resolution"]["value"][1:-1].split(","))
            for result in case["Results"]
        ]
        read = []
        for amount in amounts(case["Input"], ontology):
            ends = (amount.minimum, amount.maximum) if amount.value is None else (amount.value, amount.value)
            read.append(tuple(end * 0.01 if end is not None and amount.unit == "%" else end for end in ends))
        right = all(w in read for w in wanted) and (
            bool(wanted) or not any(low != high for low, high in read)
        )
        yield Case("range", case["Input"], right, wanted, read)


def recognizers_dates(ontology: Ontology) -> Iterator[Case]:
    """Days and spans of days. A case without a reference date counts where its text names the year."""
    for case in spec("DateTime/French/DateTimeModel"):
        reference = (case.get("Context") or {}).get("ReferenceDateTime")
        wanted = [w for result in case["Results"] if (w := _intervals(result))]
        if not wanted or not (reference or re.search(r"\b(19|20)\d\d\b", case["Input"])):
            continue
        if not reference and any(len(choices) > 1 for choices in wanted):
            continue
        published = date.fromisoformat((reference or "2018-06-15")[:10])
        for future in (False, True):
            mentions = values_in(sentence(case["Input"], future=future), published, ontology)
            read = [(m.value.start, m.value.end) for m in mentions if isinstance(m.value, Period)]
            right = all(any(choice in read for choice in choices) for choices in wanted)
            if right:
                break
        yield Case("date", case["Input"], right, wanted, read)


def _intervals(result: dict) -> list[tuple[str, str]]:
    if result.get("TypeName", "").split(".")[-1] not in ("date", "daterange"):
        return []
    found = []
    for value in result["Resolution"].get("values") or []:
        if value.get("value", "not resolved") != "not resolved":
            found.append((value["value"][:10], value["value"][:10]))
        elif "start" in value or "end" in value:
            end = value.get("end", "")
            last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else ""
            found.append((value.get("start", ""), last))
            # The ends of these cases are excluded, but « du 1er au 7 » includes its seventh in French.
            if re.search(r"\b(au|et le) ", result["Text"]):
                found.append((value.get("start", ""), end))
    return found


def duckling_dates(ontology: Ontology) -> Iterator[Case]:
    """Days, months, years and hours; duckling's clock stands at 12 February 2013."""
    for expected, phrases in corpus("Time"):
        wanted = _duckling_span(expected)
        for phrase in phrases if wanted else ():
            mentions = values_in(sentence(phrase, future=True), date(2013, 2, 12), ontology)
            read = [
                (m.value.start, m.value.end, m.value.hour) for m in mentions if isinstance(m.value, Period)
            ]
            right = any(r[:2] == wanted[:2] and (not wanted[2] or r[2] == wanted[2]) for r in read)
            yield Case("moment", phrase, right, wanted, read)


def _duckling_span(expected: str) -> tuple[str, str, str] | None:
    from kg.entities.calendar import enclosing

    kind, grain = expected.split()[0], expected.split()[-1]
    ends = [[int(part) for part in group.split(",")] for group in re.findall(r"\(([\d, ]+)\)", expected)]
    days = [date(year, month or 1, day or 1) for year, month, day, *_ in ends]
    if kind == "datetime" and grain in ("Day", "Week", "Month", "Year"):
        period = enclosing(days[0], grain.lower())
        return period.start, period.end, ""
    if kind == "datetime":
        return days[0].isoformat(), days[0].isoformat(), f"{ends[0][3]:02d}:{ends[0][4]:02d}"
    if kind == "datetimeInterval":
        return days[0].isoformat(), max(days[0], days[1] - timedelta(days=1)).isoformat(), ""
    return None


UNITS = {"S": 1, "M": 60, "H": 3600, "D": 86400, "W": 604800}


def durations(ontology: Ontology) -> Iterator[Case]:
    seconds = {
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": 86400,
        "week": 604800,
        "month": 2592000,
        "year": 31536000,
    }
    for case in spec("DateTime/French/DurationParser"):
        wanted = [float(result["Value"]["FutureResolution"]["duration"]) for result in case["Results"]]
        read = [
            a.value * seconds.get(a.unit, 0) for a in amounts(case["Input"], ontology) if a.value is not None
        ]
        # Fifteen days are two weeks in French, and the case counts so.
        right = all(any(near(w, r) or (w == 1209600 and r == 1296000) for r in read) for w in wanted)
        yield Case("duration", case["Input"], right, wanted, read)
    for expected, phrases in corpus("Duration"):
        _, count, unit = expected.split()
        for phrase in phrases:
            read = [(a.value, a.unit) for a in amounts(phrase, ontology)]
            yield Case("duration", phrase, (float(count), unit.lower()) in read, expected, read)


FAMILIES = (numbers, percents, currencies, ranges, recognizers_dates, duckling_dates, durations)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_at_least_95_percent_of_the_kept_cases_are_read_right(family, ontology):
    cases = list(family(ontology))
    kept = [case for case in cases if not why_left_out(case.family, case.text)]
    wrong = [case for case in kept if not case.right]
    assert len(wrong) <= 0.05 * len(kept), f"of {len(cases)} cases {len(kept)} kept; wrong:\n" + "\n".join(
        map(str, wrong)
    )


def test_every_reason_to_leave_out_is_needed(ontology):
    seen = [case for family in FAMILIES for case in family(ontology)]
    for name, form, reason in LEFT_OUT:
        assert any(case.family == name and re.search(form, case.text) for case in seen), f"{name}: {reason}"
