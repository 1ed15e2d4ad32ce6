"""Who may open what, written out by hand: every named address of the site, how it is asked, and who gets in. Nothing here comes from the code."""

RUN = frozenset({"owner", "organizer"})
OWNER = frozenset({"owner"})
MODERATE = RUN | {"moderator"}
TRANSLATE = RUN | {"translator"}
ANALYSE = RUN | {"analyst"}
WATCH = RUN | {"observer"}
RECORD = RUN | {"analyst", "observer"}
EVERY_ROLE = RUN | {"moderator", "translator", "analyst", "observer"}

G, P, GP = ("get",), ("post",), ("get", "post")
# Addresses of one study: a role in it that is named here gets in; other roles get 403; no role, be one an operator, gets 404;
# who is not signed in is sent to sign in, or gets 401 from the API.
OF_A_STUDY: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "surveys:study": (G, EVERY_ROLE),
    "surveys:study-file": (G, EVERY_ROLE),
    "surveys:record": (G, RECORD),
    "surveys:members": (GP, OWNER),
    "surveys:member-remove": (P, OWNER),
    "surveys:webhooks": (GP, RUN),
    "surveys:webhook-trial": (P, RUN),
    "surveys:webhook-remove": (P, RUN),
    "surveys:finish": (GP, RUN),
    "surveys:experts": (G, RUN),
    "surveys:panel-upload": (GP, RUN),
    "surveys:expert-add": (GP, RUN),
    "surveys:expert-replace": (GP, RUN),
    "surveys:round-open": (GP, RUN),
    "surveys:round-summary": (GP, RUN),
    "surveys:round-decide": (GP, RUN),
    "surveys:item-add": (GP, RUN),
    "surveys:item-add-form": (GP, RUN),
    "surveys:item-edit": (GP, RUN),
    "surveys:item-reword": (GP, RUN),
    "surveys:item-whole": (GP, RUN),
    "surveys:shared-texts": (G, RUN),
    "surveys:shared-text": (GP, RUN),
    "surveys:corrections": (G, RUN),
    "surveys:text-correct": (GP, RUN),
    "surveys:round-deadline": (GP, RUN),
    "surveys:round-close": (GP, RUN),
    "surveys:round-reopen": (GP, RUN),
    "surveys:messages": (G, RUN),
    "surveys:message-resend": (P, RUN),
    "surveys:invitations": (GP, RUN),
    "surveys:reminders": (GP, RUN),
    "surveys:reasons": (G, MODERATE),
    "surveys:reason-decide": (P, MODERATE),
    "surveys:open-answer-decide": (P, MODERATE),
    "surveys:build": (GP, RUN),
    "surveys:build-section-new": (GP, RUN),
    "surveys:build-section": (GP, RUN),
    "surveys:build-kinds": (G, RUN),
    "surveys:build-file": (GP, RUN),
    "surveys:build-download": (G, RUN),
    "surveys:build-preview": (G, RUN),
    "surveys:build-preview-frame": (G, RUN),
    "surveys:build-history": (GP, RUN),
    "surveys:build-undo": (P, RUN),
    "surveys:build-redo": (P, RUN),
    "surveys:build-item": (GP, RUN),
    "surveys:build-item-new": (GP, RUN),
    "surveys:build-head": (GP, RUN),
    "surveys:build-panels": (G, RUN),
    "surveys:build-panels-new": (GP, RUN),
    "surveys:build-panels-edit": (GP, RUN),
    "surveys:build-panels-act": (P, RUN),
    "surveys:build-theatres-new": (GP, RUN),
    "surveys:build-theatres-edit": (GP, RUN),
    "surveys:build-theatres-act": (P, RUN),
    "surveys:build-lists": (G, RUN),
    "surveys:build-list-new": (GP, RUN),
    "surveys:build-list": (GP, RUN),
    "surveys:build-list-remove": (P, RUN),
    "surveys:build-rules": (GP, RUN),
    "surveys:build-scales": (G, RUN),
    "surveys:build-scale-new": (GP, RUN),
    "surveys:build-scale": (GP, RUN),
    "surveys:build-scale-remove": (P, RUN),
    "surveys:build-translations": (GP, TRANSLATE),
    "surveys:build-translations-file": (G, TRANSLATE),
    "surveys:build-translations-upload": (GP, TRANSLATE),
    "surveys:api-study": (G, EVERY_ROLE),
    "surveys:api-rounds": (G, EVERY_ROLE),
    "surveys:api-items": (G, EVERY_ROLE),
    "analysis:latest-results": (G, ANALYSE),
    "analysis:results": (G, ANALYSE),
    "analysis:results-items": (G, ANALYSE),
    "analysis:item-results": (G, ANALYSE),
    "analysis:results-convergence": (G, ANALYSE),
    "analysis:results-maps": (G, ANALYSE),
    "analysis:results-gaps": (G, ANALYSE),
    "analysis:results-pools": (G, ANALYSE),
    "analysis:results-roles": (G, ANALYSE),
    "analysis:results-record": (G, ANALYSE),
    "analysis:chart": (G, ANALYSE),
    "analysis:files": (G, ANALYSE),
    "analysis:archive": (G, ANALYSE),
    "analysis:file": (G, ANALYSE),
    "analysis:report": (G, ANALYSE),
    "analysis:report-read": (G, ANALYSE),
    "analysis:report-file": (G, ANALYSE),
    "analysis:plans": (GP, RUN),
    "analysis:plan": (G, RUN),
    "analysis:plan-file": (G, RUN),
    "analysis:dry-run": (GP, RUN),
    "analysis:simulation-remove": (GP, RUN),
    "analysis:recount": (P, RUN),
    "analysis:api-progress": (G, WATCH),
    "analysis:api-files": (G, ANALYSE),
    "analysis:api-file": (G, ANALYSE),
    "analysis:api-table": (G, ANALYSE),
}
# Experts' pages know no accounts: whoever comes without a personal link is told so, whatever their role. Their own tests open them.
OF_EXPERTS: dict[str, tuple[tuple[str, ...], int]] = {
    "surveys:link": (GP, 404),  # the link of nobody
    "surveys:expert-home": (G, 403),
    "surveys:expert-consent": (GP, 403),
    "surveys:expert-section": (GP, 403),
    "surveys:expert-answer": (P, 403),
    "surveys:expert-review": (G, 403),
    "surveys:expert-submit": (GP, 403),
    "surveys:expert-results": (G, 403),
    "surveys:expert-record": (G, 403),
    "surveys:expert-record-csv": (G, 403),
    "surveys:expert-withdraw": (GP, 403),
    "surveys:expert-leave": (GP, 403),
}
# Addresses of no single study: how they are asked, what anybody who is signed in gets, what an operator gets, what others get.
OF_THE_SITE: dict[str, tuple[tuple[str, ...], int, int, int]] = {
    "home": (G, 302, 302, 200),
    "healthz": (G, 200, 200, 200),
    "set-language": (P, 302, 302, 302),
    "accounts:tokens": (GP, 200, 200, 302),  # an empty form is refused with 422
    "accounts:token-revoke": (P, 404, 404, 302),  # somebody else's token, or none
    "surveys:study-list": (G, 200, 200, 302),
    "surveys:study-upload": (GP, 404, 200, 302),
    "surveys:study-start": (GP, 404, 200, 302),
    "surveys:api-studies": (G, 200, 200, 401),
    "analysis:api-documentation": (G, 200, 200, 302),
    "analysis:api-schema": (G, 200, 200, 401),
    "analysis:api-unknown": (GP, 404, 404, 404),
}

