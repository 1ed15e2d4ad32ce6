"""The bar of a panel's progress on the organizer's page: answered, started, silent."""

from dataclasses import dataclass

from surveys.strip.shapes import percent


@dataclass(frozen=True)
class ResponseBar:
    """Numbers of experts; the lengths fill the width, what is left of it is the silent ones."""

    answered: int
    started: int
    silent: int

    @property
    def total(self) -> int:
        return self.answered + self.started + self.silent

    @property
    def answered_width(self) -> str:
        return percent(self.answered / (self.total or 1))

    @property
    def started_width(self) -> str:
        return percent(self.started / (self.total or 1))

    @property
    def started_x(self) -> str:
        return self.answered_width
