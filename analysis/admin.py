"""Operators' view of the counting: which closing was counted when, and what failed. No figure stands here."""

from django.contrib import admin

from analysis.models import AnalysisRun
from surveys.admin import ReadOnlyAdmin


@admin.register(AnalysisRun)
class AnalysisRunAdmin(ReadOnlyAdmin):
    list_display = ("round", "closing", "state", "attempts", "items_done", "items_total", "heartbeat_at", "finished_at", "is_published", "problem")
    list_select_related = ("round__study",)
    list_filter = ("state",)
