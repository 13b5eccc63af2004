"""What people do at their windows, named as they would say it; every step is a click or a key."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests import factories
from tests.journeys.window import Window

# --- hands and eyes


def _body(window: Window) -> Locator:
    return window.page.locator(".main")


def press(window: Window, name: str, *, within: Locator | None = None) -> None:
    """Press the button, or follow the link, of this name."""
    where = within or _body(window)
    button = where.get_by_role("button", name=name, exact=True)
    link = where.get_by_role("link", name=name, exact=True)
    button.or_(link).first.click()


def has_no(window: Window, name: str) -> None:
    """See no button of this name."""
    expect(_body(window).get_by_role("button", name=name, exact=True)).to_have_count(0)


def follow(window: Window, beginning: str) -> None:
    """Follow the link that begins so."""
    name = re.compile(f"^{re.escape(beginning)}")
    _body(window).get_by_role("link", name=name).first.click()


def cannot_press(window: Window, name: str) -> None:
    """See the button, and see that it is off."""
    button = _body(window).get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")


def turn_to(window: Window, line: str) -> None:
    """Follow a line of the rail."""
    rail = window.page.get_by_role("navigation", name="Main")
    leave = window.page.locator(".rail-back")
    found = rail.get_by_role("link", name=re.compile(rf"^{re.escape(line)}( \d+)?$"))
    if not found.count() and leave.count():  # a section puts its questions into the rail
        leave.click()
    if not found.count():  # a group of the rail that is folded
        folded = rail.locator("details:not([open]) > summary")
        for _ in range(folded.count()):
            folded.first.click()
    found.last.click()  # of the organisation that is open, where the desk has a line of this name


def write(window: Window, label: str, text: str) -> None:
    """Write into the field of this label, or choose the words where it offers some."""
    field = _body(window).get_by_label(label, exact=True)
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=text)
    else:
        field.fill(text)


def tick(window: Window, *labels: str) -> None:
    """Tick or choose what bears these labels."""
    for label in labels:
        _body(window).get_by_label(label, exact=True).check()


def choose(window: Window, label: str, option: str) -> None:
    """Choose from a list that folds out."""
    _body(window).get_by_label(label, exact=True).select_option(label=option)


def give_day(window: Window, legend: str, on: date) -> None:
    """Give a date in its three boxes."""
    group = _body(window).get_by_role("group", name=legend, exact=True)
    for label, part in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(label).fill(str(part))


def press_each(window: Window, name: str | re.Pattern) -> int:
    """Press every button of this name that is on, one after the other; return how many."""
    buttons = _body(window).get_by_role("button", name=name, disabled=False)
    expect(buttons.first).to_be_visible()
    many = buttons.count()
    for left in range(many - 1, -1, -1):
        buttons.first.click()
        expect(buttons).to_have_count(left)
    return many


def reads(window: Window, *texts: str) -> None:
    """See these words on the page."""
    for text in texts:
        expect(_body(window)).to_contain_text(text)


def does_not_read(window: Window, *texts: str) -> None:
    """See none of these words on the page."""
    for text in texts:
        expect(_body(window)).not_to_contain_text(text)


# --- a body registers an organisation


def register(window: Window, name: str, legal_name: str) -> None:
    """Register an organisation that is in the market today."""
    turn_to(window, "Organisations")
    press(window, "New organisation")
    write(window, "Name", name)
    write(window, "Legal name", legal_name)
    write(window, "Company number", "08812207")
    tick(window, "Programme Participant", "Existing participant", "It is a BSC Party")
    press(window, "Register it")
    reads(window, f"{name} is registered.")


def add_mpids(window: Window, codes: str) -> None:
    """Give the organisation on the page its MPIDs."""
    press(window, "Add MPIDs")
    write(window, "MPIDs", codes)
    press(window, "Add them")
    reads(window, f"Added {', '.join(codes.split())}.")


def add_qualification(window: Window, role: str, route: str, mpids: Iterable[str]) -> None:
    """Open a qualification for the organisation on the page."""
    press(window, "Add a qualification")
    choose(window, "Market role", role)
    choose(window, "Route", route)
    tick(window, *mpids)
    press(window, "Add it")
    reads(window, "Added: ", role, route)


def enter_submission(window: Window, contact: str, email: str, received: date) -> None:
    """Enter the Pre-Qualification Submission and accept it."""
    turn_to(window, "Pre-qualification")
    press(window, "Enter the submission")
    give_day(window, "Received on", received)
    write(window, "Key contact", contact)
    write(window, "E-mail of the key contact", email)
    press(window, "Save")
    reads(window, "Received")
    press(window, "Accept it")
    reads(window, "Accepted. You can invite the first master admin now.")


def invite_first_admin(window: Window, proposed: str) -> None:
    """Invite whom the submission names as key contact."""
    expect(window.page.get_by_label("Name", exact=True)).to_have_value(proposed)
    press(window, "Invite")
    reads(window, f"{proposed} is invited.")


# --- coming in


def come_in(window: Window, link: str, name: str) -> None:
    """Open the link of an invitation, choose a password, and stand at home."""
    window.go(link)
    expect(window.page.get_by_label("Your name")).to_have_value(name)
    window.page.get_by_label("A password of your choice").fill(factories.PASSWORD)
    window.page.get_by_role("button", name="Open my account").click()
    reads(window, "Welcome. You are now part of")


def invite(window: Window, name: str, email: str, *, standing: str) -> None:
    """Invite a colleague who is here for one thing."""
    turn_to(window, "People")
    press(window, "Invite somebody")
    write(window, "Name", name)
    write(window, "Work email", email)
    body = _body(window)
    for each in body.get_by_role("checkbox").all():
        each.uncheck()
    body.get_by_label(re.compile(f"^{standing}")).check()
    press(window, "Send the invitation")
    reads(window, f"The invitation to {email} is on its way.")


def limit_to_section(window: Window, name: str, section: str) -> None:
    """Let a colleague write one section only."""
    turn_to(window, "People")
    follow(window, name)
    press(window, "Choose the sections that this person may write")
    tick(window, section)
    press(window, "Save")
    reads(window, f"Saved: what {name} may write.", section.split()[0])


# --- answering


def open_question(window: Window, section: str, code: str, *, shared: bool = False) -> None:
    """Open a question from the list of sections: of the role, or of what all roles share."""
    turn_to(window, "QAD")
    links = _body(window).get_by_role("link", name=section, exact=True)
    (links.first if shared else links.last).click()
    follow(window, f"{code} ")
    expect(_body(window).locator(".question-head .code")).to_have_text(code)


def write_prose(window: Window, text: str) -> None:
    """Write an answer and go on to the next field: it saves itself."""
    area = _body(window).get_by_label("Your answer")
    area.fill(text)
    area.press("Control+s")
    expect(_body(window).locator("[data-save-state]")).to_contain_text("Saved ")


def save(window: Window) -> None:
    """Save and stay."""
    press(window, "Save and stay")
    expect(_body(window).locator("[data-save-state]")).to_contain_text("Saved ")


def fill_row(window: Window, *cells: tuple[str, str]) -> None:
    """Fill the first line of a table."""
    for column, text in cells:
        write(window, f"{column}, row 1", text)


def say_not_applicable(window: Window, reason: str) -> None:
    """Say that a question does not apply, and why."""
    tick(window, "Not applicable, with a reason")
    write(window, "Why it does not apply to you", reason)
    save(window)
    reads(window, "Not applicable")


def attach_file(window: Window, name: str, content: bytes) -> None:
    """Attach a file to the answer on the page."""
    press(window, "Add a file")
    given = {"name": name, "mimeType": "application/pdf", "buffer": content}
    _body(window).get_by_label("File", exact=True).set_input_files(given)
    press(window, "Add it")
    reads(window, f"{name} is now evidence for", "1 item")


def point_to_a_test(window: Window, tool: str, identifier: str, as_of: date) -> None:
    """Point to evidence that stays in the test tool."""
    press(window, "Point to a test or link")
    write(window, "Tool", tool)
    write(window, "Identifier", identifier)
    write(window, "Link", f"https://testtool.example/{identifier}")
    give_day(window, "As of", as_of)
    press(window, "Add it")
    reads(window, "is now evidence for", identifier)


# --- handing in


def hand_in(window: Window, what: str) -> None:
    """Check all answers, then hand in: "submit the Initial QAD", "submit the reopened sections"."""
    turn_to(window, "QAD")
    press(window, f"Check, then {what}")
    reads(window, "Everything that is submitted, as reviewers will read it.")
    press(window, f"{what[0].upper()}{what[1:]}")
    reads(window, "submitted, ", "have been told.")


def submit_section(window: Window, title: str, letter: str, *, blank: str) -> None:
    """Submit one section of the Initial QAD, with a blank."""
    turn_to(window, "QAD")
    press(window, title)
    reads(window, "1 blank will go in blank", blank)
    press(window, f"Submit section {letter}")
    reads(window, f"Section {letter} was submitted. Version 1 is what reviewers read.")


def upload_report(window: Window, kind: str, name: str, content: bytes, *ticks: str) -> None:
    """Hand in a test completion report with its figures."""
    turn_to(window, "Testing")
    press(window, "Upload a report")
    _body(window).get_by_role("group", name="For").get_by_role("radio").first.check()
    tick(window, kind, *ticks)
    given = {"name": name, "mimeType": "application/pdf", "buffer": content}
    _body(window).get_by_label("File", exact=True).set_input_files(given)
    for label, figure in (("Tests planned", "140"), ("Tests run", "140"), ("Tests passed", "138")):
        write(window, label, figure)
    press(window, "Upload the report")
    reads(window, f"{kind} received.")


# --- reviewing


def open_organisation(window: Window, name: str) -> None:
    """Find an organisation in the list."""
    turn_to(window, "Organisations")
    follow(window, name)


def open_review(window: Window, name: str, part: str, section: str, code: str) -> None:
    """Open an answer for review, from the organisation down."""
    open_organisation(window, name)
    turn_to(window, "QAD")
    press(window, part)
    press(window, "All sections")
    press(window, section)
    follow(window, "All questions")
    follow(window, f"{code} ")


def open_finding(window: Window, number: str) -> None:
    """Open a finding from the register of all."""
    turn_to(window, "Findings")
    press(window, number)


def raise_on_answer(window: Window, kind: str, subject: str, text: str, severity: str = "") -> None:
    """Raise something on the answer on the page."""
    follow(window, kind)
    write(window, "In a few words", subject)
    write(window, "What you ask", text)
    if severity:
        tick(window, severity)
    press(window, "Send")
    reads(window, "is sent. The participant is told.", subject)


def read_the_initial(window: Window, body: str, name: str) -> None:
    """Complete a body's review of the Initial QAD, of every role."""
    see_approvals(window, name)
    press_each(window, f"{body} has read the Initial QAD")
    reads(window, f"{body} has read the Initial QAD.", "Initial read")


