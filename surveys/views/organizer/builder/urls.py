"""The builder's addresses, below studies/<slug>/build/. Each maker of pages adds its own lines to `PARTS`."""

from django.urls import URLPattern, path

from surveys.views.organizer.builder import (
    file,
    groups,
    history,
    items,
    kinds,
    lists,
    outline,
    parts,
    preview,
    rules,
    scales,
    sections,
    translation_files,
    translations,
)

FRAME = [
    path("", outline.outline, name="build"),
    path("add-section/", sections.add_section, name="build-section-new"),
    path("sections/<str:section>/", sections.section, name="build-section"),
    path("sections/<str:section>/kinds/", kinds.choose, name="build-kinds"),
    path("file/", file.file, name="build-file"),
    path("study.yaml", file.download, name="build-download"),
    path("preview/", preview.preview, name="build-preview"),
    path("preview/frame/", preview.frame, name="build-preview-frame"),
    path("history/", history.history, name="build-history"),
    path("undo/", history.undo_step, name="build-undo"),
    path("redo/", history.redo_step, name="build-redo"),
]
# settings: build-head, build-panels, build-scales, build-lists, build-rules
PARTS: list[URLPattern] = [
    path("items/<str:code>/", items.item, name="build-item"),
    path("sections/<str:section>/items/new/", items.new_item, name="build-item-new"),
    path("study/", parts.head, name="build-head"),
    path("panels/", groups.group_list, name="build-panels"),
    *(line for part in groups.NAMES for line in (
        path(f"{part}/add/", groups.group, {"part": part}, name=f"build-{part}-new"),
        path(f"{part}/<str:code>/edit/", groups.group, {"part": part}, name=f"build-{part}-edit"),
        path(f"{part}/<str:code>/<str:act>/", groups.group_act, {"part": part}, name=f"build-{part}-act"),
    )),
    path("lists/", lists.list_of_lists, name="build-lists"),
    path("lists/add/", lists.option_list, name="build-list-new"),
    path("lists/<str:name>/edit/", lists.option_list, name="build-list"),
    path("lists/<str:name>/remove/", lists.remove_list, name="build-list-remove"),
    path("rules/", rules.rules, name="build-rules"),
    path("scales/", scales.scale_list, name="build-scales"),
    path("scales/add/", scales.scale, name="build-scale-new"),
    path("scales/<str:name>/edit/", scales.scale, name="build-scale"),
    path("scales/<str:name>/remove/", scales.remove_scale, name="build-scale-remove"),
]
TRANSLATIONS = [
    path("translations/", translations.translations, name="build-translations"),
    path("translations/<str:language>.csv", translation_files.download, name="build-translations-file"),
    path("translations/<str:language>/upload/", translation_files.upload, name="build-translations-upload"),
]
urlpatterns = [*FRAME, *PARTS, *TRANSLATIONS]
