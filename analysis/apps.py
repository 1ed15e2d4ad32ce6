from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """COUNT: snapshots, statistics, results, files."""

    name = "analysis"
    verbose_name = "Analysis"

    def ready(self) -> None:
        from analysis import receivers

        receivers.connect()