STATES = ("draft", "open", "reopened", "closed", "aggregated", "finished")
ALWAYS_200 = (200,) * 6
ALWAYS_302 = (302,) * 6
ALWAYS_422 = (422,) * 6
IN_A_ROUND = (404, 200, 200, 200, 200, 200)
SENT_ON = (404, 302, 302, 302, 302, 302)
REFUSED_IN_A_ROUND = (404, 422, 422, 422, 422, 422)
LOCKED = (302, 422, 422, 422, 422, 422)  # the design can be changed until round 1 opens
# What those get who may, where it is not 200 in every state for a page, or 422 for an empty form.
PAGES: dict[str, tuple[int, ...]] = {
    "surveys:build-item-new": ALWAYS_302,  # choose a kind first
    "surveys:item-add-form": ALWAYS_302,
    "surveys:round-summary": (404, 200, 200, 200, 302, 200),  # undecided questions first
    **dict.fromkeys((
        "surveys:round-decide", "surveys:corrections", "surveys:text-correct", "surveys:round-deadline", "surveys:round-close", "surveys:round-reopen",
        "surveys:messages", "surveys:invitations", "surveys:reminders", "surveys:reasons", "analysis:results", "analysis:results-items",
        "analysis:item-results", "analysis:results-convergence", "analysis:results-gaps", "analysis:results-maps", "analysis:results-pools",
        "analysis:results-roles", "analysis:results-record", "analysis:chart"), IN_A_ROUND),
    "analysis:latest-results": (200, 302, 302, 302, 302, 302),  # to the latest counted round
}
EMPTY_FORMS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys((
        "surveys:build", "surveys:build-undo", "surveys:build-redo", "surveys:build-item-new", "surveys:build-translations", "surveys:finish",
        "surveys:item-add-form", "analysis:simulation-remove"), ALWAYS_302),
    **dict.fromkeys((
        "surveys:build-section-new", "surveys:build-section", "surveys:expert-add", "surveys:expert-replace", "surveys:item-add", "surveys:item-reword",
        "surveys:item-whole", "surveys:shared-text", "analysis:dry-run"), ALWAYS_200),  # nothing was typed yet
    **dict.fromkeys(("surveys:build-panels-act", "surveys:build-theatres-act", "surveys:build-list-remove", "surveys:build-scale-remove"), LOCKED),
    **dict.fromkeys(("surveys:round-decide", "surveys:text-correct", "surveys:round-deadline", "surveys:round-reopen"), IN_A_ROUND),
    **dict.fromkeys(("surveys:round-close", "surveys:message-resend", "surveys:invitations", "surveys:reminders", "analysis:recount"), SENT_ON),
    **dict.fromkeys(("surveys:reason-decide", "surveys:open-answer-decide"), REFUSED_IN_A_ROUND),
    "surveys:build-history": (404,) * 6,  # there is no step without a number
    "surveys:webhook-trial": (404,) * 6,  # there is none
    "surveys:webhook-remove": (404,) * 6,
    "surveys:member-remove": (404,) * 6,  # nobody is named
    "surveys:round-summary": (404, 200, 200, 200, 302, 200),
    "surveys:round-open": (422, 200, 200, 200, 422, 200),
}
# Files are there once a round is counted.
PAGES |= {
    "analysis:archive": (422, 200, 200, 200, 200, 200), "analysis:file": (422, 200, 200, 200, 200, 200),
    "analysis:report-read": (422, 200, 200, 200, 200, 200), "analysis:report-file": (422, 200, 200, 200, 200, 200),
    "analysis:api-file": (409, 200, 200, 200, 200, 200),
}
