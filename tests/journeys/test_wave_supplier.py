"""A Supplier of a wave, from its registration to MHHS Qualified, with everybody who has a part."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.management import call_command

from reviews import tasks
from tests import factories
from tests.journeys import steps
from tests.journeys.filling import answer_the_rest
from tests.submissions.builders import PDF

pytestmark = pytest.mark.browser

REGISTERED = datetime(2025, 10, 1, 9, 0, tzinfo=UTC)
NAME, SLUG = "Larkspur Energy", "larkspur-energy"
SYSTEMS = "Technical solution: systems"


def test_a_wave_supplier_from_first_login_to_mhhs_qualified(window, portal_time, link_mailed_to):
    portal_time(REGISTERED)
    bodies = {
        "BSC": window(factories.make_staff("BSC", name="Ruth Adeyemi")),
        "REC": window(factories.make_staff("REC", name="Owen Pryce")),
        "DIP": window(factories.make_staff("DIP", name="Ines Duarte")),
    }
    _registered(bodies["BSC"])
    priya, tom, margaret = _come_in(window, link_mailed_to)
    _initial_submitted(priya, tom)
    portal_time(REGISTERED + timedelta(days=21))
    _initial_reviewed(bodies, priya)
    portal_time(REGISTERED + timedelta(days=120))
    _final_submitted(priya)
    portal_time(REGISTERED + timedelta(days=130))
    _reopened_and_submitted_again(bodies["BSC"], priya, tom)
    portal_time(REGISTERED + timedelta(days=140))
    _agreed(bodies)
    _signed(margaret)
    _gates_opened(bodies)
    _decided(window, priya, link_mailed_to)
    call_command("audit_verify")  # leaves with a status where a chain is broken


def _registered(bsc):
    steps.register(bsc, NAME, f"{NAME} Ltd")
    steps.add_mpids(bsc, "LARK LKSP")
    steps.add_qualification(bsc, "Supplier", "QT Wave 3", ["LARK", "LKSP"])
    steps.enter_submission(bsc, "Priya Nadarajan", "priya@larkspur.example", date(2025, 9, 30))
    steps.invite_first_admin(bsc, proposed="Priya Nadarajan")


def _come_in(window, link_mailed_to):
    priya, tom, margaret = window(), window(), window()
    steps.come_in(priya, link_mailed_to("priya@larkspur.example"), "Priya Nadarajan")
    steps.invite(priya, "Tom Ellery", "tom@larkspur.example", standing="Author")
    steps.invite(priya, "Margaret Iwu", "margaret@larkspur.example", standing="Company director")
    steps.come_in(tom, link_mailed_to("tom@larkspur.example"), "Tom Ellery")
    steps.come_in(margaret, link_mailed_to("margaret@larkspur.example"), "Margaret Iwu")
    steps.reads(margaret, "Nothing to sign yet.")
    steps.limit_to_section(priya, "Tom Ellery", f"H {SYSTEMS}")
    return priya, tom, margaret


def _initial_submitted(priya, tom):
    steps.open_question(priya, "Applicant and scope", "A02", shared=True)
    steps.fill_row(priya, ("Market role", "Supplier"), ("Route", "Qualification Testing, wave 3"))
    steps.save(priya)
    steps.open_question(priya, "Applicant and scope", "A07", shared=True)
    steps.tick(priya, "We already operate in the market", "Ready for Initial")
    steps.save(priya)
    steps.reads(priya, "Ready for Initial")
    steps.open_question(priya, "Applicant and scope", "A12", shared=True)
    steps.say_not_applicable(priya, "No earlier audit covers these systems.")
    steps.open_question(priya, "Pre-integration testing", "B03")
    steps.attach_file(priya, "pit-approach.pdf", PDF)
    steps.open_question(priya, "Pre-integration testing", "B06")
    steps.point_to_a_test(priya, "ADO", "PIT-0417", date(2025, 9, 26))

    steps.open_question(tom, SYSTEMS, "H03")
    steps.write_prose(tom, "Monitoring raises an alarm within two minutes.")
    tom.page.reload()
    steps.reads(tom, "Monitoring raises an alarm within two minutes.", "Revision 1, yours")
    steps.open_question(tom, "Procedures and operational controls", "J04")
    steps.reads(tom, "Section J is not among the sections that you may write.")

    answer_the_rest(SLUG, leave=("L02", "J05", "B07"))
    steps.submit_section(priya, "Pre-integration testing", "B", blank="B07")
    steps.hand_in(priya, "submit the Initial QAD")


def _initial_reviewed(bodies, priya):
    bsc, rec, dip = bodies["BSC"], bodies["REC"], bodies["DIP"]
    steps.turn_to(bsc, "My queue")
    steps.reads(bsc, f"One to read. {NAME} first.")
    steps.open_review(bsc, NAME, "Supplier", SYSTEMS, "H03")
    steps.reads(bsc, "Monitoring raises an alarm within two minutes.")
    steps.raise_on_answer(bsc, "Finding", "Restart", "How long until restart?", severity="Medium")
    steps.open_review(rec, NAME, "Supplier", SYSTEMS, "H03")
    steps.reads(rec, "BSC already asks about this")
    steps.raise_on_answer(rec, "Ask for more", "Who is told", "Who is told of a fault?")

    steps.turn_to(priya, "Home")
    steps.press(priya, "Propose an action plan for BSC finding F-1")
    steps.propose_plan(priya, "Tom Ellery", "We rehearse the restart.", date(2026, 3, 31))
    steps.turn_to(priya, "Home")
    steps.press(priya, "Reply to REC: Who is told")
    steps.reply(priya, "The duty manager, within five minutes.")

    steps.open_finding(bsc, "F-1")
    steps.press(bsc, "Agree the plan")
    steps.reads(bsc, "The plan is agreed. The participant is told.")
    steps.open_review(rec, NAME, "Supplier", SYSTEMS, "H03")
    steps.reads(rec, "The duty manager, within five minutes.")
    steps.press(rec, "Close")
    steps.reads(rec, "Closed.")
    for body, window in (("BSC", bsc), ("REC", rec), ("DIP", dip)):
        steps.read_the_initial(window, body, NAME)
    steps.turn_to(dip, "Qualified yet?")
    steps.reads(dip, "Initial, reviewed")


def _final_submitted(priya):
    steps.upload_report(priya, "QT Test Completion Report", "qt-report.pdf", PDF)
    steps.turn_to(priya, "QAD")
    steps.reads(priya, "Your QAD for Supplier is now the Final.")
    steps.turn_to(priya, "QAD")
    steps.does_not_read(priya, "is now the Final.")
    answer_the_rest(SLUG, leave=("D04", "L02"))
    steps.turn_to(priya, "QAD")
    steps.reads(priya, "Not yet, for one reason", "Two required answers are blank.", "L02, D04")
    steps.cannot_press(priya, "Check, then submit the Final QAD")
    steps.press(priya, "L02")
    steps.write_prose(priya, "Every change passes the change board.")
    steps.open_question(priya, "Completion of SIT or Qualification Testing", "D04")
    priya.page.get_by_label("We confirm that no defect of severity 1 or 2").check()
    steps.tick(priya, "Ready for Final")
    steps.save(priya)
    steps.hand_in(priya, "submit the Final QAD")
    steps.open_question(priya, SYSTEMS, "H03")
    steps.reads(priya, "Section H is locked since its submission.")


def _reopened_and_submitted_again(bsc, priya, tom):
    steps.approve(bsc, "BSC", NAME, "Supplier")
    steps.ask_to_reopen(priya, "Supplier", f"H {SYSTEMS} (Supplier)", "Our provider has changed.")
    steps.grant_reopening(bsc, "H")
    steps.see_approvals(bsc, NAME)
    steps.reads(bsc, "Approval lapsed", "Section H was reopened at the participant's request.")
    steps.open_question(tom, SYSTEMS, "H03")
    steps.write_prose(tom, "Monitoring raises an alarm within one minute.")
    steps.hand_in(priya, "submit the reopened sections")


def _agreed(bodies):
    for body, window in bodies.items():
        steps.approve_everything(window, body, NAME)
    steps.turn_to(bodies["BSC"], "Qualified yet?")
    steps.reads(bodies["BSC"], "Content agreed")


def _signed(margaret):
    steps.turn_to(margaret, "Home")
    steps.reads(margaret, "Sign the Final QAD for Supplier by Friday 26 June 2026.")
    steps.press(margaret, "Read and sign")
    steps.reads(margaret, "What stays open after you sign", "We rehearse the restart.")
    steps.sign(margaret, "Margaret Iwu", password="not my password")
    steps.reads(margaret, "This is not the password of your account.")
    steps.sign(margaret, "Margaret Iwu")
    steps.reads(margaret, "Signed. The bodies are told, and decide next.")


def _gates_opened(bodies):
    steps.confirm_dip_user(bodies["DIP"], NAME)
    for body in ("BSC", "REC"):
        steps.record_accession(bodies[body], body, NAME)


def _decided(window, priya, link_mailed_to):
    on = (REGISTERED + timedelta(days=140)).date()
    secretary = window(factories.make_staff("BSC", "PAB_SECRETARY", name="Helen Prior"))
    maker = window(factories.make_staff("REC", "DECISION_MAKER", name="Aled Rhys"))
    steps.order_pack(secretary, "Meeting 9 of 2026", f"{NAME}, Supplier: Signed off")
    tasks.build(UUID(secretary.page.url.rstrip("/").rpartition("/")[2]))  # as a worker does
    steps.reads(secretary, "Ready to print")
    assert steps.download(secretary, "Download the PDF").startswith(b"%PDF")
    steps.open_decision(secretary, NAME)
    steps.decide(secretary, on, minute="333/03", pack="Meeting 9 of 2026")
    steps.turn_to(priya, "Qualified yet?")
    steps.reads(priya, "The REC Code Manager has not decided.")
    steps.open_decision(maker, NAME)
    steps.decide(maker, on)

    steps.turn_to(priya, "Qualified yet?")
    steps.reads(priya, "MHHS Qualified")
    link_mailed_to("priya@larkspur.example")
    assert any("Qualified" in m.subject for m in mail.outbox if "priya" in m.to[0])
