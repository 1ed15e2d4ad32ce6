"""add_member SLUG EMAIL ROLE: give somebody who signs in a role in a study."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from surveys.enums import Role
from surveys.management.base import StudyCommand
from surveys.workflow.members import add_member


class Command(StudyCommand):
    help = "Give a user a role in a study; an account is made when there is none (set its password with changepassword EMAIL)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("email", metavar="EMAIL", help="the user's e-mail address")
        parser.add_argument("role", metavar="ROLE", choices=Role.values, help=", ".join(Role.values))

    def act(self, **options: Any) -> None:
        study = self.study(options["slug"])
        email = options["email"].strip().lower()
        if "@" not in email:
            raise CommandError(f"“{email}” is not an e-mail address.")
        user = User.objects.filter(email=email).first() or User.objects.create_user(email)
        changed = add_member(study, user, options["role"])
        self.say(f"{email} is {options['role']} of {study.slug}" + ("" if changed else " already"))
