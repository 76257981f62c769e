"""Files for the demonstration centre's evidence: pictures drawn here, short PDFs, and one short clip."""

import io
import math
import random
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from PIL import Image, ImageDraw

PAPER, INK, FLOOR = "#e9e4d8", "#2a2e2d", "#b9b2a2"
FRAMES = ["#1f6f6b", "#9c4a2f", "#3c5a8c", "#8a6d1f", "#5b3c73"]


def photo(name: str, seed: int) -> SimpleUploadedFile:
    """A picture of a bicycle in a workshop stand, each with its own frame, light and lean."""
    chance = random.Random(seed)
    image = Image.new("RGB", (1280, 960), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 720, 1280, 960), fill=FLOOR)
    for x in range(80, 1280, 150):
        draw.line((x, 60, x, 60 + chance.randint(40, 150)), fill="#8d8777", width=chance.randint(4, 10))
    colour, lean = chance.choice(FRAMES), chance.randint(-18, 18)
    back, front, crank = (390, 600 + lean), (890, 600 - lean), (600, 610)
    seat, head = (540, 370 + lean), (800, 370 - lean)
    for hub in (back, front):
        _wheel(draw, hub, chance)
    for start, end in ((back, crank), (crank, seat), (seat, head), (head, crank), (back, seat), (head, front)):
        draw.line((*start, *end), fill=colour, width=20)
    draw.line((seat[0] - 60, seat[1] - 14, seat[0] + 50, seat[1] - 14), fill=INK, width=20)
    draw.line((head[0], head[1], head[0] + 70, head[1] - 60), fill=INK, width=14)
    draw.line((560, 720, 560, 380), fill="#6d675a", width=12)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return SimpleUploadedFile(name, out.getvalue())


def _wheel(draw: ImageDraw.ImageDraw, hub: tuple[int, int], chance: random.Random) -> None:
    x, y = hub
    turn = chance.random()
    for spoke in range(28):
        angle = math.tau * spoke / 28 + turn
        draw.line((x, y, x + 172 * math.cos(angle), y + 172 * math.sin(angle)), fill="#8d8777", width=2)
    draw.ellipse((x - 180, y - 180, x + 180, y + 180), outline=INK, width=14)
    draw.ellipse((x - 14, y - 14, x + 14, y + 14), fill=INK)


def pdf(name: str, title: str, words: str, answers: list[tuple[str, str]]) -> SimpleUploadedFile:
    """Questions with their answers, on a page or two."""
    from weasyprint import HTML  # slow to load, and needed on the first run only

    body = "".join(f"<h2>{escape(question)}</h2><p>{escape(answer)}</p>" for question, answer in answers)
    style = "body{font-family:sans-serif;line-height:1.4}h1{font-size:20pt}h2{font-size:12pt;margin-bottom:0}"
    html = (
        f"<html lang='en-GB'><title>{escape(title)}</title><style>{style}</style>"
        f"<h1>{escape(title)}</h1><p>{escape(words)}</p>{body}</html>"
    )
    return SimpleUploadedFile(name, HTML(string=html).write_pdf())


def clip(name: str) -> SimpleUploadedFile:
    """A few seconds of a wheel turning in a truing stand, drawn for the purpose."""
    path = Path(settings.BASE_DIR) / "fixtures" / "demonstration" / "wheel.mp4"
    return SimpleUploadedFile(name, path.read_bytes())
