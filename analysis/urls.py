"""Addresses of results and files, and of the JSON that speaks of figures."""

from django.urls import path

from analysis.api.urls import urlpatterns as api
from analysis.views import charts, convergence, dry_run, files, gaps, glance, item_results, maps, plans, pools, record, recount, report, results, roles

app_name = "analysis"
STUDY = "studies/<slug:slug>"
CHARTS: dict[str, charts.ChartsOf] = {  # page → what makes its charts
    "convergence": convergence.charts, "gaps": gaps.charts, "items": item_results.charts_of_item,
    "maps": maps.charts, "pools": pools.charts_of_pools, "roles": roles.charts_of_roles,
}
urlpatterns = [
    path(f"{STUDY}/results/", results.latest_results, name="latest-results"),
    path(f"{STUDY}/results/<int:number>/", glance.round_glance, name="results"),
    path(f"{STUDY}/results/<int:number>/items/", results.round_results, name="results-items"),
    path(f"{STUDY}/results/<int:number>/items/<slug:item>/", item_results.item_results, name="item-results"),
    path(f"{STUDY}/results/<int:number>/convergence/", convergence.convergence, name="results-convergence"),
    path(f"{STUDY}/results/<int:number>/gaps/", gaps.perception_gaps, name="results-gaps"),
    path(f"{STUDY}/results/<int:number>/pools/", pools.estimates, name="results-pools"),
    path(f"{STUDY}/results/<int:number>/maps/", maps.maps, name="results-maps"),
    path(f"{STUDY}/results/<int:number>/roles/", roles.role_expectations, name="results-roles"),
    path(f"{STUDY}/results/<int:number>/record/", record.results_record, name="results-record"),
    path(f"{STUDY}/results/<int:number>/charts/<slug:page>/<slug:key>.<str:form>", charts.chart_file, {"charts": CHARTS}, name="chart"),
    path(f"{STUDY}/files/", files.file_list, name="files"),
    path(f"{STUDY}/files/archive.zip", files.download_archive, name="archive"),
    path(f"{STUDY}/files/<str:name>", files.download, name="file"),
    path(f"{STUDY}/report/", report.report_page, name="report"),
    path(f"{STUDY}/report/<slug:language>/", report.read_report, name="report-read"),
    path(f"{STUDY}/report/<slug:language>.<slug:form>", report.report_file, name="report-file"),
    path(f"{STUDY}/plans/", plans.plan_list, name="plans"),
    path(f"{STUDY}/plans/<int:number>/", plans.plan_page, name="plan"),
    path(f"{STUDY}/plans/<int:number>/plan.csv", plans.plan_file, name="plan-file"),
    path(f"{STUDY}/dry-run/", dry_run.dry_run, name="dry-run"),
    path(f"{STUDY}/simulation/remove/", dry_run.remove, name="simulation-remove"),
    path(f"{STUDY}/rounds/<int:number>/recount/", recount.recount, name="recount"),
    *api,
]
