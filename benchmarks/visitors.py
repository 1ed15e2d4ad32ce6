"""Visitors: bounded, loopback only. Each keeps a connection and its cookies, as a browser does."""

import http.client
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass
class Visitor:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> tuple[int, str, str]:
        token = next((value for name, value in self.cookies.items() if "csrf" in name), "")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **form})
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, Location, text."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Origin": f"http://127.0.0.1:{self.port}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location") or "", text


@dataclass(frozen=True)
class Measured:
    journeys: int
    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        return self.journeys / self.seconds

    def quantile(self, share: float) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


def run(journey: Callable[[str], None], tokens: list[str], at_once: int) -> Measured:
    """Each token makes one journey, `at_once` at a time."""
    waiting, times, problems = list(reversed(tokens)), [], []

    def visit() -> None:
        while waiting:
            try:
                token = waiting.pop()
            except IndexError:
                return
            began = time.perf_counter()
            try:
                journey(token)
            except Exception as error:
                problems.append(repr(error))
                return
            times.append(time.perf_counter() - began)

    began = time.perf_counter()
    threads = [threading.Thread(target=visit) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise SystemExit(f"{len(problems)} journeys failed, the first with: {problems[0]}")
    return Measured(len(times), time.perf_counter() - began, times)