def see_approvals(window: Window, name: str) -> None:
    """See every body's opinion on every part."""
    open_organisation(window, name)
    turn_to(window, "Approvals")


def approve(window: Window, body: str, name: str, *parts: str) -> None:
    """Approve parts as they were submitted last."""
    see_approvals(window, name)
    for part in parts:
        button = re.compile(rf"^Approve {part} at version \d+$")
        _body(window).get_by_role("button", name=button).click()
        reads(window, f"{body} approved version")


def approve_everything(window: Window, body: str, name: str) -> None:
    """Approve all parts of an organisation, and confirm that the comments are addressed."""
    see_approvals(window, name)
    press_each(window, re.compile(r"^Approve .* at version \d+$"))
    press_each(window, f"All comments of {body} are addressed")
    reads(window, f"Confirmed: all comments of {body} are addressed.")


# --- threads


def propose_plan(window: Window, owner: str, text: str, due: date) -> None:
    """Propose an action plan for the finding on the page."""
    press(window, "Propose a plan")
    write(window, "What you will do", text)
    write(window, "Who sees to it", owner)
    give_day(window, "By when", due)
    press(window, "Send")
    reads(window, "Sent. The other side is told.")


def reply(window: Window, text: str) -> None:
    """Reply in the thread on the page."""
    write(window, "Your reply", text)
    press(window, "Send")
    reads(window, "Sent. The body that asked is told.")


