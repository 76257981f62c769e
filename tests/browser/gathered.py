"""The files a learner has: a photo, a document of two pages, and a film as large as phones make them."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image
from weasyprint import HTML

FILM_BYTES = 100 * 1024**2


@dataclass
class Gathered:
    photo: Path
    document: Path
    film: Path
    second_photo: Path


def gather(folder: Path) -> Gathered:
    return Gathered(
        photo=_photo(folder / "noticeboard.jpg", "#1f6f6b"),
        document=_document(folder / "report.pdf"),
        film=_film(folder / "walkround.mp4"),
        second_photo=_photo(folder / "recycling.jpg", "#9c4a2f"),
    )


def _photo(path: Path, colour: str) -> Path:
    Image.new("RGB", (1280, 960), colour).save(path, "JPEG")
    return path


def _document(path: Path) -> Path:
    lines = "".join(f"<p>Line {number}: what we print, and what we stopped printing.</p>" for number in range(60))
    HTML(string=f"<html lang='en-GB'><title>What I changed</title><h1>What I changed</h1>{lines}</html>").write_pdf(
        path
    )
    return path


def _film(path: Path) -> Path:
    """The demonstration's clip with free space behind it: it plays, and takes almost no room on the disk."""
    clip = (Path(settings.BASE_DIR) / "fixtures" / "demonstration" / "wheel.mp4").read_bytes()
    padding = FILM_BYTES - len(clip)
    with path.open("wb") as film:
        film.write(clip + padding.to_bytes(4, "big") + b"free")
        film.truncate(FILM_BYTES)
    return path
