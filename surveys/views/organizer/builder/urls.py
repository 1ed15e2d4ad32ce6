"""The builder's addresses, below studies/<slug>/build/. Each maker of pages adds its own lines to `PARTS`."""

from django.urls import URLPattern, path

from surveys.views.organizer.builder import history, kinds, outline, sections

FRAME = [
    path("", outline.outline, name="build"),
    path("add-section/", sections.add_section, name="build-section-new"),
    path("sections/<str:section>/", sections.section, name="build-section"),
    path("sections/<str:section>/kinds/", kinds.choose, name="build-kinds"),
    path("history/", history.history, name="build-history"),
    path("undo/", history.undo_step, name="build-undo"),
    path("redo/", history.redo_step, name="build-redo"),
]
# items.py: build-item, build-item-new · settings: build-head, build-panels, build-scales, build-lists, build-rules · build-translations
PARTS: list[URLPattern] = []
urlpatterns = [*FRAME, *PARTS]
