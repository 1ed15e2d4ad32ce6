"""Celery tasks of analysis: one closing in, one call, safe to repeat."""

from celery import shared_task


@shared_task(name="analysis.aggregate_round")
def aggregate_round(round_id: int, closing: int) -> None:
    from analysis import aggregation  # numpy and scipy are loaded by the first task, not by every process

    aggregation.aggregate_round(round_id, closing)
    send_blocks(round_id)


def send_blocks(round_id: int | None = None) -> None:
    """A message for each block of further tables that waits; a small study has one, so one task does it all."""
    from analysis import blocks

    for run_id, number in blocks.blocks_to_do(round_id):
        analyse_block.apply_async(args=(run_id, number), retry=False)


@shared_task(name="analysis.analyse_block")
def analyse_block(run_id: int, number: int) -> None:
    from analysis import blocks

    blocks.analyse_block(run_id, number)


@shared_task(name="analysis.sweep_blocks")
def sweep_blocks() -> None:
    from analysis import blocks

    blocks.lay_out_missing_blocks()
    send_blocks()


@shared_task(name="analysis.sweep_closed_rounds")
def sweep_closed_rounds() -> None:
    from analysis import aggregation

    for round_id, closing in aggregation.rounds_to_count():
        aggregate_round.apply_async(args=(round_id, closing), retry=False)


@shared_task(name="analysis.run_plan")
def run_plan(plan_id: int) -> None:
    from analysis.planning import plan_worker

    plan_worker.run_plan(plan_id)


@shared_task(name="analysis.sweep_plans")
def sweep_plans() -> None:
    from analysis.planning import plan_runs

    for plan_id in plan_runs.plans_to_run():
        run_plan.apply_async(args=(plan_id,), retry=False)


@shared_task(name="analysis.run_simulation")
def run_simulation(simulation_id: int) -> None:
    from analysis import simulated_rounds

    simulated_rounds.run_simulation(simulation_id)


@shared_task(name="analysis.sweep_simulations")
def sweep_simulations() -> None:
    from surveys.workflow.simulation_progress import simulations_to_run

    for simulation_id in simulations_to_run():
        run_simulation.apply_async(args=(simulation_id,), retry=False)


@shared_task(name="analysis.delete_stray_files")
def delete_stray_files() -> None:
    from analysis import snapshot

    snapshot.delete_stray_files()
