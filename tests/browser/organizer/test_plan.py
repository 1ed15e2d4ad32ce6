"""A plan in a browser without scripts: asked for, waited for, read; the waiting page finds the result by itself."""

import pytest
from playwright.sync_api import Browser, expect

from analysis.models import PlanRun
from analysis.planning.plan_worker import run_plan
from surveys.enums import Role
from surveys.models import StudyMember
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_plan_is_asked_for_and_read_without_scripts(live_server: object, browser: Browser) -> None:
    study = staged()
    StudyMember.objects.create(study=study, user=somebody(email="organizer@example.org"), role=Role.OWNER)
    context = browser.new_context(java_script_enabled=False, locale="en", viewport={"width": 320, "height": 800})
    page = context.new_page()
    come_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}{study.get_absolute_url()}")
    page.get_by_role("link", name="Plan the panels").click()
    page.get_by_label("Experts of each ally in round 1").fill("6, 30")
    page.get_by_label("Gap on a rating, in points of its scale").fill("1.5")
    page.get_by_label("As Cliff’s delta everywhere").focus()
    page.get_by_role("button", name="Work out the plan").click()
    expect(page.get_by_role("heading", name="The plan is being worked out")).to_be_visible()
    run_plan(PlanRun.objects.get().pk)
    expect(page.get_by_role("heading", level=1, name="With 30 experts per ally, a gap of 1.5 points is seen")).to_be_visible(timeout=15_000)
    page.get_by_text("Show as table").first.click()
    expect(page.get_by_role("row", name="30").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the figures (CSV)").click()
    assert download.value.suggested_filename == f"staged-plan-{PlanRun.objects.get().pk}.csv"
    for target in ("input[type=radio]", "select", "summary"):
        page.goto(f"{live_server}/studies/staged/plans/")
        box = page.locator(f"main label:has({target}), main {target}").first.bounding_box()
        assert box is not None and box["height"] >= 44
    context.close()
