"""The life of an exemption: gates, deciders, breach (R124 to R133, D.10, NT33)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.errors import Denied, Invalid, Refused
from foundation.notices.models import Notice
from foundation.tenancy.acting import acting_as
from foundation.tenancy.actor import PORTAL
from participants.enums import Status
from participants.models import Mpid, Person
from reviews.enums import ExemptionState as S
from reviews.lifecycle import exemptions as life
from reviews.models import Exemption
from reviews.reports.exemptions import IN_FORCE, RP12
from reviews.services import exemptions
from tests.reviews import builders as b
from tests.reviews.desks import of_lead, signed_in, words
from waves.reports.shape import Ask

pytestmark = [pytest.mark.usefixtures("at_noon"), pytest.mark.django_db]
ALL = {name: True for kind in life.CHECKS for name in (c.name for c in life.CHECKS[kind])}
SMART = {"METERS", "NO_DCC_CODE", "NO_DCC_DIP", "CAP"}
KEEPER = {"METERS": "BSC", "NO_DCC_CODE": "REC", "NO_DCC_DIP": "DIP", "CAP": "REC",
          "CAPABILITY": "BSC"}  # fmt: skip


@pytest.fixture(scope="module")
def here(shared):
    return b.to(b.scene(), Status.FINAL_SUBMITTED)


@pytest.fixture(autouse=True)
def complete(monkeypatch):
    """The further section as it has to be; what it lacks is read in its own tests."""
    lacks: list[str] = []
    monkeypatch.setattr(exemptions, "section_missing", lambda row: tuple(lacks))
    return lacks


def code(here):
    with acting_as(PORTAL):
        return Mpid.objects.filter(organisation=here.organisation)[0].code


def do(act, here, row, actor, **said):
    with acting_as(actor):
        return act(exemption=row, actor=actor, at=here.tick(), **said)


def ask(here, kind="UMS", actor=None, **said):
    actor = actor or here.admin
    given = {"qualification": here.fresh(0), "mpid": code(here), "reasons": "No capability."}
    with acting_as(actor):
        return exemptions.ask(kind=kind, actor=actor, at=here.tick(), **(given | said))


def check(here, row, name, holds=True, body=None, **said):
    actor = here.leads[body or KEEPER[name]]
    said = {"cap": 5000 if name == "CAP" else None, "note": "Seen."} | said
    return do(exemptions.check, here, row, actor, name=name, holds=holds, **said)


def count(here, row, points, body="BSC"):
    on = here.at.date()
    return do(exemptions.count, here, row, here.leads[body], points=points, points_on=on)


def section(here, row):
    return do(exemptions.confirm_section, here, row, here.leads["BSC"])


def decide(here, row, body="BSC", outcome="APPROVED", text="Quarterly count."):
    return do(exemptions.decide, here, row, here.decider(body), outcome=outcome,
              decided_on=here.at.date(), reference="PAB 340/02", text=text)  # fmt: skip


def ready(here, kind="UMS"):
    row = ask(here, kind)
    for each in life.CHECKS[kind]:
        row = check(here, row, each.name)
    return section(here, count(here, row, 0))


def in_force(here, kind="UMS"):
    row = decide(here, ready(here, kind))
    return decide(here, row, "REC") if kind == "SMART" else row


def told(here):
    with acting_as(PORTAL):
        rows = Notice.objects.filter(organisation_id=here.organisation.pk, kind="exemption")
        return [(row.subject, row.email) for row in rows]


def emails(here, body):
    with acting_as(PORTAL):
        return Person.objects.get(pk=here.leads[body].person_id).email


def test_r124_only_a_supplier_asks_and_only_for_its_own_mpid(here):
    agent = b.scene(role="MEM_ADV")

    with pytest.raises(Refused, match="Suppliers only"):
        ask(agent)
    with pytest.raises(Refused, match="not an MPID of this role"):
        ask(here, mpid="ZZZ9")
    with pytest.raises(Denied):
        ask(here, actor=agent.admin)
    with pytest.raises(Denied):
        ask(here, actor=here.leads["BSC"])


@pytest.mark.parametrize("kind", ["PREPAYMENT", "EXPORT"])
def test_r132_prepayment_and_export_are_refused_in_words(here, kind):
    with pytest.raises(Refused, match="prepayment and export were refused in principle"):
        ask(here, kind)


def test_asking_twice_finds_the_first_and_after_a_refusal_it_may_be_asked_again(here):
    first = ask(here)
    assert ask(here).pk == first.pk

    do(exemptions.decide, here, first, here.secretary, outcome="NOT_APPROVED",
       decided_on=here.at.date(), reference="", text="There is a capability.")  # fmt: skip

    assert ask(here).pk != first.pk


@pytest.mark.parametrize("points", [1, 14, None])
def test_r125_points_left_keep_it_from_being_approved(here, points):
    row = check(here, ask(here), "CAPABILITY")
    row = row if points is None else count(here, row, points)

    with pytest.raises(Refused):
        section(here, row)
    with pytest.raises(Refused):
        decide(here, row)
    assert row.status == (S.ELIGIBILITY_CHECK if points is None else S.PLAN_REQUIRED)


def test_r125_with_nothing_left_it_is_approved(here):
    assert in_force(here).status == S.APPROVED


def test_d10_the_plan_is_given_accepted_and_carried_out(here):
    row = count(here, check(here, ask(here), "CAPABILITY"), 3)
    accept = {"here": here, "row": row, "actor": here.leads["BSC"]}
    with pytest.raises(Refused, match="no plan yet"):
        do(exemptions.accept_plan, **accept)

    do(exemptions.plan, here, row, here.admin, text="Transfer them.",
       clear_by=here.at.date() + timedelta(days=40))  # fmt: skip
    row = do(exemptions.accept_plan, **accept)
    assert row.status == S.PLAN_ACCEPTED

    assert count(here, row, 1).status == S.PLAN_ACCEPTED
    assert count(here, row, 0).status == S.PORTFOLIO_CLEAR
    assert count(here, row, 2).status == S.PLAN_REQUIRED


@pytest.mark.parametrize("missing", sorted(SMART))
def test_r126_each_criterion_alone_keeps_it_from_going_on(here, missing):
    row = ask(here, "SMART")
    for name in SMART - {missing}:
        row = check(here, row, name)
    row = check(here, row, missing, holds=False, note="It does not.")
    row = count(here, row, 0)

    assert row.status == S.ELIGIBILITY_CHECK
    with pytest.raises(Refused):
        decide(here, row)
    assert check(here, row, missing).status == S.PORTFOLIO_CLEAR


@pytest.mark.parametrize(
    ("name", "wrong"), [("NO_DCC_DIP", "BSC"), ("NO_DCC_CODE", "DIP"), ("CAP", "BSC")]
)
def test_r126_each_criterion_has_its_keepers(here, name, wrong):
    with pytest.raises(Denied, match="is verified by"):
        check(here, ask(here, "SMART"), name, body=wrong)


def test_r126_the_cap_is_a_number(here):
    with pytest.raises(Invalid) as refused:
        check(here, ask(here, "SMART"), "CAP", cap=None)

    assert "cap" in refused.value.problems


def test_r128_without_the_further_section_it_is_not_decided(here, complete):
    row = count(here, check(here, ask(here), "CAPABILITY"), 0)
    complete.append("Left blank: Q03.")

    with pytest.raises(Refused, match="Q03"):
        section(here, row)
    complete.clear()
    row = section(here, row)
    complete.append("Left blank: Q03.")
    with pytest.raises(Refused, match="Q03"):
        decide(here, row)


def test_r133_a_smart_exemption_needs_both_records_and_an_unmetered_one_the_first(here):
    row = decide(here, ready(here, "SMART"))
    assert row.status == S.PAB_DECISION
    with pytest.raises(Refused, match="recorded already"):
        decide(here, row)

    row = decide(here, row, "REC", text="At most 5,000 points.")
    assert row.status == S.APPROVED
    assert row.conditions == "Quarterly count.\n\nAt most 5,000 points."
    assert row.in_force_from is not None

    with pytest.raises(Denied, match="decided by BSC"):
        decide(here, ready(here), "REC")


def test_a_refusal_by_one_ends_it_and_needs_its_reasons(here):
    row = decide(here, ready(here, "SMART"))
    with pytest.raises(Invalid):
        decide(here, row, "REC", "NOT_APPROVED", text=" ")

    assert decide(here, row, "REC", "NOT_APPROVED").status == S.REFUSED


def test_r129_what_is_approved_stands_in_the_workbook_until_it_ends(here):
    row = in_force(here)

    def shown():
        with acting_as(here.secretary):
            lines = IN_FORCE.rows(Ask(here.secretary, here.at, here.at.date()))
        return [line.cells["mpid"] for line in lines if line.slug == here.organisation.slug]

    assert shown() == [row.mpid]
    do(exemptions.end, here, row, here.leads["BSC"], text="Qualified for the segment.")
    assert shown() == []


def test_r130_a_count_above_nil_is_a_breach_that_both_codes_hear_of(here):
    row = count(here, in_force(here, "SMART"), 2, body="REC")

    assert row.status == S.BREACH_DETECTED
    breach = {email for subject, email in told(here) if "is breached" in subject}
    assert {emails(here, body) for body in ("BSC", "REC", "DIP")} <= breach
    with acting_as(here.secretary):
        lines = RP12.parts[0].rows(Ask(here.secretary, here.at, here.at.date()))
    mine = [line.cells for line in lines if line.slug == here.organisation.slug]
    assert [(each["points"], each["state"]) for each in mine] == [(2, "Breach found")]


def test_r130_a_breach_is_remedied_only_with_nothing_left(here):
    row = count(here, in_force(here, "SMART"), 2)
    row = do(exemptions.invite, here, row, here.secretary, text="Bring the list.",
             day_of=here.at.date() + timedelta(days=9))  # fmt: skip
    remedied = {"here": here, "actor": here.secretary, "result": "remedied", "text": "Gone."}

    with pytest.raises(Refused, match="2 still registered"):
        do(exemptions.conclude, row=row, **remedied)
    row = count(here, row, 0)
    assert row.status == S.PAB_INVITED
    assert do(exemptions.conclude, row=row, **remedied).status == S.APPROVED


@pytest.mark.parametrize(
    ("kind", "result", "leads_to"),
    [("SMART", "escalate", S.ESCALATED), ("SMART", "requalify", S.REQUALIFICATION_REQUIRED),
     ("UMS", "requalify", S.REQUALIFICATION_REQUIRED), ("UMS", "escalate", None)],
)  # fmt: skip
def test_r130_only_a_smart_exemption_is_escalated(here, kind, result, leads_to):
    row = count(here, in_force(here, kind), 1)
    row = do(
        exemptions.invite,
        here,
        row,
        here.secretary,
        text="Come.",
        day_of=here.at.date() + timedelta(days=9),
    )
    said = {"result": result, "text": "As minuted."}

    if leads_to is None:
        with pytest.raises(Refused, match="Only a Smart exemption"):
            do(exemptions.conclude, here, row, here.secretary, **said)
    else:
        assert do(exemptions.conclude, here, row, here.secretary, **said).status == leads_to


def test_r131_both_codes_hear_of_an_application_to_the_dcc(here):
    row = in_force(here, "SMART")
    do(exemptions.tell_dcc, here, row, here.admin, applied_on=here.at.date(), text="")

    heard = {email for subject, email in told(here) if "DCC User" in subject}
    assert {emails(here, "BSC"), emails(here, "REC")} <= heard
    with pytest.raises(Refused, match="Smart"):
        do(exemptions.tell_dcc, here, ask(here), here.admin, applied_on=here.at.date(), text="")


@pytest.mark.parametrize("act", ["invite", "conclude"])
def test_only_the_secretary_records_what_the_pab_did(here, act):
    row = ask(here)
    said = {"invite": {"day_of": here.at.date()}, "conclude": {"result": "remedied"}}[act]

    with pytest.raises(Denied, match="PAB secretary"):
        do(getattr(exemptions, act), here, row, here.leads["BSC"], text="x", **said)


BY_HAND = {
    "REQUESTED": {"begin_check", "refuse_exemption", "withdraw_request"},
    "ELIGIBILITY_CHECK": {
        "need_plan",
        "portfolio_clear",
        "refuse_exemption",
        "withdraw_request",
    },
    "PLAN_REQUIRED": {"accept_plan", "portfolio_clear", "refuse_exemption", "withdraw_request"},
    "PLAN_ACCEPTED": {"portfolio_clear", "refuse_exemption", "withdraw_request"},
    "PORTFOLIO_CLEAR": {"confirm_section", "need_plan", "refuse_exemption", "withdraw_request"},
    "SECTION_COMPLETE": {"record_first", "need_plan", "refuse_exemption", "withdraw_request"},
    "PAB_DECISION": {"approve_exemption", "need_plan", "refuse_exemption", "withdraw_request"},
    "APPROVED": {"find_breach", "end_exemption"},
    "REFUSED": set(),
    "BREACH_DETECTED": {"invite", "end_exemption"},
    "PAB_INVITED": {"remedy", "requalify", "escalate", "end_exemption"},
    "REQUALIFICATION_REQUIRED": {"end_exemption"},
    "ESCALATED": {"end_exemption"},
    "ENDED": set(),
}


@pytest.mark.parametrize("status", S.values)
def test_the_moves_from_a_state_are_those_of_the_domain(status):
    assert {m.name for m in life.EXEMPTION_MOVES if status in m.sources} == BY_HAND[status]


def page(here, rest=""):
    return f"/o/{here.organisation.slug}/exemptions/{rest}"


def person(actor):
    with acting_as(PORTAL):
        return Person.objects.get(pk=actor.person_id)


def test_the_supplier_asks_on_a_page_and_reads_what_is_missing(here):
    client = signed_in(person(here.admin))
    assert "Ask for an exemption" in words(client, page(here))

    url = page(here, f"ask/{here.ids[0]}/")
    empty = client.post(url, {"reasons": "We keep this text."})
    assert empty.status_code == 422
    assert "We keep this text." in empty.content.decode()
    made = client.post(url, {"pair": f"SMART:{code(here)}", "reasons": "Advanced only."})
    assert made.status_code == 302
    assert "REC verifies it" in words(client, made.url)
    assert client.get(f"{made.url}reply/").status_code == 404
    assert client.get(f"{made.url}decide/").status_code == 403


def test_a_body_records_on_pages_what_it_may(here):
    row = ask(here, "SMART")
    client, where = of_lead(here, "DIP"), page(here, f"{row.pk}/")
    shown = words(client, where)
    assert "Record a verification" in shown
    assert "Record a count" not in shown
    assert "cap" not in words(client, f"{where}check/").lower()

    client.post(f"{where}check/", {"name": "NO_DCC_DIP", "holds": "yes"})
    assert "Verified" in words(client, where)

    with acting_as(PORTAL):
        assert Exemption.objects.get(pk=row.pk).checks["NO_DCC_DIP"]["body"] == "DIP"


def test_another_organisation_reads_none_of_it(here):
    row, other = ask(here), b.scene()
    client = signed_in(person(other.admin))

    assert client.get(page(here, f"{row.pk}/")).status_code == 404
    assert client.get(f"/o/{other.organisation.slug}/exemptions/{row.pk}/").status_code == 404


def test_the_desk_lists_any_number_in_the_same_statements(here):
    client = of_lead(here, "BSC")
    row = ask(here)
    client.get("/desk/exemptions/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert row.mpid in words(client, "/desk/exemptions/")
    with acting_as(PORTAL):
        for number in range(20):
            row.pk, row.mpid = None, f"Q{number:03d}"
            row._state.adding = True
            row.id = type(row)._meta.pk.get_default()
            row.save()
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/exemptions/")

    assert len(many) == len(few) <= 8
