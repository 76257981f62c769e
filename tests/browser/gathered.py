"""The files a learner has: a photo, a document of two pages, and a film as large as phones make them."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from config.demonstration.files import pdf, photo

FILM_BYTES = 100 * 1024**2


@dataclass
class Gathered:
    photo: Path
    document: Path
    film: Path
    second_photo: Path


def gather(folder: Path) -> Gathered:
    report = pdf(
        "report.pdf", "What I changed", [f"Paragraph {n}: what we print, and what we stopped." for n in range(90)]
    )
    return Gathered(
        photo=_write(folder / "noticeboard.jpg", photo("noticeboard.jpg", seed=1).read()),
        document=_write(folder / "report.pdf", report.read()),
        film=_film(folder / "walkround.mp4"),
        second_photo=_write(folder / "recycling.jpg", photo("recycling.jpg", seed=2).read()),
    )


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _film(path: Path) -> Path:
    """The demonstration's clip with free space behind it: it plays, and takes almost no room on the disk."""
    clip = (Path(settings.BASE_DIR) / "fixtures" / "demonstration" / "wheel.mp4").read_bytes()
    padding = FILM_BYTES - len(clip)
    with path.open("wb") as film:
        film.write(clip + padding.to_bytes(4, "big") + b"free")
        film.truncate(FILM_BYTES)
    return path
