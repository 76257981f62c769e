"""Prints a unit's outcomes and criteria as a conversion from PDF leaves them: tables, cut by pages, in many forms."""

WIDE_HEADS = (
    "Lea\trning outcomes\tAss\tessment criteria",
    "Learning outcomes\t\tAssessment criteria\t",
    "Learning outcomes\t\tAssessment criteria\t\t",
    "Learning outcome\t\tAssessment criteria\t",
    "Learni\ting outcomes\tAss\tessment criteria",
    "<b>Learning outcomes</b>\t\t<b>Assessment criteria</b>\t",
)
NARROW_HEADS = (
    "Learning outcomes\tAssessment criteria",
    "Learning outcomes\tAssessment criteria\t\t",
    "Learning Outcome - The learner will:\tAssessment Criterion - The learner can:",
    "<b>Learning Outcome - The learner will:</b>\t<b>Assessment Criterion - The learner can:</b>",
)
SPLIT_HEADS = (
    "**Learning Outcome - The learner will:**\n\n**Assessment Criterion - The learner can:**\n",
    "**Learning Outcome - The learner will:****Assessment Criterion - The learner can:**\n",
    "Learning Outcome - The learner will:\tAssessment Criterion - The learner can:",
)


def _four(cells, edge=""):
    for cell in cells:
        if cell.is_shifted:
            yield f"\t{cell.code}\t{cell.text}\t{edge}"
        else:
            yield f"{cell.number}\t{cell.title}\t{cell.code}\t{cell.text}{edge}"
        for title, text in cell.more:
            yield f"\t{title}\t\t{text}{edge}"


def _three(cells, edge=""):
    for cell in cells:
        yield f"{cell.number}\t{cell.title}\t{cell.coded}{edge}"
        for title, text in cell.more:
            yield f"\t{title}\t{text}{edge}"


def _two(cells, edge=""):
    for cell in cells:
        yield f"{cell.titled}\t{cell.coded}{edge}"
        for title, text in cell.more:
            yield f"{title}\t{text}{edge}"


def _by_outcome(cells):
    for cell in cells:
        if cell.titled or cell is cells[0]:
            row = []
            yield cell, row
        row.append(cell)


def _paragraphs(cells):
    for first, row in list(_by_outcome(cells)):
        title = f"<p>{first.titled}</p>" if first.titled else ""
        yield f"{title}\t" + " ".join(f"<p>{cell.coded}</p>" for cell in row)


def _run_together(cells, space=" "):
    for first, row in list(_by_outcome(cells)):
        yield f"{first.titled}\t" + space.join(cell.coded for cell in row)


def _bullets(cells):
    for cell in cells:
        if cell.titled:
            yield f"- {cell.titled}"
        yield f"- {cell.coded}"


def _lines(cells):
    for cell in cells:
        if cell.titled:
            yield cell.titled
        yield cell.coded


def _beside(cells):
    """Three columns: an outcome's title stands where the wording of criteria does."""
    for cell in cells:
        if cell.titled:
            yield f"{cell.number}\t\t{cell.title}"
        yield f"\t{cell.code}\t{cell.text}"


def _unsplit(cells):
    """Three columns; where an outcome begins, its first code and wording share a cell."""
    for cell in cells:
        yield f"{cell.number}\t{cell.title}\t{cell.coded}" if cell.titled else f"\t{cell.code}\t{cell.text}"


def _piped(rows, has_empty_head):
    rows = [[cell.replace("|", "/") for cell in row] for row in rows]
    first = [[""] * len(rows[0])] if has_empty_head else []
    rows = first + rows
    for n, row in enumerate(rows):
        yield ("- " if n == 0 else "  ") + "| " + " | ".join(row) + " |"
        if n == 0:
            yield "  |" + "|".join("-----" for _ in row) + "|"


def _pipes_of_three(cells):
    rows = [row for line in _beside(cells) for row in [line.split("\t")]]
    return _piped(rows, True)


def _pipes_of_four(cells):
    return _piped([[cell.number, cell.title, cell.code, cell.text] for cell in cells], not cells[0].titled)


WIDE = {"four": _four, "three": _three}
NARROW = {"two": _two}
OPENING = {"paragraphs": _paragraphs, "run_together": _run_together, "two": _two, "four": _four}
GOING_ON = {
    "bullets": _bullets,
    "lines": _lines,
    "beside": _beside,
    "unsplit": _unsplit,
    "pipes_of_three": _pipes_of_three,
    "pipes_of_four": _pipes_of_four,
    "paragraphs": _paragraphs,
    "run_together": _run_together,
    "four": _four,
    "two": _two,
}
ROWS = {"four", "three", "two"}


def cut_in_pages(random, cells, most):
    """Slices of the cells, one a page."""
    count = min(len(cells) - 1, random.choice([0, 0, 1, 1, 2, most]))
    cuts = sorted(random.sample(range(1, len(cells)), count)) if count > 0 else []
    return [cells[a:b] for a, b in zip([0, *cuts], [*cuts, len(cells)], strict=True)]


def print_ruled(random, cells):
    """As in documents whose every row is a line: the number of columns may change at a page break."""
    lines, was_wide = [], random.random() < 0.6
    for n, page in enumerate(cut_in_pages(random, cells, 4)):
        is_wide = was_wide if random.random() < 0.7 else not was_wide
        was_wide = is_wide
        form = random.choice(list(WIDE if is_wide else NARROW))
        edge = random.choice(["", "", "\t", "\t\t"])
        if n > 0:
            lines += random.choice([[], ["", f"Page {n + 7} of 90", ""], [""], [""]])
        lines.append(random.choice(WIDE_HEADS if is_wide else NARROW_HEADS))
        lines += (WIDE | NARROW)[form](page, edge)
    return lines


def _is_whole(cell):
    is_numbered = cell.number == (str(cell.outcome) if cell.title else "")
    return bool(cell.code and cell.text and is_numbered and not cell.more and not cell.is_shifted)


def print_loose(random, cells):
    """As in documents where each page was converted in a way of its own."""
    lines = []
    for n, page in enumerate(cut_in_pages(random, cells, 3)):
        form = random.choice(list(OPENING if n == 0 else GOING_ON))
        is_unnoisy = all(map(_is_whole, page))
        form = form if is_unnoisy else random.choice(["two", "four"])
        if n == 0:
            head = NARROW_HEADS[2]
            lines.append(head if form != "four" else f"{head}\t".replace("\t", "\t\t", 1))
        else:
            lines += ["", *random.choice(SPLIT_HEADS).split("\n")]
        lines += (OPENING | GOING_ON)[form](page)
    return lines
