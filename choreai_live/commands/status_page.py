"""Asking a kiosk that runs how it is doing, through the page it serves."""

from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from choreai_live.configuration.sections import MonitoringSection
from choreai_live.errors import ChoreaiError

_PATIENCE = 3.0
_PREFIX = "choreai_"
#: Nobody's figures are longer.
_LONGEST = 1_000_000


class NoAnswerError(ChoreaiError):
    """No kiosk answers where its page should be."""


def figures(monitoring: MonitoringSection) -> list[str]:
    """Return what a kiosk says of itself, and its figures, one on a line.

    Parameters
    ----------
    monitoring
        Where its page is.

    Raises
    ------
    NoAnswerError
        If nothing answers there, or what does is no kiosk.
    """
    # Every address of this machine is told by asking one of them.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(monitoring.host, monitoring.host)  # noqa: S104
    address = f"http://{f'[{host}]' if ':' in host else host}:{monitoring.port}"
    try:
        words, metrics = _ask(f"{address}/healthz"), _ask(f"{address}/metrics")
    except (URLError, OSError, ValueError) as error:
        raise NoAnswerError(f"Nothing answers at {address}/: the kiosk does not run.") from error
    lines = _lines(metrics)
    if lines is None:
        raise NoAnswerError(f"What answers at {address}/ is no kiosk, but has its port.")
    return [f"{address}/ says: {words.strip()}", *lines]


def _ask(address: str) -> str:
    """Return the text of the answer, whether all is well or not."""
    # What is on this machine, or near it, is asked directly, proxy or not.
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=_PATIENCE) as answer:
            return _text(answer.read(_LONGEST))
    except HTTPError as error:
        with error:
            return _text(error.read(_LONGEST))


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _lines(metrics: str) -> list[str] | None:
    """Return metrics of ours in words; None if they are not ours."""
    from prometheus_client.parser import text_string_to_metric_families

    lines, ours = [], False
    try:
        for family in text_string_to_metric_families(metrics):
            ours = ours or family.name == f"{_PREFIX}build"
            for sample in family.samples:
                if sample.name.endswith("_created") or (
                    family.name.endswith("_state") and not sample.value
                ):
                    continue
                name = sample.name.removeprefix(_PREFIX).replace("_", " ")
                labels = " ".join(sample.labels.values())
                digits = ".0f" if sample.value.is_integer() else ".3g"
                lines.append(f"{name}{labels and f' ({labels})'}: {sample.value:{digits}}")
    except ValueError:
        return None
    return lines if ours else None
