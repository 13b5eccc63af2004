"""Playing how organisations come in, and what the test managers see to."""

from participants.enums import Duty
from participants.market_roles import MARKET_ROLES
from participants.models import Area, Membership
from participants.services import organisations, people
from qadportal.demo.accounts import flags
from qadportal.demo.corpus import Person
from qadportal.demo.play.scene import Scene
from qadportal.demo.script.acts import Act
from waves.routes import ROUTES
from waves.services import pathways, pre_qualification, report_plans, reports, roads

_KEEPS = (Duty.ADMINISTRATOR, Duty.LEAD)


def found(scene: Scene, act: Act) -> None:
    """A code body registers the organisation and its MPIDs."""
    own = scene.own
    with scene.acting(scene.cast.having(act.who, *_KEEPS), act.at) as actor:
        scene.organisation = organisations.create_organisation(
            name=own.name,
            legal_name=own.legal_name,
            company_number=own.company_number,
            kind=own.kind,
            entrant=own.entrant,
            is_bsc_party=own.bsc_party,
            uses_dcp=own.uses_dcp,
            slug=own.slug,
            actor=actor,
            at=act.at,
        )
        codes = [mpid for each in own.qualification for mpid in each.mpids]
        codes += [row["mpid"] for row in own.mpids_not_taken]
        if codes:
            organisations.add_mpids(
                organisation=scene.organisation, codes=dict.fromkeys(codes), actor=actor, at=act.at
            )


def record_pqs(scene: Scene, act: Act) -> None:
    """The body enters the Pre-Qualification Submission that came on paper, and accepts it."""
    told = scene.own.pqs
    contact = scene.own.person(told.key_contact)
    with scene.acting(scene.cast.having(act.who, *_KEEPS), act.at) as actor:
        submission = pre_qualification.record(
            organisation=scene.organisation,
            preferred_route=told.preferred_route,
            key_contact_name=contact.name,
            key_contact_email=contact.email,
            target_migration_on=told.target_migration_on,
            received_on=told.received_on,
            actor=actor,
            at=act.at,
        )
        pre_qualification.accept(pre_qualification=submission, actor=actor, at=act.at)


def add_qualification(scene: Scene, act: Act) -> None:
    """The body opens a qualification, or the trio, on its route."""
    told = scene.told(act.about)
    together = [each for each in scene.own.qualification if each.role in _together(told.role)]
    codes = {mpid for each in together if each.route == told.route for mpid in each.mpids}
    with scene.acting(scene.cast.having(act.who, *_KEEPS), act.at) as actor:
        mpids = scene.organisation_mpids(codes if told.role == "LDSO" else set(told.mpids))
        made = roads.open_qualification(
            organisation=scene.organisation,
            role=told.role,
            route=told.moved.from_route if told.moved else told.route,
            mpids=mpids,
            is_new_entrant=told.new_entrant,
            mpids_split=told.mpids_split,
            retrieval=told.retrieval,
            actor=actor,
            at=act.at,
        )
    for row in made:
        key = told.key if len(made) == 1 else _key(scene, row.role)
        scene.keys[key] = row.pk


def _together(role: str) -> tuple[str, ...]:
    return ("LDSO", "SMRA_ERDA", "UMSO") if role == "LDSO" else (role,)


def _key(scene: Scene, role: str) -> str:
    return next(each.key for each in scene.own.qualification if each.role == role)


def invite_admin(scene: Scene, act: Act) -> None:
    """The body invites the first master admin, who accepts on the same day."""
    person = scene.own.admin
    with scene.acting(scene.cast.having(act.who, *_KEEPS), act.at) as actor:
        invitation, token = pre_qualification.invite_first_admin(
            organisation=scene.organisation,
            name=person.name,
            email=person.email,
            is_director=person.director,
            actor=actor,
            at=act.at,
        )
    _accept(scene, person, invitation, token, act)


def come_in(scene: Scene, act: Act) -> None:
    """The master admin invites everybody else, and they accept."""
    for person in scene.own.people:
        if person.name == scene.own.admin.name:
            continue
        with scene.acting(scene.admin, act.at) as actor:
            invitation, token = people.invite(
                organisation=scene.organisation,
                email=person.email,
                name=person.name,
                areas=_areas(scene, person),
                actor=actor,
                at=act.at,
                **flags(person),
            )
        _accept(scene, person, invitation, token, act)


