"""What the demonstration does not hold and pictures need: run in its own database by screenshots.py; prints one line of JSON.

A study in its first round, for an expert who is new; and for an author, who sees nothing else: a draft with a history, gaps in its
translations and a plan, and two studies whose second round is counted: of one a third of what the next round asks is decided, of the other everything.
"""

import json
import secrets
from copy import deepcopy
from typing import Any

from accounts.models import User
from analysis.demonstration_reasons import OF_DETERRENCE_LABOUR
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import request_plan
from analysis.planning.plan_worker import run_plan
from analysis.simulated_rounds import simulate_study
from surveys.enums import ItemAct, Role
from surveys.models import Study
from surveys.simulation import Expert, Model
from surveys.studyfile.bundled import bundled_study
from surveys.workflow.decisions import accept_proposals, decide_item
from surveys.workflow.drafts import Definition, create_study, edit_draft
from surveys.workflow.invitations import issue_link
from surveys.workflow.members import add_member
from surveys.workflow.rounds import open_round
from surveys.workflow.simulated import create_simulated_experts
from surveys.workflow.studies import import_study
from surveys.workflow.walk import walk_of

DRAFT, COUNTED, DECIDED = "draft", "counted", "decided"
EXPERTS = {"us": 9, "jp": 8, "kr": 8, "pl": 8}
FOLLOWED = ("practice", "roles", "roles-mirror", "expectations-clear", "budget", "priorities", "willingness")


def make() -> dict[str, Any]:
    password = secrets.token_hex(9)
    author = User(email="author@demo.example", name="Demo author", may_create_studies=True)
    author.set_password(password)
    author.save()
    plan = plan_of(draft_study(author), author)
    decide_some(counted_study(COUNTED, author), author)
    accept_proposals(counted_study(DECIDED, author), by=author)
    return {"newcomer": newcomers_link(), "author": {"email": author.email, "password": password}, "plan": plan}


def newcomers_link() -> str:
    """The demonstration's study stands in round 2; its first round is opened once more, under another name."""
    study = import_study({**bundled_study("threat-perception"), "study": "first-round"}, is_simulated=True)[0]
    create_simulated_experts(study, [Expert("sim-us-1", "us")])
    open_round(study, 1)
    return f"/i/{issue_link(study.panelists.get())}/"


def draft_study(author: User) -> Study:
    study = create_study({**bundled_study("deterrence-labour"), "study": DRAFT}, by=author)

    def asked(definition: Definition, code: str) -> Definition:
        return next(item for section in definition["questionnaire"] for item in section["items"] if item["code"] == code)

    def ask_until_2032(present: Definition) -> Definition:
        definition = deepcopy(present)
        text = asked(definition, "priorities")["text"]
        text["en"] = text["en"].replace("2031", "2032")
        return definition

    def without_japanese(present: Definition) -> Definition:
        definition = deepcopy(present)
        del asked(definition, "tokyo-office")["text"]["ja"]
        return definition

    def give_reasons(present: Definition) -> Definition:
        definition = deepcopy(present)
        asked(definition, "own-role-clear")["rationale"] = "required"
        return definition

    edit_draft(study, "item", ask_until_2032, subject="priorities", by=author)
    edit_draft(study, "translations", without_japanese, subject="ja", by=author)
    edit_draft(study, "item", give_reasons, subject="own-role-clear", by=author)
    return study


def plan_of(study: Study, author: User) -> str:
    parameters = PlanParameters(experts=(4, 6, 8, 12, 16, 20, 30), runs=500, items=("own-role-clear", "defence-share-2031", "priorities", "competition"))
    plan, _is_new = request_plan(study, parameters, by=author)
    run_plan(plan.pk)
    return f"/studies/{study.slug}/plans/{plan.pk}/"


def counted_study(slug: str, author: User) -> Study:
    study, _changed = import_study({**bundled_study("deterrence-labour"), "study": slug})
    add_member(study, author, Role.OWNER)
    simulate_study(study, EXPERTS, 2, 7, Model(gap=0.1, reasons=0.1), reasons=OF_DETERRENCE_LABOUR)
    return study


def decide_some(study: Study, author: User) -> None:
    """As proposed, but for one question that is asked once more."""
    walk = walk_of(study)
    assert walk is not None
    for code in FOLLOWED:
        step = walk.step(code)
        assert step is not None, code
        decide_item(study, code, step.proposal.act, by=author)
    decide_item(study, "own-role-clear", ItemAct.CARRY, reason="A new defence strategy is announced for the spring.", by=author)


def main() -> None:
    print("MADE", json.dumps(make()))
