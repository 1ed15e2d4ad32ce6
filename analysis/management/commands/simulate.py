"""simulate SLUG: give a draft study simulated experts and let them answer its rounds; --remove takes all of it away again."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.simulated_rounds import simulate_study
from surveys.management.base import StudyCommand
from surveys.models import Simulation, Study
from surveys.simulation import Model
from surveys.workflow.simulated import Plan, copy_for_dry_run, remove_simulation

DEFAULTS = Model()


class Command(StudyCommand):
    help = (
        "Simulate a study that has opened no round: simulated experts answer, rounds are closed and counted; everything is labelled as simulated. "
        "The same command again changes nothing. The last line printed says where the study stands."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("--experts-per-panel", type=int, default=12, metavar="N", help="simulated experts in each panel (default 12)")
        parser.add_argument("--rounds", type=int, default=2, metavar="R", help="how many rounds are answered (default 2)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="whole number; the same seed gives the same answers (default 1)")
        parser.add_argument("--leave-open", action="store_true", help="leave the last round open, answered in part")
        parser.add_argument("--gap", type=float, default=DEFAULTS.gap, metavar="X",
                            help=f"how far allies differ: standard deviation of the panels' opinions, 0 to 1 (default {DEFAULTS.gap})")
        parser.add_argument("--drift", type=float, default=DEFAULTS.drift, metavar="X",
                            help="by how much everybody's opinion shifts from round to round, -1 to 1 (default 0)")
        parser.add_argument("--copy", action="store_true", help="simulate a copy, SLUG-dry-run, also of a study that has experts; the study stays as it is")
        parser.add_argument("--remove", action="store_true", help="remove everything simulated: the study is a draft again, the copy of a dry run is gone")

    def act(self, **options: Any) -> None:
        study = self.study(options["slug"])
        if options["remove"]:
            self.remove(study)
            return
        plan = Plan(options["experts_per_panel"], options["rounds"], options["seed"], Model(gap=options["gap"], drift=options["drift"]), options["leave_open"])
        if options["copy"]:
            study = copy_for_dry_run(study, plan, by=None)[0].study
        self.simulate(study, plan)

    def simulate(self, study: Study, plan: Plan) -> None:
        simulation, changed = simulate_study(study, plan.experts, plan.rounds, plan.seed, plan.model, leave_open=plan.leaves_open)
        if simulation.state != Simulation.State.DONE:
            raise CommandError(f"{study.slug} is being simulated by another process. Run the command again to see when it has ended.")
        if not changed:
            self.warn("The study holds this simulation already; nothing changed.")
        last = study.rounds.order_by("-number").first()
        self.say(f"{study.slug}: {simulation.number_of_experts} simulated experts, round {simulation.rounds} is {last.state if last else 'not there'}.")

    def remove(self, study: Study) -> None:
        if not study.is_simulated:
            self.say(f"{study.slug} has nothing simulated.")
        elif remove_simulation(study) is None:
            self.say(f"{study.slug}, the copy of a dry run, is gone.")
        else:
            self.say(f"{study.slug} is a draft again; everything simulated is gone.")
