"""Each act on a row of testing, given to the service that does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model

from foundation.tenancy.actor import Actor
from waves.services import test_imports, test_plans, testing, work_offs
from waves.testing_acts import TestingAct

_SERVICES: dict[tuple[str, str], Callable[..., Model]] = {
    ("deliverable", "assure"): lambda deliverable, **more: testing.judge_deliverable(
        deliverable=deliverable, is_enough=True, **more
    ),
    ("deliverable", "return"): lambda deliverable, **more: testing.judge_deliverable(
        deliverable=deliverable, is_enough=False, **more
    ),
    ("plan", "agree"): test_plans.agree_plan,
    ("plan", "return"): test_plans.return_plan,
    ("work-off", "review"): work_offs.review,
    ("work-off", "return"): work_offs.send_back,
    ("work-off", "disagree"): work_offs.send_back,
    ("work-off", "agree"): work_offs.agree,
    ("work-off", "done"): work_offs.finish,
    ("defect", "assess"): test_imports.assess,
}


def do(act: TestingAct, *, row: Model, said: dict[str, Any], actor: Actor, at: datetime) -> Model:
    """Do one act on a row with what was said."""
    named = {act.thing.replace("-", "_"): row}
    asked = {name: said[name] for name in act.asks}
    return _SERVICES[act.thing, act.slug](**named, **asked, actor=actor, at=at)
