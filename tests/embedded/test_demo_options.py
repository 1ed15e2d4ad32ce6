"""What is refused before anything long starts."""

import os
import socket
from pathlib import Path

import pytest

from deterrence_delphi.demo.options import DemoOptions, check_port, demo_options, refuse_second_demo
from deterrence_delphi.embedded.folders import DataFolder
from deterrence_delphi.embedded.holder import Holder, announce, held
from deterrence_delphi.embedded.refusal import Refused


def test_it_listens_on_this_machine_only_unless_told() -> None:
    assert demo_options(["manage.py", "demo"]) == DemoOptions("127.0.0.1", 8000, reset=False)


@pytest.mark.parametrize(
    ("host", "bind", "address"),
    [
        ("127.0.0.1", "127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("0.0.0.0", "0.0.0.0:8001", "http://127.0.0.1:8001"),  # noqa: S104
        ("::1", "[::1]:8001", "http://[::1]:8001"),
        ("delphi.example", "delphi.example:8001", "http://delphi.example:8001"),
    ],
)
def test_bind_and_address(host: str, bind: str, address: str) -> None:
    options = demo_options(["manage.py", "demo", "--host", host, "--port", "8001", "--reset"])
    assert (options.bind(), options.address(), options.reset) == (bind, address, True)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        demo_options(["manage.py", "demo", "--port", port])
    assert left.value.code == 2


def test_a_port_in_use_is_told_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is already in use") as refused:
            check_port("127.0.0.1", port)
    command, free = refused.value.remedy.rsplit(" ", 1)
    assert command == "Choose another one:  python3 manage.py demo --port"
    assert int(free) != port


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(Refused, match="not an address of this machine"):
        check_port("192.0.2.1", 8000)


def test_a_second_demo_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    with held(data, "demo"):
        announce(data, Holder(os.getpid(), "demo", "http://127.0.0.1:8000", "postgres://…"))
        with pytest.raises(Refused, match=r"already running at http://127\.0\.0\.1:8000"):
            refuse_second_demo(data)
    refuse_second_demo(data)
