"""PURE: from the variants of the corpus to the answer of one organisation on one day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zlib import crc32

from participants.market_roles import MARKET_ROLES
from qadportal.demo.corpus import CorpusError, Final, Organisation, Qualification, Variant
from submissions.content import Content
from submissions.template_types import Column, Question
from waves.routes import ROUTES

_PLACEHOLDER = re.compile(r"\{(?:date(?P<days>[+-]\d+)?|(?P<name>[a-z_]+))\}")
_ENTRANT = {"EXISTING": "existing", "NEW_LEGACY_AND_MHHS": "both", "NEW_MHHS_ONLY": "mhhs_only"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who answers, about which qualification; None speaks for the whole organisation."""

    organisation: Organisation
    qualification: Qualification | None = None

    @property
    def subject(self) -> Qualification:
        """The qualification that placeholders speak of."""
        return self.qualification or self.organisation.qualification[0]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the part speaks for."""
        if self.qualification:
            return (self.qualification.role,)
        return tuple(dict.fromkeys(each.role for each in self.organisation.qualification))

    def words(self) -> Mapping[str, str]:
        """Return what the placeholders stand for."""
        own, subject = self.organisation, self.subject
        return {
            "org": own.name,
            "legal_name": own.legal_name,
            "company_number": own.company_number,
            "provider": own.provider,
            "mpid": subject.mpids[0],
            "role": MARKET_ROLES[subject.role].label,
            "route": ROUTES[subject.route].label,
        }


def fill(text: str, words: Mapping[str, str], on: date, *, short_dates: bool = False) -> str:
    """Put words and dates into a text; CorpusError for a placeholder that nobody knows."""

    def put(found: re.Match[str]) -> str:
        name = found["name"]
        if name:
            if name not in words:
                raise CorpusError(f"{{{name}}} is no placeholder: {text[:60]}")
            return words[name]
        day = on + timedelta(days=int(found["days"] or 0))
        return f"{day:%d/%m/%Y}" if short_dates else f"{day.day} {day:%B %Y}"

    return _PLACEHOLDER.sub(put, text)


def choose(variants: Sequence[Variant], voice: Voice) -> Variant | None:
    """Return the variant that the corpus fixed, or one that fits by role and by what is wanted.

    A part keeps to one letter where it can, since answers refer to each other.
    """
    part = voice.qualification or voice.organisation
    fixed = part.variants.get(variants[0].question)
    if fixed:
        return next(each for each in variants if each.variant == fixed)
    fitting = [each for each in variants if not each.fits or set(each.fits) & set(voice.roles)]
    fitting = [each for each in fitting if each.fits] or fitting
    fitting = _wanted(fitting, voice)
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    own = f"{voice.organisation.slug}{voice.qualification.key if voice.qualification else ''}"
    letter = "ab"[crc32(own.encode()) % 2]
    return next((each for each in fitting if each.variant == letter), fitting[0])


def _wanted(variants: Sequence[Variant], voice: Voice) -> list[Variant]:
    own, subject = voice.organisation, voice.subject
    wants = {subject.reliance, *(each.lower() for each in subject.exemptions)}
    exact = [each for each in variants if each.wants in wants]
    left = exact or [each for each in variants if not each.wants]
    by_choice = {"J11": subject.retrieval.lower(), "A07": _ENTRANT[own.entrant]}
    if left and left[0].question in by_choice:
        chosen = by_choice[left[0].question]
        return [each for each in left if each.choice == chosen]
    if left and left[0].question == "A04":
        has_some = bool(own.mpids_not_taken)
        return [each for each in left if (each.rows_from == "mpids_not_taken") == has_some]
    return left


def content(question: Question, variant: Variant, voice: Voice, on: date) -> Content:
    """Return the answer that a variant gives on a day."""
    words = voice.words()
    value: dict = {}
    if variant.choice:
        value["choice"] = variant.choice
    if variant.choices:
        value["choices"] = list(variant.choices)
    if variant.number is not None:
        value["number"] = variant.number
    if variant.date:
        value["date"] = day_of(variant.date, on).isoformat()
    if variant.declared:
        value["declared"] = True
    if rows := rows_of(question, variant, voice, on):
        value["rows"] = rows
    return Content(text=fill(variant.text, words, on).strip(), value=value, is_ready=True)


def final_content(
    question: Question, before: Content, variant: Variant, voice: Voice, first_on: date, on: date
) -> Content:
    """Return the answer as it stands at the Final stage."""
    change, words = variant.final, voice.words()
    if change is None:
        return before
    text = fill(change.text, words, on).strip() if change.text else before.text
    for old, new in change.replace:
        text = _replaced(text, fill(old, words, first_on), fill(new, words, on), variant)
    if change.append:
        text = f"{text}\n\n{fill(change.append, words, on).strip()}"
    value = dict(before.value)
    if change.rows:
        value["rows"] = _filled_rows(question, change.rows, words, on)
    return replace(before, text=text, value=value)


def _replaced(text: str, old: str, new: str, variant: Variant) -> str:
    if old not in text:
        raise CorpusError(f"{variant.question}{variant.variant}: “{old[:50]}” is not in the text.")
    return text.replace(old, new)


def files_of(variant: Variant, change: Final | None = None) -> tuple[str, ...]:
    """Return the evidence files that an answer cites, or those that its Final form adds."""
    return change.files if change else variant.files


def day_of(text: str, on: date) -> date:
    """Return the day of a placeholder such as {date-28}."""
    found = _PLACEHOLDER.fullmatch(text)
    if not found or found["name"]:
        raise CorpusError(f"{text} is no date.")
    return on + timedelta(days=int(found["days"] or 0))


def rows_of(question: Question, variant: Variant, voice: Voice, on: date) -> list[dict[str, str]]:
    """Return the rows of a table answer, spread over roles and MPIDs where the variant says so."""
    words = voice.words()
    held = voice.organisation.qualification
    match variant.rows_from:
        case "qualifications":
            spread = [_of(each, each.mpids[0], words) for each in held]
        case "qualification_mpids":
            spread = [_of(each, mpid, words) for each in held for mpid in each.mpids]
        case "accessions":
            spread = [_of(each, each.mpids[0], words) for each in held]
        case "mpids_not_taken":
            return _filled_rows(question, voice.organisation.mpids_not_taken, words, on)
        case _:
            spread = [words]
    rows = [
        row
        for each in spread
        for row in _filled_rows(question, _open_to(variant.rows, each), each, on)
    ]
    return list({tuple(row.items()): row for row in rows}.values())


def _of(qualification: Qualification, mpid: str, words: Mapping[str, str]) -> dict[str, str]:
    return {
        **words,
        "role": MARKET_ROLES[qualification.role].label,
        "route": ROUTES[qualification.route].label,
        "mpid": mpid,
        "_codes": " ".join(MARKET_ROLES[qualification.role].codes),
    }


def _open_to(rows: Sequence[Mapping[str, str]], words: Mapping[str, str]) -> list[Mapping]:
    """Leave out the code that does not govern a role."""
    codes = words.get("_codes")
    return [
        row
        for row in rows
        if codes is None or str(row.get("code", ""))[:3] in codes or "code" not in row
    ]


def _filled_rows(
    question: Question, rows: Iterable[Mapping[str, str]], words: Mapping[str, str], on: date
) -> list[dict[str, str]]:
    columns = {column.key: column for column in question.columns}
    return [
        {key: _cell(columns.get(key), str(text), words, on) for key, text in row.items()}
        for row in rows
    ]


def _cell(column: Column | None, text: str, words: Mapping[str, str], on: date) -> str:
    is_day = column is not None and column.type == "DATE"
    filled = fill(text, words, on, short_dates=is_day)
    if is_day and re.fullmatch(r"\d{4}-\d\d-\d\d", filled):
        return f"{date.fromisoformat(filled):%d/%m/%Y}"
    return filled
