"""The home page: one sentence, one button, and what stands behind them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from foundation.clock.words import day, days, short_day, since
from foundation.ui.blocks import Action
from foundation.ui.counting import counted, inside, joined, opened
from foundation.ui.pages import Countdown, Head, HomeParticipant, News
from foundation.ui.parts import DateLink, Link, Mark, Status, Ticks, Words
from foundation.ui.road import Lane
from participants.access.addresses import address
from participants.enums import Status as Where
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from participants.pages.history import sentence
from qadportal.home import limited, waits
from qadportal.home import tasks as work
from qadportal.home.reading import Duty, Home
from submissions.presenters import addresses
from waves.because import long_day
from waves.pages import cards
from waves.pages.road import lane, road

WEEK = timedelta(days=7)
MOST_TICKS = 30


def page(home: Home) -> HomeParticipant:
    """Return the home page of whoever writes or administers."""
    todo = work.tasks(home)
    duty = next((each for each in home.duties if work.is_ones_own(home, each)), None)
    slug = home.slug
    if home.reach is not None:
        duty = limited.duty(home)
    return HomeParticipant(
        head=_head(home, duty) if home.reach is None else limited.head(home, todo),
        countdown=_countdown(home, duty) if duty else None,
        tasks=todo[: work.SHOWN],
        tasks_more=Link(f"All {counted(len(todo), 'task')}", addresses.qad(slug))
        if len(todo) > work.SHOWN
        else None,
        they_wait=waits.they_wait(home),
        you_wait=waits.you_wait(home),
        road=road(home.tracks, _lanes(home), show_table=False) if home.tracks else None,
        road_title=_road_title(home),
        road_more=Link("Every date, and why", address("waves:road", slug)),
        news=_news(home),
        last_here=opened(since(home.last_here, home.now)) if home.last_here else "",
    )


def for_signer(home: Home) -> HomeParticipant:
    """Return the home page of a director or delegate: one sentence and one button."""
    agreed = [each for each in home.qualifications if each.status == Where.CONTENT_AGREED]
    ready = [each for each in agreed if each.pk in home.signable]
    slug = home.slug
    if not ready:
        return HomeParticipant(head=_nothing_to_sign(home, agreed), you_wait=waits.you_wait(home))
    first = ready[0]
    duty = next(
        (
            each
            for each in home.duties
            if each.qualification.pk == first.pk and each.line.activity == work.SIGNING
        ),
        None,
    )
    url = address("reviews:sign_off_of", slug, first.pk) or address("reviews:sign_off", slug)
    name = first.get_role_display()
    title: Words = (
        [f"Sign the Final QAD for {name} by ", _long_date(home, duty), "."]
        if duty
        else f"Sign the Final QAD for {name}."
    )
    return HomeParticipant(
        head=Head(
            kicker=Status("Your move", "your_move"),
            title=title,
            lead="The reviewers have agreed its content. You read it whole before you sign.",
            actions=[Action(text="Read and sign", url=url, kind="primary", arrow=True)],
            browser_title="Home",
        )
    )


def _nothing_to_sign(home: Home, agreed: Sequence[Qualification]) -> Head:
    """The sentence of somebody who may sign, on a day on which nothing is theirs to sign."""
    url = address("reviews:qualified", home.slug)
    see = [Action(text="See where it stands", url=url)] if url else []
    if not agreed:
        lead = "You will get a mail when the reviewers agree the content."
        return Head(title="Nothing to sign yet.", lead=lead, actions=see)
    names = joined([each.get_role_display() for each in agreed])
    lead = (
        f"{names} {'waits' if len(agreed) == 1 else 'wait'} for a company director. You sign a role"
        " only where a letter for you is accepted."
    )
    return Head(title="Nothing is yours to sign now.", lead=lead, actions=see)


def _head(home: Home, duty: Duty | None) -> Head:
    if not home.qualifications:
        return Head(
            title="Nothing is opened yet.",
            lead="A code body adds the market roles in which you qualify. You will get a mail.",
        )
    if duty is None:
        return _head_at_rest(home)
    first = work.first_step(home, duty)
    go_on = [Action(text=work.step_in_words(first), url=first.url, kind="primary", arrow=True)]
    see = Action(text="See the whole QAD", url=addresses.qad(home.slug))
    return Head(
        kicker=_kicker(home, duty),
        title=[f"{_task(duty)}{_by(duty)}", _long_date(home, duty), "."],
        lead=_lead(home, duty),
        actions=[*go_on, see] if first.url != see.url else go_on,
        browser_title="Home",
    )


def _task(duty: Duty) -> str:
    return f"{duty.line.task.replace(' the ', ' your ', 1)} for {duty.track.name}"


def _by(duty: Duty) -> str:
    return "; it was due on " if duty.line.state == "overdue" else " by "


def _long_date(home: Home, duty: Duty) -> DateLink:
    url = cards.address(duty.line, home.slug)
    return DateLink(long_day(duty.line.due), url=url)


def _kicker(home: Home, duty: Duty) -> Status:
    if duty.line.state == "overdue":
        return Status(f"Overdue by {days((home.today - duty.line.due).days)}", "overdue")
    if not duty.is_open:
        return Status(f"Opens {short_day(duty.line.window_start)}", "not_open")
    return Status("Your move", "your_move")


def _lead(home: Home, duty: Duty) -> str:
    parts = home.parts_of(duty.qualification)
    waiting = _waiting(home)
    if duty.line.activity not in work.WRITING:
        return opened(f"{waiting}.") if waiting else "It is the next date that is yours."
    if not parts:
        return "Nobody has opened the QAD yet. Opening it starts nothing; submitting does."
    undone = [state for part in parts for state in part.undone]
    if not undone:
        return opened(f"{waiting}. Every answer is ready." if waiting else "every answer is ready.")
    sections = {state.one.question.section for state in undone}
    said = f"{counted(len(undone), 'answer')} in {counted(len(sections), 'section')} "
    said += "is not ready" if len(undone) == 1 else "are not ready"
    return opened(f"{said}, and {waiting}." if waiting else f"{said}. Everything else is ready.")


def _waiting(home: Home) -> str:
    """Return "BSC and DIP wait for your reply on three questions", or nothing."""
    bodies = sorted({ask.thread.body for ask in home.questions})
    if not bodies:
        return ""
    questions = {ask.thread.question for ask in home.questions}
    verb = "waits" if len(bodies) == 1 else "wait"
    return f"{joined(bodies)} {verb} for your reply on {counted(len(questions), 'question')}"


def _head_at_rest(home: Home) -> Head:
    """The sentence of a day on which nothing is the organisation's to do."""
    held = home.qualifications
    done = [each for each in held if each.status == Where.QUALIFIED]
    if len(done) == len(held):
        names = joined([each.get_role_display() for each in done])
        return Head(
            kicker=Status("", "qualified"),
            title=f"You are MHHS Qualified as {names}.",
            lead=f"Since {day(max(each.qualified_at for each in done))}.",
            browser_title="Home",
        )
    return Head(
        kicker=Status("Waiting", "waiting"),
        title="Nothing is yours to do now.",
        lead=f"{_states(held)}{_for_a_director(home)} You will get a mail when something becomes"
        " yours.",
        actions=[Action(text="See the QAD", url=addresses.qad(home.slug))],
        browser_title="Home",
    )


