"""Celery tasks of analysis: one closing in, one call, safe to repeat."""

from celery import shared_task


@shared_task(name="analysis.aggregate_round")
def aggregate_round(round_id: int, closing: int) -> None:
    from analysis import aggregation  # numpy and scipy are loaded by the first task, not by every process

    aggregation.aggregate_round(round_id, closing)


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
