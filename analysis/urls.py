"""Addresses of results and files, and of the JSON that speaks of figures."""

from django.urls import path

from analysis.api.aggregates import AggregatesView
from analysis.api.progress import ProgressView
from analysis.views import dry_run, files, plans, recount, results

app_name = "analysis"
STUDY = "studies/<slug:slug>"
urlpatterns = [
    path(f"{STUDY}/results/", results.latest_results, name="latest-results"),
    path(f"{STUDY}/results/<int:number>/", results.round_results, name="results"),
    path(f"{STUDY}/results/<int:number>/<slug:item>/", results.item_results, name="item-results"),
    path(f"{STUDY}/files/", files.file_list, name="files"),
    path(f"{STUDY}/files/archive.zip", files.download_archive, name="archive"),
    path(f"{STUDY}/files/<str:name>", files.download, name="file"),
    path(f"{STUDY}/plans/", plans.plan_list, name="plans"),
    path(f"{STUDY}/plans/<int:number>/", plans.plan_page, name="plan"),
    path(f"{STUDY}/plans/<int:number>/plan.csv", plans.plan_file, name="plan-file"),
    path(f"{STUDY}/dry-run/", dry_run.dry_run, name="dry-run"),
    path(f"{STUDY}/simulation/remove/", dry_run.remove, name="simulation-remove"),
    path(f"{STUDY}/rounds/<int:number>/recount/", recount.recount, name="recount"),
    path(f"api/{STUDY}/progress/", ProgressView.as_view(), name="api-progress"),
    path(f"api/{STUDY}/aggregates/", AggregatesView.as_view(), name="api-aggregates"),
]
