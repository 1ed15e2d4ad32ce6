"""Pictures of pages, small: pages have few colours, so 256 of them in a palette take a third of the bytes and look the same."""

import base64
import struct
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

COLOURS = 256
SURFACES = 24  # colours of whole areas, which the eye compares: never merged
# The browser decodes its own picture; what comes back are plain pixels.
DECODE = """async (encoded) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + encoded)).blob());
  const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, picture.width, picture.height).data;
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  return [picture.width, picture.height, btoa(text)];
}"""


def save_small(page: Page, png: bytes, file: Path, grain: int = 1) -> None:
    """`page` only decodes; an empty one of its own, for a site's rules forbid it."""
    width, height, pixels = page.evaluate(DECODE, base64.b64encode(png).decode())
    image = np.frombuffer(base64.b64decode(pixels), dtype=np.uint8).reshape(height, width, 4)
    file.write_bytes(with_palette(image[:, :, :3], grain))


def with_palette(image: np.ndarray, grain: int = 1) -> bytes:
    """An indexed PNG of a height × width × 3 picture: the most frequent colours stay, each other becomes the nearest of them.

    `grain`: colours alike but for so many steps of 256 count as one, so that smooth edges don't crowd a rare colour out.
    """
    packed = image.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = most_frequent(colours, counts, grain)
    nearest = ((channels(colours)[:, None] - channels(kept)[None]) ** 2).sum(axis=2).argmin(axis=1)
    rows = nearest[places].reshape(packed.shape).astype(np.uint8)
    unfiltered = np.hstack([np.zeros((len(rows), 1), dtype=np.uint8), rows])
    header = struct.pack(">IIBBBBB", rows.shape[1], rows.shape[0], 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", channels(kept).astype(np.uint8).tobytes()), (b"IDAT", zlib.compress(unfiltered.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def most_frequent(colours: np.ndarray, counts: np.ndarray, grain: int) -> np.ndarray:
    """The surfaces' own colours, and of each group of colours alike the most frequent one; together at most COLOURS."""
    order = np.argsort(counts)[::-1]
    _groups, first = np.unique(channels(colours[order]) // grain, axis=0, return_index=True)
    return colours[order][np.union1d(np.arange(min(SURFACES, len(order))), first)][:COLOURS]


def channels(packed: np.ndarray) -> np.ndarray:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.int32)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