def limit_authors(scene: Scene, act: Act) -> None:
    """After a further qualification the limited authors get its sections as well."""
    for person in scene.own.people:
        if not person.limited_to:
            continue
        with scene.acting(scene.admin, act.at) as actor:
            membership = Membership.objects.select_related("person", "organisation").get(
                person__email=person.email
            )
            people.change_membership(
                membership=membership, areas=_areas(scene, person), actor=actor, at=act.at
            )


def _accept(scene: Scene, person: Person, invitation, token: str, act: Act) -> None:
    scene.cast.open_account(name=person.name, email=person.email, at=act.at)
    with scene.acting(scene.portal, act.at) as actor:
        membership = people.accept(
            invitation=invitation,
            token=token,
            name=person.name,
            password="",
            actor=actor,
            at=act.at,
        )
        scene.join(membership)


def _areas(scene: Scene, person: Person) -> list[Area]:
    areas = []
    for letter in person.limited_to:
        section = scene.template.section(letter)
        places = [None] if section.in_scope("ORGANISATION") else []
        if section.in_scope("ROLE"):
            places += [scene.row(key) for key in scene.keys]
        areas += [
            people.ensure_area(
                organisation_id=scene.organisation.pk, qualification=place, section=letter
            )
            for place in places
        ]
    return areas


def change_route(scene: Scene, act: Act) -> None:
    """A qualification leaves its route for another (R41)."""
    told = scene.told(act.about)
    with scene.acting(scene.cast.having(act.who, Duty.LEAD), act.at) as actor:
        pathways.take(
            qualification=scene.row(act.about),
            route=told.route,
            because=scene.corpus.text(told.moved.reason),
            authority="Agreed by the bodies and the Programme",
            actor=actor,
            at=act.at,
        )


def take_step(scene: Scene, act: Act) -> None:
    """A test manager records a step that the portal does not see for itself."""
    with scene.acting(scene.cast.test_manager(scene.told(act.about).route), act.at) as actor:
        roads.record_step(
            qualification=scene.row(act.about),
            activity=act.data["activity"],
            actor=actor,
            at=act.at,
        )


def receive_report(scene: Scene, act: Act) -> None:
    """A completion report comes in, from the participant or from the Programme."""
    told = scene.told(act.about)
    kind = act.data.get("kind", told.report.kind if told.report else "PIT")
    file = scene.corpus.files["pit-completion-report" if kind == "PIT" else told.report.file]
    name, content = scene.file(file.id)
    by_programme = act.who == "MHHSP"
    actor = scene.cast.programme(ROUTES[told.route].kind) if by_programme else scene.author("B")
    actor = scene.admin if "LIMITED" in actor.duties else actor
    with scene.acting(actor, act.at):
        scene.reports[act.about, kind] = reports.upload_report(
            qualification=scene.row(act.about),
            kind=kind,
            name=name,
            content=content,
            summary=_figures(file.summary),
            supplied_by=act.who,
            actor=actor,
            at=act.at,
        )


def _figures(summary) -> dict[str, int]:
    plain = {name: summary[name] for name in ("planned", "run", "passed")}
    severities = {f"open_{level}": count for level, count in summary["open"].items()}
    return {**plain, **severities, "work_off": len(summary["work_off"])}


def agree_work_off(scene: Scene, act: Act) -> None:
    """The Programme has reviewed the work-off plans of its report; each body agrees them."""
    told = scene.told(act.about)
    for body in MARKET_ROLES[told.role].bodies:
        with scene.acting(scene.cast.lead(body), act.at) as actor:
            report = scene.reports[act.about, told.report.kind]
            report_plans.agree_work_off(report=report, actor=actor, at=act.at)


def confirm_pit(scene: Scene, act: Act) -> None:
    """The test manager confirms that a PIT report is enough for entry into QT."""
    actor = scene.cast.test_manager(scene.told(act.about).route)
    with scene.acting(actor, act.at):
        report = scene.reports[act.about, "PIT"]
        reports.confirm_sufficiency(report=report, actor=actor, at=act.at)
