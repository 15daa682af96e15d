"""The ways out of the kiosk: a PIN, and keys that are held."""

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from choreai_live.configuration.pin import hash_pin
from choreai_live.ui.kiosk import held_keys, pin_pad
from choreai_live.ui.kiosk.held_keys import HeldKeys
from choreai_live.ui.kiosk.pin_gate import PinGate
from choreai_live.ui.kiosk.pin_pad import PinPad

Show = Callable[..., QWidget]


def test_pin_gate_lets_guessers_wait_longer_each_time() -> None:
    gate = PinGate(hash_pin("24680"))
    now, waits = 100.0, []
    for guess in ("1111", "2222", "3333", "4444"):
        assert not gate.opens(guess, now)
        waits.append(gate.wait(now))
        assert not gate.opens("24680", now + waits[-1] / 2), "not even the right one may be tried"
        now += waits[-1]
    assert waits == sorted(set(waits))
    assert waits[-1] >= 8 * waits[0]
    assert gate.opens("24680", now)
    assert gate.wait(now) == 0.0


def test_longest_wait_for_a_pin_is_minutes_and_not_years() -> None:
    gate = PinGate("", fits=lambda *_: False)
    now = 0.0
    for _ in range(100):
        now += gate.wait(now)
        gate.opens("1", now)
    assert 60.0 <= gate.wait(now) <= 301.0


@pytest.fixture
def pad(show: Show) -> Iterator[PinPad]:
    room = show(QWidget(), 900, 800)
    pad = PinPad(PinGate(hash_pin("24680")), room)
    pad.setGeometry(room.rect())
    pad.ask()
    yield pad
    room.close()


def tap(qtbot: QtBot, pad: PinPad, *keys: str) -> None:
    for key in keys:
        place = pad.key_rect(key).center().toPoint()
        qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=place)


def test_right_pin_on_the_pad_opens(pad: PinPad, qtbot: QtBot) -> None:
    tap(qtbot, pad, "2", "4", "5", pin_pad.BACK, "6", "8", "0")
    assert pad.entered == 5
    with qtbot.waitSignal(pad.opened):
        tap(qtbot, pad, pin_pad.ENTER)
    assert not pad.isVisible()


def test_wrong_pin_says_so_and_makes_wait(pad: PinPad, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pad.opened):
        tap(qtbot, pad, *"1234", pin_pad.ENTER)
        assert "Wrong" in pad.sentence
        assert pad.entered == 0
        tap(qtbot, pad, *"24680", pin_pad.ENTER)
    assert pad.entered == 5, "what is entered meanwhile waits as well"
    qtbot.waitUntil(lambda: "Wrong" not in pad.sentence, timeout=3000)
    with qtbot.waitSignal(pad.opened):
        tap(qtbot, pad, pin_pad.ENTER)


def test_pad_goes_away_when_nobody_uses_it(
    pad: PinPad, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap(qtbot, pad, "1", "2")
    monkeypatch.setattr(pin_pad, "_PATIENCE", 0.3)
    qtbot.waitUntil(lambda: not pad.isVisible(), timeout=3000)
    pad.ask()
    assert pad.entered == 0


def key_event(kind: QKeyEvent.Type, key: Qt.Key, *, repeated: bool = False) -> QKeyEvent:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return QKeyEvent(kind, key, both, "", repeated)


def test_held_keys_lead_out_after_their_time_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_keys, "HOLD", 1.5)
    keys = HeldKeys("Ctrl+Alt+Q")
    press, release = QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease
    shares: list[float] = []
    keys.progressed.connect(shares.append)
    with qtbot.assertNotEmitted(keys.held, wait=1600):
        assert keys.press(key_event(press, Qt.Key.Key_Q))
        qtbot.wait(450)
        keys.release(key_event(release, Qt.Key.Key_Q))
    assert 0.2 < max(shares) < 1.0
    assert shares[-1] == 0.0
    monkeypatch.setattr(held_keys, "HOLD", 0.4)
    with qtbot.waitSignal(keys.held, timeout=5000):
        keys.press(key_event(press, Qt.Key.Key_Q))
        for repeated in (True, False, True):  # keyboards repeat what is held, and may not say so
            qtbot.wait(60)
            keys.release(key_event(release, Qt.Key.Key_Q, repeated=repeated))
            keys.press(key_event(press, Qt.Key.Key_Q, repeated=repeated))


@pytest.mark.parametrize("keys", ["", "Ctrl+Alt+W", "not a key at all"])
def test_other_keys_do_not_lead_out(keys: str, qtbot: QtBot) -> None:
    held = HeldKeys(keys)
    assert not held.press(key_event(QKeyEvent.Type.KeyPress, Qt.Key.Key_Q))
