"""Web-socket frames masked at once instead of byte by byte: an answer of a kilobyte then costs 5 us, not 90.

slack_sdk builds each frame with a Python loop over its bytes, which for our answers is more work than reading the
sentence; above 65,535 bytes it cannot build one at all. Until that is mended there, ours takes its place
(docs/decisions/0002).
"""

from __future__ import annotations

import os
import struct

from slack_sdk.socket_mode.builtin import connection

_LOOP = "_build_data_frame_for_sending"


def frame(
    payload: str | bytes, opcode: int, fin: int = 1, rsv1: int = 0, rsv2: int = 0, rsv3: int = 0, masked: int = 1
) -> bytes:
    """A client's frame (RFC 6455 section 5.2) of a whole message, always masked."""
    del masked
    body = payload.encode() if isinstance(payload, str) else payload
    head, size = fin << 7 | rsv1 << 6 | rsv2 << 5 | rsv3 << 4 | opcode, len(body)
    if size <= 125:
        start = struct.pack("!BB", head, 0x80 | size)
    elif size <= 0xFFFF:
        start = struct.pack("!BBH", head, 0x80 | 126, size)
    else:
        start = struct.pack("!BBQ", head, 0x80 | 127, size)
    mask = os.urandom(4)
    stream = (mask * (size // 4 + 1))[:size]
    mixed = int.from_bytes(body, "big") ^ int.from_bytes(stream, "big")
    return start + mask + mixed.to_bytes(size, "big")


def install() -> None:
    """Put our frame in the place of the library's, where it still is as we know it."""
    if hasattr(connection, _LOOP):
        setattr(connection, _LOOP, frame)
