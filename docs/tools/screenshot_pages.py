"""Which pages are pictured, as whom, and what is done on them first."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Page

FORM: dict[str, list[list[Any]]] = {
    "survey": [
        ["type", "name", "label", "relevant"],
        ["today", "today", "", ""],
        ["begin group", "threats", "Threats", ""],
        ["select_one agree5", "one_theatre", "Both theatres are one.", ""],
        ["integer", "days", "How many days of warning will there be?", "${one_theatre} >= 4 and ${today} > '2027-01-01'"],
        ["geopoint", "place", "Where will it begin?", ""],
        ["end group", "", "", ""],
    ],
    "choices": [["list_name", "name", "label"], *(["agree5", place, word] for place, word in enumerate(
        ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"), 1))],
    "settings": [["form_title", "form_id"], ["Warning times", "warning-times"]],
}  # fmt: skip


def nothing(_page: Page) -> None:
    """The page as it comes."""


def answer_some(page: Page) -> None:
    """The first two questions, of probabilities, as somebody in the middle of it would have left them."""
    fields = page.locator(".probability input[inputmode=decimal]")
    for place, answer in enumerate(("35", "60")):
        fields.nth(place).fill(answer)
    fields.nth(2).focus()
    page.wait_for_timeout(2600)  # until they are saved


def press_first(page: Page) -> None:
    """The page's own first button, and the page it leads to."""
    page.locator("main form button.button").first.click()
    page.wait_for_load_state("networkidle")


def upload_form(page: Page) -> None:
    """A workbook of ODK, of which not everything can become a question."""
    book, file = Workbook(), BytesIO()
    book.remove(book.active)
    for name, rows in FORM.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    page.locator("main input[type=file]").set_input_files({"name": "form.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()})
    press_first(page)


@dataclass(frozen=True)
class Shown:
    """`who` comes in by link or password (screenshots.py); `element`: only that part of the page; `briefly`: in two pictures only."""

    name: str
    who: str
    path: str
    prepare: Callable[[Page], None] = nothing
    element: str = ""
    briefly: bool = False

    @property
    def in_every_language(self) -> bool:
        return self.name.startswith("expert")


def author(name: str, path: str, prepare: Callable[[Page], None] = nothing) -> Shown:
    """A page of somebody who writes a study."""
    return Shown(name, "author", path, prepare, briefly=True)


def analyst(name: str, path: str) -> Shown:
    """A page of results, of the study whose three rounds are over."""
    return Shown(f"analyst-{name}", "analyst", path, briefly=True)


LABOUR = "/studies/deterrence-labour"
ROUND = f"{LABOUR}/results/3"
STUDY, REAL, EXPERT = "/studies/threat-perception", "/studies/replicats", "/s/threat-perception"
BUILD, WALK = "/studies/draft/build", "/studies/counted/rounds/open"

PAGES = [
    Shown("home", "stranger", "/"),
    Shown("sign-in", "stranger", "/accounts/login/"),
    Shown("not-found", "stranger", "/no-such-page/"),
    Shown("expert-link", "stranger", "{expert}"),
    Shown("expert-round1", "newcomer", "/s/first-round/section/events-indo-pacific/", answer_some),
    Shown("expert-home", "expert", f"{EXPERT}/"),
    Shown("expert-round2", "expert", f"{EXPERT}/section/events-indo-pacific/", element='article[data-code="ts-shipping-2031"]'),
    Shown("expert-section2", "expert", f"{EXPERT}/section/events-indo-pacific/"),
    Shown("expert-review", "expert", f"{EXPERT}/review/"),
    Shown("expert-results", "expert", f"{EXPERT}/results/1/"),
    Shown("expert-answers", "expert", f"{EXPERT}/my-answers/"),
    Shown("expert-withdraw", "expert", f"{EXPERT}/withdraw/"),
    Shown("expert-link-needed", "stranger", f"{EXPERT}/"),
    Shown("organizer-studies", "organizer", "/studies/"),
    Shown("organizer-new-study", "organizer", "/studies/new/"),
    Shown("organizer-study", "organizer", f"{STUDY}/"),
    Shown("organizer-study-finished", "organizer", f"{REAL}/"),
    Shown("organizer-experts", "organizer", f"{STUDY}/experts/"),
    Shown("organizer-add-expert", "organizer", f"{STUDY}/experts/add/"),
    Shown("organizer-upload-experts", "organizer", f"{STUDY}/experts/upload/"),
    Shown("organizer-invitations", "organizer", f"{STUDY}/rounds/2/invitations/"),
    Shown("organizer-reminders", "organizer", f"{STUDY}/rounds/2/reminders/"),
    Shown("organizer-messages", "organizer", f"{STUDY}/rounds/2/messages/"),
    Shown("organizer-reasons", "organizer", f"{STUDY}/rounds/2/reasons/"),
    Shown("organizer-deadline", "organizer", f"{STUDY}/rounds/2/deadline/"),
    Shown("organizer-close", "organizer", f"{STUDY}/rounds/2/close/"),
    Shown("organizer-record", "organizer", f"{STUDY}/record/"),
    analyst("glance", f"{ROUND}/"),
    analyst("questions", f"{ROUND}/items/"),
    analyst("question", f"{ROUND}/items/linkage/"),
    analyst("convergence", f"{ROUND}/convergence/"),
    analyst("gaps", f"{ROUND}/gaps/"),
    analyst("maps", f"{ROUND}/maps/"),
    analyst("estimates", f"{ROUND}/pools/"),
    analyst("roles", f"{ROUND}/roles/"),
    analyst("record", f"{ROUND}/record/"),
    analyst("files", f"{REAL}/files/"),
    analyst("report", f"{LABOUR}/report/"),
    author("builder-start", "/studies/new/start/"),
    author("builder-study", "/studies/draft/"),
    author("builder-outline", f"{BUILD}/"),
    author("builder-kinds", f"{BUILD}/sections/roles/kinds/"),
    author("builder-rating", f"{BUILD}/items/own-role-clear/"),
    author("builder-grid", f"{BUILD}/items/roles/"),
    author("builder-panels", f"{BUILD}/panels/"),
    author("builder-scales", f"{BUILD}/scales/"),
    author("builder-rules", f"{BUILD}/rules/"),
    author("builder-translations", f"{BUILD}/translations/?language=ja"),
    author("builder-preview", f"{BUILD}/preview/?language=ko&width=phone&section=burden"),
    author("builder-history", f"{BUILD}/history/"),
    author("builder-file", f"{BUILD}/file/"),
    author("xlsform-report", "/studies/new/", upload_form),
    author("dry-run", "/studies/draft/dry-run/"),
    author("plan-form", "/studies/draft/plans/"),
    author("plan-result", "{plan}"),
    author("walk-list", f"{WALK}/"),
    author("walk-question", f"{WALK}/questions/competition/"),
    author("walk-terms", "/studies/decided/rounds/open/summary/"),
    author("walk-summary", "/studies/decided/rounds/open/summary/", press_first),
]
