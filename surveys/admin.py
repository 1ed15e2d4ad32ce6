"""Operators' pages. What runs a study stands here to be looked at; answers, reasons, names and links never do.

Roles are the one thing that operators change here, and they change them through the workflow, so that the record knows.
"""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from surveys.enums import Role
from surveys.exceptions import Refused
from surveys.models import AuditEvent, Message, Round, Study, StudyMember
from surveys.workflow.members import add_member, is_last_owner, remove_member


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the workflow writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Study)
class StudyAdmin(ReadOnlyAdmin):
    list_display = ("slug", "is_simulated", "created_at", "created_by", "rules_locked_at", "finished_at")
    list_select_related = ("created_by",)
    search_fields = ("slug",)


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ("study", "number", "state", "closing", "opened_at", "deadline_at", "closed_at", "aggregated_at")
    list_select_related = ("study",)
    list_filter = ("state",)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """E-mails by kind and state, for who looks after the mail server; whom they are for is not shown."""

    list_display = ("id", "round", "kind", "number", "state", "attempts", "problem", "changed_at")
    list_select_related = ("round__study",)
    list_filter = ("state", "kind")
    fields = ("round", "kind", "number", "state", "attempts", "problem", "created_at", "changed_at")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("study", "sequence", "at", "actor", "act", "subject")
    list_select_related = ("study",)
    list_filter = ("act",)


@admin.register(StudyMember)
class StudyMemberAdmin(admin.ModelAdmin):
    """Give and take roles; a role is not changed but given anew."""

    list_display = ("study", "user", "role")
    list_select_related = ("study", "user")
    list_filter = ("role",)
    autocomplete_fields = ("study", "user")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The last owner's role stays until somebody else has it."""
        if isinstance(obj, StudyMember) and obj.role == Role.OWNER and is_last_owner(obj.study, obj.user):
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: StudyMember, form: Any, change: bool) -> None:
        add_member(obj.study, obj.user, obj.role, by=request.user)
        obj.pk = StudyMember.objects.get(study=obj.study, user=obj.user, role=obj.role).pk

    def delete_model(self, request: HttpRequest, obj: StudyMember) -> None:
        remove_member(obj.study, obj.user, obj.role, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for member in queryset.select_related("study", "user"):
            try:
                self.delete_model(request, member)
            except Refused as refusal:
                self.message_user(request, f"{member}: {refusal}", messages.ERROR)
