"""Starts everything in order, waits until a page went through all of it, watches, and stops everything in order."""

import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from deterrence_delphi.embedded.databases import start_database
from deterrence_delphi.embedded.folders import DataFolder, redis_url
from deterrence_delphi.embedded.holder import Holder, announce, held
from deterrence_delphi.embedded.processes import Child, start, wait_until
from deterrence_delphi.embedded.refusal import Refused, check_space, say
from deterrence_delphi.embedded.session import demo_settings
from deterrence_delphi.embedded.valkey import start_valkey

from .options import EVERYWHERE, DemoOptions, check_port, refuse_second_demo
from .reset import reset
from .welcome import welcome

MEGABYTES = 300
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_ORDER = ("web", "worker", "background", "sweeper", "migrate", "load_demo", "PostgreSQL", "Valkey")


class AskedToStop(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal. Not an Exception: nothing on the way may swallow it."""


class Demo:
    """The demo of one data folder, from start to stop."""

    def __init__(self, root: Path, data: DataFolder, options: DemoOptions) -> None:
        self.root, self.data, self.options = root, data, options
        self.children: list[Child] = []
        self.settings: dict[str, str] = {}
        self.began = time.monotonic()

    def run(self) -> int:
        """0 when somebody stopped it, 1 (by way of Refused) when it could not start or something in it died."""
        self.listen_to_signals()
        try:
            self.prepare_folder()
            with held(self.data, "demo"):
                self.run_holding_the_data()
        except AskedToStop:
            say("Stopped. The data is kept.")
        return 0

    def run_holding_the_data(self) -> None:
        try:
            self.start_all()
            self.watch()
        finally:
            self.stop_all()

    # --- signals ---------------------------------------------------------------------------------------------------

    def listen_to_signals(self) -> None:
        for number in STOPPING_SIGNALS:
            signal.signal(number, self.stop_was_asked)

    def stop_was_asked(self, _number: int, _frame: FrameType | None) -> NoReturn:
        raise AskedToStop

    def hurry(self, _number: int, _frame: FrameType | None) -> None:
        """A second Ctrl-C while stopping: no more waiting, except for the database's last page."""
        for child in self.children:
            if child.name != "PostgreSQL" and child.is_running():
                child.process.kill()

    # --- starting --------------------------------------------------------------------------------------------------

    def prepare_folder(self) -> None:
        refuse_second_demo(self.data)
        self.data.make(is_default=self.data.path == self.root / "var")
        check_space(self.data.path, MEGABYTES)

    def start_all(self) -> None:
        if self.options.reset:
            reset(self.data)
            self.data.make(is_default=True)
        if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
            say("The demo uses servers of its own; DATABASE_URL and REDIS_URL are not used.")
        check_port(self.options.host, self.options.port)
        self.start_servers()
        self.finish("migrate", ["migrate", "--verbosity", "0", "--no-input"], "Preparing the tables ...")
        announce(self.data, self.as_holder())
        web = self.child("web", web_arguments(self.options.bind()))  # gets ready on another processor while the studies are loaded
        people = self.load_studies()
        self.start_workers()
        self.wait_for_a_page(web)
        print(welcome(self.options.address(), people, time.monotonic() - self.began), flush=True)

    def start_servers(self) -> None:
        say("Starting the database and the broker ...")
        database, database_url = start_database(self.data)
        if database is not None:
            self.children.append(database)
        self.settings = demo_settings(self.data, database_url, self.start_broker())
        self.settings |= {
            "SITE_URL": self.options.address(),
            "ALLOWED_HOSTS": ",".join(names_of_this_host(self.options.host)),
        }

    def start_broker(self) -> str:
        """REDIS_URL, or nothing where there is no broker."""
        unix_socket = self.data.sockets() / "valkey.sock"
        broker = start_valkey(unix_socket, self.data.valkey, self.data.log / "valkey.log")
        if broker is None:
            return ""
        self.children.append(broker)
        return redis_url(unix_socket)

    def as_holder(self) -> Holder:
        urls = {"database_url": self.settings["DATABASE_URL"], "redis_url": self.settings["REDIS_URL"]}
        return Holder(os.getpid(), "demo", self.options.address(), **urls)

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.settings,
            "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def child(self, name: str, arguments: list[str]) -> Child:
        """A Python child in the project's folder, with its log in var/log."""
        child = start(
            name,
            [sys.executable, *arguments],
            log=self.data.log / f"{name}.log",
            environment=self.environment(),
            folder=self.root,
        )
        self.children.append(child)
        return child

    def finish(self, name: str, command: list[str], telling: str) -> None:
        """Runs one command to its end, beside its log."""
        say(telling)
        child = self.child(name, ["manage.py", *command])
        if child.process.wait():
            raise Refused(f"manage.py {name} failed. The last lines of {child.log}:\n{child.last_words()}")
        child.dismiss_watchdog()
        self.children.remove(child)

    def load_studies(self) -> dict[str, Any]:
        """The demo's people. The file stays, for the owner's eyes only: sign-ins and links are the same at the next start."""
        file = self.data.path / "demo.json"
        self.finish("load_demo", ["load_demo", "--json", os.fspath(file)], "Loading the demo studies ...")
        people: dict[str, Any] = json.loads(file.read_text())
        return people

    def start_workers(self) -> None:
        """Once the studies are there: workers would count their rounds a second time."""
        say("Starting the workers ...")
        if self.settings["REDIS_URL"]:
            self.data.beat.mkdir(exist_ok=True)
            self.child("worker", [*worker_arguments("celery"), "--beat", "--schedule", os.fspath(self.data.beat / "schedule")])
            self.child("background", worker_arguments("background"))
        else:
            self.child("sweeper", ["manage.py", "sweep", "--every", "5"])

    def wait_for_a_page(self, web: Child) -> None:
        """Ready means: a page went through web, Celery worker and database."""
        address = f"{self.options.address()}/healthz?deep=1"
        wait_until(lambda: self.all_alive() and answers_well(address), web, 90)

    # --- running and stopping --------------------------------------------------------------------------------------

    def all_alive(self) -> bool:
        for child in self.children:
            if not child.is_running():
                raise child.died()
        return True

    def watch(self) -> None:
        while self.all_alive():
            time.sleep(0.25)

    def stop_all(self) -> None:
        """The web first, so that nothing new comes in; the database after all that write to it; the broker last."""
        for number in STOPPING_SIGNALS:
            signal.signal(number, self.hurry)
        if self.children:
            say("Stopping ...")
        announce(self.data, Holder(os.getpid(), "demo"))
        for child in sorted(self.children, key=lambda child: STOP_ORDER.index(child.name)):
            child.stop()


def web_arguments(bind: str) -> list[str]:
    options = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--no-control-socket"]
    return ["-m", "gunicorn", "deterrence_delphi.wsgi", "--bind", bind, *options, "--graceful-timeout", "5"]


def worker_arguments(queue: str) -> list[str]:
    """A worker for each queue, so that whoever waits for a page or an e-mail never waits for tables that nobody waits for."""
    options = ["--queues", queue, "--hostname", f"{queue}@%h", "--concurrency", "1", "--without-mingle", "--without-gossip", "--loglevel", "INFO"]
    return ["-m", "celery", "-A", "deterrence_delphi", "worker", *options]


def answers_well(address: str) -> bool:
    """No proxy: the page is on this machine."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=20) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def names_of_this_host(host: str) -> list[str]:
    """The names under which pages may be asked for: this machine's own, and the network's only if it listens there."""
    names = ["127.0.0.1", "localhost", "[::1]"]
    if host in EVERYWHERE:
        name = socket.gethostname()
        names += [name, f"{name}.local", own_network_address()]
    return list(dict.fromkeys([*names, f"[{host}]" if ":" in host else host]))


def own_network_address() -> str:
    """The address by which others see this machine. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
