"""Our web-socket frames say what the library's own would."""

import io

import pytest
from slack_sdk.socket_mode.builtin.internals import _build_data_frame_for_sending

from bot.frames import frame

TEXT = 1


def unmasked(data: bytes) -> tuple[int, bytes]:
    stream = io.BytesIO(data)
    head, length = stream.read(1)[0], stream.read(1)[0] & 0x7F
    if length == 126:
        length = int.from_bytes(stream.read(2), "big")
    elif length == 127:
        length = int.from_bytes(stream.read(8), "big")
    mask, body = stream.read(4), stream.read()
    assert len(body) == length
    return head, bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))


@pytest.mark.parametrize("size", [0, 1, 3, 125, 126, 127, 1000, 60_001])
def test_a_frame_carries_the_same_as_the_librarys(size: int) -> None:
    payload = ("é" * (size // 2)) + "x" * (size % 2)

    ours, theirs = frame(payload, TEXT), _build_data_frame_for_sending(payload, TEXT)

    assert unmasked(ours) == unmasked(theirs) == (0x81, payload.encode())


def test_a_frame_may_be_longer_than_the_library_can_build() -> None:
    payload = "x" * 70_000

    assert unmasked(frame(payload, TEXT)) == (0x81, payload.encode())
