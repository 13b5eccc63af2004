"""The stretches of the road that every applicant walks, as clicks of those who walk them."""

from tests.journeys import steps
from tests.journeys.cast import Cast
from tests.journeys.filling import answer_the_rest


def initial_submitted(cast: Cast) -> None:
    """The admin opens the QAD and submits the Initial with a blank."""
    steps.turn_to(cast.admin, "QAD")
    steps.reads(cast.admin, "Initial QAD for ")
    answer_the_rest(cast.slug, leave=("L02",))
    steps.hand_in(cast.admin, "submit the Initial QAD")


def initial_reviewed(cast: Cast) -> None:
    """Each body reads the Initial."""
    for body, window in cast.bodies.items():
        steps.read_the_initial(window, body, cast.name)


def final_submitted(cast: Cast) -> None:
    """The admin finds the Final open, fills what was blank and submits it."""
    steps.turn_to(cast.admin, "QAD")
    steps.reads(cast.admin, "Final QAD for ")
    answer_the_rest(cast.slug)
    steps.hand_in(cast.admin, "submit the Final QAD")


def agreed(cast: Cast) -> None:
    """Each body approves every part and confirms that its comments are addressed."""
    for body, window in cast.bodies.items():
        steps.approve_everything(window, body, cast.name)


def gates_opened(cast: Cast, *code_bodies: str) -> None:
    """The DIP Manager confirms, the code bodies record accession."""
    steps.confirm_dip_user(cast.bodies["DIP"], cast.name)
    for body in code_bodies:
        steps.record_accession(cast.bodies[body], body, cast.name)
