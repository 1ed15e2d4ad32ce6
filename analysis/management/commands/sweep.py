"""sweep [--every SECONDS]: do what the clock and the workers would: for machines without a broker."""

import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections

from analysis.aggregation import aggregate_round, rounds_to_count
from analysis.blocks import analyse_block, blocks_to_do, lay_out_missing_blocks
from analysis.planning.plan_runs import plans_to_run
from analysis.planning.plan_worker import run_plan
from analysis.simulated_rounds import run_simulation
from analysis.snapshot import delete_stray_files
from surveys.management.base import StudyCommand
from surveys.workflow.messages import send_waiting_messages
from surveys.workflow.retention import delete_what_is_due
from surveys.workflow.rounds import close_due_rounds
from surveys.workflow.simulation_progress import simulations_to_run


class Command(StudyCommand):
    help = "Close due rounds, count closed ones, simulate dry runs, send waiting e-mails, delete what is due, run plans; once, or again and again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="repeat after so many seconds until stopped")

    def act(self, **options: Any) -> None:
        while True:
            sweep()
            if options["every"] is None:
                return
            close_old_connections()
            time.sleep(options["every"])


def sweep() -> None:
    close_due_rounds()
    for round_id, closing in rounds_to_count():
        aggregate_round(round_id, closing)
    lay_out_missing_blocks()
    for run_id, number in blocks_to_do():
        analyse_block(run_id, number)
    for simulation_id in simulations_to_run():
        run_simulation(simulation_id)
    send_waiting_messages()
    delete_what_is_due()
    delete_stray_files()
    for plan_id in plans_to_run():
        run_plan(plan_id)