# --- reopening


def ask_to_reopen(window: Window, role: str, section: str, why: str) -> None:
    """Ask for a section of the locked Final QAD to be reopened."""
    turn_to(window, "QAD")
    press(window, "Ask for a section to be reopened")
    press(window, f"Ask to reopen sections of {role}")
    tick(window, section)
    write(window, "Why?", why)
    press(window, "Ask")
    reads(window, "Asked. The bodies that read these sections are told.")


def grant_reopening(window: Window, section: str) -> None:
    """Grant what waits at the desk."""
    turn_to(window, "Reopening")
    press(window, section)
    reads(window, "What would fall")
    tick(window, "Reopen these sections")
    press(window, "Decide")
    reads(window, "Decided. The participant and the other bodies are told.")


# --- signing and deciding


def sign(window: Window, name: str, password: str = factories.PASSWORD) -> None:
    """Sign what is shown on the page, with the password."""
    tick(window, "I have read the declaration above and sign it on behalf of the company")
    write(window, "Your password", password)
    press(window, f"Sign as {name}")


def confirm_dip_user(window: Window, name: str) -> None:
    """Confirm the DIP User status of every role, from the matrix of what is missing."""
    for missing in _missing(window, name, re.compile("DIP User status not confirmed")):
        missing.click()
        press(window, "Confirm, or say what is missing")
        tick(window, "Confirmed")
        press(window, "Record it")
        reads(window, "Recorded. The organisation and the other bodies are told.")


