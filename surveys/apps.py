from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """COLLECT: studies, panels, rounds, answers."""

    name = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        from surveys import receivers

        receivers.connect()
