"""Makes the pictures of the README from the example film: real frames, a page of its board, its shot graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from model.theatre import draw
from shots.board.graph_svg import write_graph_svg
from shots.board.panel import panels

HERE = Path(__file__).parent
FRAMES = HERE / "images" / "found.jpg"
PICKED = 12
COLUMNS = 4
GAP_PX = 6


def main() -> None:
    FRAMES.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        opened = open_film(HERE.parent / "examples" / "found.fountain", Path(scratch))
        production = Production(opened, picture="previz", workers=0, progress=Silent())
        production.board()
        frames(production).save(FRAMES, quality=88)
        with pypdfium2.PdfDocument(opened.folder.board_pdf) as pdf:
            pdf[1].render(scale=1.3).to_pil().convert("RGB").save(FRAMES.with_name("board.jpg"), quality=85)
        lengths_s = {shot: timing.frame_count / timing.fps for shot, timing in production.timings.items()}
        board = panels(opened.storyboard, lengths_s, {})
        write_graph_svg(board, FRAMES.with_name("graph.svg"), thumbnails=False)


def frames(production: Production) -> Image.Image:
    """A sheet of shots spread evenly over the film, each at its middle, as drawn at 512×288."""
    requests = list(production.requests.values())
    picked = [requests[int((i + 0.5) * len(requests) / PICKED)] for i in range(PICKED)]
    width, height = picked[0].width_px, picked[0].height_px
    rows = PICKED // COLUMNS
    size = (COLUMNS * width + (COLUMNS - 1) * GAP_PX, rows * height + (rows - 1) * GAP_PX)
    sheet = Image.new("RGB", size, (18, 18, 20))
    for number, request in enumerate(picked):
        row, column = divmod(number, COLUMNS)
        picture = draw(request.stage, request.frame_count / request.fps / 2, width, height)
        sheet.paste(Image.fromarray(picture), (column * (width + GAP_PX), row * (height + GAP_PX)))
    return sheet


if __name__ == "__main__":
    main()
