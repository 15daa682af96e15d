"""Fixtures every test may use."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from passwords import PasswordWatch
from rtsp_server import RtspServer

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the checkout."""
    return PROJECT_ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Return the folder of development data beside the checkout, or skip."""
    folder = PROJECT_ROOT.parent / "shared"
    if not (folder / "clips").is_dir():
        pytest.skip("needs the development data in ../shared, which a plain clone does not have")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_password_gets_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fail the whole run if a password of a test is in a log, or in a file when all is over."""
    watch = PasswordWatch()
    logging.getLogger().addHandler(watch)
    yield
    logging.getLogger().removeHandler(watch)
    watch.look_at_files([tmp_path_factory.getbasetemp()])
    assert not watch.told, "\n".join(watch.told)


@pytest.fixture(scope="session", autouse=True)
def _no_models_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep models that whoever runs the tests has added, and their folder, out of them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHOREAI_MODELS", str(tmp_path_factory.mktemp("models") / "none"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings, logs, autostart and taught styles of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as environment:
        for kind in ("CONFIG", "STATE", "DATA"):
            environment.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_passwords_of_the_user() -> Iterator[None]:
    """Keep the keyring and the streams' password of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        environment.delenv("CHOREAI_STREAM_USER", raising=False)
        environment.delenv("CHOREAI_STREAM_PASSWORD", raising=False)
        yield


@pytest.fixture
def rtsp_server() -> Iterator[Callable[..., RtspServer]]:
    """Return what starts a real RTSP server: ``rtsp_server(folder, login="user:password")``."""
    started: list[RtspServer] = []

    def start(folder: Path, **settings: str) -> RtspServer:
        started.append(RtspServer(folder, **settings))
        return started[-1]

    yield start
    for server in started:
        server.stop()