def _for_a_director(home: Home) -> str:
    waiting = [each for each in home.qualifications if each.status == Where.CONTENT_AGREED]
    if not waiting:
        return ""
    names = joined([each.get_role_display() for each in waiting])
    return f" A company director signs for {names}."


def _states(held: Sequence[Qualification]) -> str:
    said = [f"{each.get_role_display()}: {each.get_status_display().lower()}" for each in held[:3]]
    return f"{'; '.join(said)}."


def _countdown(home: Home, duty: Duty) -> Countdown:
    line, left = duty.line, (duty.line.due - home.today).days
    window = line.window_start is not None
    label = f"{'day' if abs(left) == 1 else 'days'} {'left' if left >= 0 else 'overdue'}"
    card = cards.address(line, home.slug)
    weeks = _weeks(home, duty)
    late = "What comes late is still taken; the dates after it may move."
    span = f"{day(line.window_start)} to {day(line.due)}" if window else day(line.due)
    return Countdown(
        number=str(abs(left)),
        is_over=left < 0,
        label=f"{label} in the window" if window and left >= 0 else label,
        window=DateLink(span, url=card),
        ticks=weeks,
        note=" ".join(
            said for said in ("Each tick is one week." if weeks else "", line.squeeze, late) if said
        ),
    )


def _weeks(home: Home, duty: Duty) -> Ticks | None:
    start = duty.line.window_start or duty.line.started_on
    if start is None or start > duty.line.due:
        return None
    total = min(MOST_TICKS, (duty.line.due - start) // WEEK + 1)
    gone = (home.today - start) // WEEK if home.today >= start else -1
    kinds = ["done" if n < gone else "now" if n == gone else "blank" for n in range(total)]
    said = f"week {max(0, gone) + 1} of {total}" if gone < total else "the window is over"
    return Ticks(kinds, said, size="medium")


def _lanes(home: Home) -> list[Lane]:
    """The lanes of the road; beside several there is no room for long names."""
    named = [MARKET_ROLES[each.role].short_label for each in home.qualifications]
    return [replace(lane(track), name=name) for name, track in zip(named, home.tracks, strict=True)]


def _road_title(home: Home) -> str:
    count = len(home.tracks)
    return f"The road of your {counted(count, 'qualification') if count > 1 else 'qualification'}"


def _news(home: Home) -> list[News]:
    return [
        News(
            when=since(event["at"], home.now),
            text=[
                *([Mark(event["actor_body"]), " "] if event["actor_body"] else []),
                f"{event['actor_name']}: {inside(sentence(event['action']))}",
                f", {event['object_label']}" if event["object_label"] else "",
            ],
        )
        for event in home.news
    ]
