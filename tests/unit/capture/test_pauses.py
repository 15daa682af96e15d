"""Pauses between attempts."""

from choreai_live.capture.pauses import HEALTH, JITTER, Pauses


def in_range(pause: float, longest: float) -> bool:
    return longest * (1 - JITTER) <= pause <= longest


def test_they_grow_to_the_longest_and_stay_there() -> None:
    pauses = Pauses()
    for longest in (0.5, 1, 2, 4, 8, 10, 10, 10):
        assert in_range(pauses.next(0.0), longest)
    for _ in range(2000):  # weeks of failures
        assert in_range(pauses.next(0.0), 10)


def test_they_begin_anew_after_a_minute_of_health_only() -> None:
    pauses = Pauses()
    for _ in range(4):
        pauses.next(0.0)
    assert in_range(pauses.next(HEALTH - 1), 8), "a camera that flaps is not hammered"
    assert in_range(pauses.next(HEALTH), 0.5)
    assert in_range(pauses.next(0.0), 1)


def test_they_differ() -> None:
    assert len({Pauses().next(0.0) for _ in range(20)}) > 10
