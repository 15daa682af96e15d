"""Addresses are shown without their secrets."""

import pytest

from choreai_live.capture import mask_credentials
from choreai_live.capture.urls import scheme_of


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://user:secret@cam.local:554/ch1", "rtsp://***@cam.local:554/ch1"),
        ("RTSPS://user:secret@cam/ch1", "RTSPS://***@cam/ch1"),
        ("rtsp://user@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://:secret@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://user:@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://us%65r:s%40cret@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://user:p@ss@word@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://user:pa/ss@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://user:pa?ss#x@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp://user:two words@cam/ch1", "rtsp://***@cam/ch1"),
        ("rtsp:/user:secret@cam/ch1", "rtsp:/***@cam/ch1"),
        ("user:secret@cam/ch1", "***@cam/ch1"),
        ("http://[::1]:80/a?token=abc&x=1", "http://[::1]:80/a?token=***&x=1"),
        ("http://cam/a?x=1&API_KEY=abc", "http://cam/a?x=1&API_KEY=***"),
        ("http://cam/a?usr=admin&pwd=12", "http://cam/a?usr=***&pwd=***"),
        ("http://cam/a?X-Amz-Signature=f0;sig=9", "http://cam/a?X-Amz-Signature=***"),
        ("rtsp://cam/user=admin_password=x_channel=1", "rtsp://cam/user=***"),
        ("http://cam/a#access_token=abc", "http://cam/a#access_token=***"),
        ("rtsp://first.last:secret@cam/ch1", "rtsp://***@cam/ch1"),
        ("RTSP://:se%63ret@cam/ch1", "RTSP://***@cam/ch1"),
        ("rtsp://user%3Asecret%40cam/ch1", "rtsp://***%40cam/ch1"),
        ("rtsp://user:secret@[fe80::1%25eth0]:554/ch1", "rtsp://***@[fe80::1%25eth0]:554/ch1"),
        (":secret@cam/ch1", "***@cam/ch1"),
        ("user:two words@cam/ch1", "***@cam/ch1"),
        ("http://cam/a?t=1&%74oken=abc", "http://cam/a?t=1&%74oken=***"),
        ("http://cam/a?auth[token]=abc&x=1", "http://cam/a?auth[token]=***&x=1"),
        ("http://cam/a?token=ab cd&x=1", "http://cam/a?token=***&x=1"),
        ("http://cam/a?token=", "http://cam/a?token=***"),
        (
            "http://relay/?url=rtsp://user:secret@cam/ch1",
            "http://***@cam/ch1",
        ),
        (
            "http://relay/?url=rtsp%3A%2F%2Fuser%3Asecret%40cam%2Fch1&x=1",
            "http://relay/?url=rtsp%3A%2F%2F***%40cam%2Fch1&x=1",
        ),
        (
            "http://relay/?url=http%253A%252F%252Fcam%253Ftoken%253Dabc%2526x&y=1",
            "http://relay/?url=http%253A%252F%252Fcam%253Ftoken%253D***&y=1",
        ),
        (
            "moved from rtsp://a:b@cam/1 to rtsp://c:d@cam/2",
            "moved from rtsp://***@cam/2",
        ),
        (
            "rtsp://***@cam/1 sends nothing; rtsp://***@cam/1?token=*** is lost",
            "rtsp://***@cam/1 sends nothing; rtsp://***@cam/1?token=*** is lost",
        ),
        (
            "cannot open 'rtsp://user:secret@cam/ch1': refused",
            "cannot open 'rtsp://***@cam/ch1': refused",
        ),
    ],
)
def test_secrets_are_masked(url: str, shown: str) -> None:
    assert mask_credentials(url) == shown


@pytest.mark.parametrize(
    "harmless",
    [
        "rtsp://cam.local:554/ch1?channel=1&subtype=0",
        "http://10.0.0.7/video.mjpg",
        "http://cam/a%40b.mp4?play_count=0",
        "http://[fe80::1%25eth0]/a:b",
        "/home/dancer/my@clips/a:b.mp4",
        "C:\\clips\\solo.mp4",
        "demo?dancers=2&tempo=110",
        "camera 0",
        "",
    ],
)
def test_what_holds_no_secret_is_left_alone(harmless: str) -> None:
    assert mask_credentials(harmless) == harmless


@pytest.mark.parametrize(
    ("spec", "scheme"),
    [
        ("rtsp://cam", "rtsp"),
        ("HTTPS://cam", "https"),
        ("odd+one.v2://x", "odd+one.v2"),
        ("clip.mp4", None),
        ("C:\\clip.mp4", None),
        ("demo?x=1", None),
        ("a/b://c", None),
    ],
)
def test_scheme(spec: str, scheme: str | None) -> None:
    assert scheme_of(spec) == scheme
