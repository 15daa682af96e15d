"""Addresses are shown without their secrets."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("http://cam/a?X-Amz-Signature=f0;sig=9", "http://cam/a?X-Amz-Signature=***;sig=***"),
        ("rtsp://cam/user=admin_password=x_channel=1", "rtsp://cam/user=***"),
        ("http://cam/a#access_token=abc", "http://cam/a#access_token=***"),
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
        "/home/dancer/my@clips/a:b.mp4",
        "C:\\clips\\solo.mp4",
        "demo?dancers=2&tempo=110",
        "camera 0",
        "",
    ],
)
def test_what_holds_no_secret_is_left_alone(harmless: str) -> None:
    assert mask_credentials(harmless) == harmless


@settings(deadline=None)
@given(
    password=st.text(min_size=1).map(lambda text: f"<{text}>"),
    scheme=st.sampled_from(["rtsp", "rtsps", "http", "https"]),
    escaped=st.booleans(),
)
def test_no_password_ever_shows(password: str, scheme: str, escaped: bool) -> None:
    if escaped:
        password = quote(password, safe="")
    assert password not in mask_credentials(f"{scheme}://admin:{password}@cam/ch1")


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