def record_accession(window: Window, body: str, name: str) -> None:
    """Record accession for a body in every role, from the list of what is missing."""
    said = f"{body} has not recorded accession and the Qualified Party in this role."
    for missing in _missing(window, name, said):
        missing.click()
        press(window, f"Record it for {body}")
        press(window, "Record accession")
        reads(window, f"Accession is recorded for {body}.")


def _missing(window: Window, name: str, said: str | re.Pattern) -> Iterator[Locator]:
    """Find what is missing as often as it is missing."""
    open_organisation(window, name)
    turn_to(window, "Qualified yet?")
    links = _body(window).get_by_role("link", name=said, exact=True)
    expect(links.first).to_be_visible()
    for _ in range(links.count()):
        yield links.first
        turn_to(window, "Qualified yet?")
    expect(links).to_have_count(0)


def order_pack(window: Window, title: str, *applications: str) -> None:
    """Order a decision pack."""
    turn_to(window, "Packs")
    press(window, "Order a pack")
    tick(window, *applications)
    press(window, "Continue")
    write(window, "Title", title)
    for each in applications:
        write(window, f"Recommendation on {each.partition(':')[0]}", "Approve.")
    press(window, "Build the pack")
    reads(window, "The pack is being built.", "Waiting for a worker.")


def open_decision(window: Window, application: str) -> None:
    """Open a decision that is ready."""
    turn_to(window, "Decisions")
    follow(window, application)


def decide(window: Window, on: date, *, minute: str = "", pack: str = "") -> None:
    """Record an approval on the decision that is open."""
    tick(window, "Approved, with or without conditions")
    give_day(window, "Day of the decision", on)
    if minute:
        write(window, "Reference of the minute", minute)
    source = re.compile(f"^{pack or 'Without a pack of the portal'}")
    _body(window).get_by_label(source).check()
    press(window, "Record the decision")
    reads(window, "Recorded. The organisation and the other bodies are told.")


def download(window: Window, name: str) -> bytes:
    """Press what leads to a file, and return the file."""
    with window.page.expect_download() as started:
        press(window, name)
    return Path(started.value.path()).read_bytes()


# --- signing: who may, and with what


def open_sign_off(window: Window, role: str) -> None:
    """Open what there is to sign for a role."""
    turn_to(window, "Sign-off")
    follow(window, role)


def see_letters(window: Window, name: str) -> None:
    """See the letters of delegated authority of an organisation."""
    open_organisation(window, name)
    turn_to(window, "Sign-off")
    press(window, "Letters for delegates")


def draft_letter(window: Window, name: str, delegate: str) -> None:
    """Draft a letter for a delegate."""
    see_letters(window, name)
    press(window, "Draft a letter")
    tick(window, delegate)
    press(window, "Draft the letter")
    reads(window, "Drafted. The directors of the organisation are told.")


def sign_letter(window: Window, delegate: str) -> None:
    """Sign a letter here, with the password."""
    turn_to(window, "Sign-off")
    press(window, "Letters for delegates")
    follow(window, delegate)
    press(window, "Sign it")
    tick(window, "I have read the letter above and authorise the person that it names")
    write(window, "Your password", factories.PASSWORD)
    press(window, "Sign the letter")
    reads(window, "Signed. The REC Code Manager is told and accepts it next.")


def accept_letter(window: Window, name: str, delegate: str) -> None:
    """Accept a signed letter for the REC."""
    see_letters(window, name)
    follow(window, delegate)
    press(window, "Accept the letter")
    reads(window, f"Accepted. {delegate} may sign now.")


def open_the_final(window: Window, name: str, role: str) -> None:
    """Open the Final QAD as a body, before the report of the tests."""
    open_organisation(window, name)
    turn_to(window, "QAD")
    press(window, f"Open the Final QAD for {role}")
    reads(window, f"The Final QAD for {role} is open.")


def review_work_off(window: Window, name: str) -> None:
    """Record the test manager's review of the work-off plans of a report."""
    open_organisation(window, name)
    turn_to(window, "Testing")
    press(window, "Record the review of the work-off plans")
    reads(window, "Recorded. The leads of the bodies are told, and agree next.")


def agree_work_off(window: Window, name: str, body: str, said: str) -> None:
    """Give a body's word on the work-off plans of a report."""
    open_organisation(window, name)
    turn_to(window, "Testing")
    press(window, f"Agree the work-off plans for {body}")
    reads(window, said)
