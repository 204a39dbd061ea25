"""Makes the pictures of the README from the example film: real frames, its board, its shot graph.

Twelve shots are spread evenly over the film, each shown at its middle, whatever came of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pypdfium2
from PIL import Image

from director.opening import open_film
from director.pictures import DRAWING, PICTURE, backend_of
from director.produce import Production
from director.progress import Silent
from model.request import Backend, ClipRequest, Frame
from shots.board.graph_svg import write_graph_svg
from shots.board.panel import panels

HERE = Path(__file__).parent
FRAMES = HERE / "images" / "found.jpg"
PICKED, COLUMNS, GAP_PX = 12, 4, 6


def main() -> None:
    FRAMES.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        opened = open_film(HERE.parent / "examples" / "found.fountain", Path(scratch))
        production = Production(opened, picture=DRAWING, workers=0, progress=Silent())
        production.board()
        requests = list(production.requests.values())
        picked = [requests[int((i + 0.5) * len(requests) / PICKED)] for i in range(PICKED)]
        grid([middle(backend_of(PICTURE), request) for request in picked]).save(FRAMES, quality=88)
        with pypdfium2.PdfDocument(opened.folder.board_pdf) as pdf:
            pdf[1].render(scale=1.3).to_pil().convert("RGB").save(FRAMES.with_name("board.jpg"), quality=85)
        lengths_s = {shot: timing.frame_count / timing.fps for shot, timing in production.timings.items()}
        board = panels(opened.storyboard, lengths_s, {})
        write_graph_svg(board, FRAMES.with_name("graph.svg"), thumbnails=False)


def middle(backend: Backend, request: ClipRequest) -> Frame:
    """The frame in the middle of a shot."""
    return next(islice(backend.generate(request), request.frame_count // 2, None))


def grid(pictures: Sequence[Frame]) -> Image.Image:
    """Pictures of one size in rows."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // COLUMNS)
    size = (COLUMNS * width + (COLUMNS - 1) * GAP_PX, rows * height + (rows - 1) * GAP_PX)
    sheet = Image.new("RGB", size, (18, 18, 20))
    for number, picture in enumerate(pictures):
        row, column = divmod(number, COLUMNS)
        sheet.paste(Image.fromarray(picture), (column * (width + GAP_PX), row * (height + GAP_PX)))
    return sheet


if __name__ == "__main__":
    main()
