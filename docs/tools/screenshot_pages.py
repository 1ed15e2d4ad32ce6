"""Which pages are pictured, as whom, and what is done on them first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


def nothing(_page: Page) -> None:
    """The page as it comes."""


def answer_some(page: Page) -> None:
    """The first fields of the questionnaire, as somebody in the middle of it would have left them."""
    for card in page.locator("fieldset:has(input[type=radio])").all()[:2]:
        card.locator("label:has(input[type=radio])").nth(2).click()
    page.wait_for_timeout(2600)  # until they are saved


@dataclass(frozen=True)
class Shown:
    """`who` comes in by link or password (screenshots.py); `element`: only that part of the page."""

    name: str
    who: str
    path: str
    prepare: Callable[[Page], None] = nothing
    element: str = ""

    @property
    def in_every_language(self) -> bool:
        return self.name.startswith("expert")


STUDY, REAL, EXPERT = "/studies/threat-perception", "/studies/replicats", "/s/threat-perception"

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
    Shown("analyst-results", "analyst", f"{REAL}/results/2/"),
    Shown("analyst-results-panels", "analyst", f"{STUDY}/results/1/"),
    Shown("analyst-item", "analyst", f"{STUDY}/results/1/linked/"),
    Shown("analyst-files", "analyst", f"{REAL}/files/"),
]
