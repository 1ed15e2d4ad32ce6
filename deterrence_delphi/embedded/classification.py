"""What a command line asks for: nothing, an environment only, or a database too."""

from enum import Enum


class Need(Enum):
    """How much has to be there before the command can run."""

    DEMO = "everything, supervised"
    TESTS = "the test tools"
    NO_DATABASE = "the environment"
    DATABASE = "the environment and a database"


WITHOUT_DATABASE = frozenset(
    {
        "check", "collectstatic", "compilemessages", "describe_columns", "diffsettings", "findstatic", "help", "makemessages",
        "makemigrations", "optimizemigration", "sendtestemail", "squashmigrations", "startapp", "startproject",
        "study_schema", "version",
    }
)  # fmt: skip
ASKS_FOR_HELP = frozenset({"-h", "--help", "--version"})


def command_name(arguments: list[str]) -> str:
    """The command in `manage.py [--settings=…] NAME …`; "help" where there is none."""
    return next((word for word in arguments[1:] if not word.startswith("-")), "help")


def need_of(arguments: list[str]) -> Need:
    name, options = command_name(arguments), arguments[1:]
    if name == "demo":
        return Need.DEMO
    if name == "test":
        return Need.TESTS
    if ASKS_FOR_HELP & set(options[: options.index("--")] if "--" in options else options):
        return Need.NO_DATABASE
    if name == "check" and any(option.startswith("--database") for option in options):
        return Need.DATABASE
    return Need.NO_DATABASE if name in WITHOUT_DATABASE else Need.DATABASE
