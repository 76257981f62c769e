"""The tree of a CASE package: its items as its isChildOf associations order them, or why they make none."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from quals.specification import NotASpecification
from quals.specification.findings import Findings

from .writing import EXTENSION

CHILD = "isChildOf"
DEEPEST = 12
SHOWN = 60


@dataclass(eq=False)
class Node:
    """An item with those under it, in order; `place` is where it stands in the package, `depth` 1 at the top."""

    item: dict
    place: int
    depth: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def code(self) -> str:
        return text_in(self.item, "humanCodingScheme")

    @property
    def statement(self) -> str:
        return text_in(self.item, "fullStatement")

    @property
    def kind(self) -> str:
        return text_in(self.item, "CFItemType")

    @property
    def name(self) -> str:
        """How a finding speaks of it."""
        return shortened(self.code or text_in(self.item, "identifier"))

    def below(self) -> Iterator["Node"]:
        """Everything under it, each item before its children."""
        todo = self.children[::-1]
        while todo:
            node = todo.pop()
            yield node
            todo += node.children[::-1]


@dataclass
class Tree:
    document: dict
    roots: list[Node]
    nodes: list[Node]
    others: Counter


def refused(why: str) -> NotASpecification:
    return NotASpecification(f"This is a CASE package, but {why}: nothing was imported.")


def text_in(row: dict, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def own_facts(row: dict) -> dict:
    """What we put there ourselves, where it is ours."""
    extensions = row.get("extensions")
    facts = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return facts if isinstance(facts, dict) else {}


def shortened(text: str) -> str:
    """One line of bounded length, for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


def tree_of(package: dict, findings: Findings) -> Tree:
    """Raises NotASpecification where the items make no tree."""
    document = package["CFDocument"]
    if not text_in(document, "title"):
        raise refused("its CFDocument has no title")
    nodes = _nodes(package)
    top = text_in(document, "identifier").lower()
    if not top:
        raise refused("its CFDocument has no identifier")
    if top in nodes:
        raise refused("an item of it has the identifier of its document")
    links, others = _links(package, nodes, top)
    roots = _linked(nodes, links, findings)
    _measure(roots, nodes)
    return Tree(document, roots, list(nodes.values()), others)


def _rows(package: dict, part: str) -> list[dict]:
    rows = package.get(part) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refused(f"its {part} are no list of objects")
    return rows


def _nodes(package: dict) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for place, item in enumerate(_rows(package, "CFItems")):
        identifier = text_in(item, "identifier").lower()
        if not identifier:
            raise refused(f"item {place + 1} of its CFItems has no identifier")
        if identifier in nodes:
            raise refused(f"two of its items have the identifier {shortened(identifier)}")
        nodes[identifier] = Node(item, place)
    if not nodes:
        raise refused("it holds no items")
    return nodes


def _links(package: dict, nodes: dict[str, Node], top: str) -> tuple[list[tuple], Counter]:
    """(sequence, child, parent) in the package's order, the parent None for the document; and other associations."""
    links, others = [], Counter()
    for association in _rows(package, "CFAssociations"):
        kind = text_in(association, "associationType")
        child, parent = (_end(association, end) for end in ("originNodeURI", "destinationNodeURI"))
        if kind != CHILD or child == top:
            others[shortened(kind) or "of no type"] += 1
            continue
        missing = next((end for end in (child, parent) if end != top and end not in nodes), None)
        if missing is not None:
            name = shortened(missing) or "(none)"
            raise refused(f"an association of it names the item {name}, which it does not hold")
        links.append((association.get("sequenceNumber"), nodes[child], nodes.get(parent)))
    return links, others


def _end(association: dict, end: str) -> str:
    node = association.get(end)
    return text_in(node, "identifier").lower() if isinstance(node, dict) else ""


def _linked(nodes: dict[str, Node], links: list[tuple], findings: Findings) -> list[Node]:
    """Every item under its first parent, in order; those that have none come last at the top."""
    placed: dict[Node, tuple] = {}
    for sequence, child, parent in links:
        if child not in placed:
            placed[child] = (sequence, parent)
        elif placed[child][1] is not parent:
            findings.warning(None, "item-of-two-parents", child.name, _two_parents(child, parent))
    roots: list[Node] = []
    for child, (_, parent) in sorted(placed.items(), key=lambda each: _rank(each[1][0], each[0])):
        child.parent = parent
        (roots if parent is None else parent.children).append(child)
    loose = [node for node in nodes.values() if node not in placed]
    for node in loose if placed else ():
        message = f"Item {node.name} is the child of nothing: it was read as standing at the top."
        findings.warning(None, "item-without-parent", node.name, message)
    return roots + loose


def _two_parents(child: Node, parent: Node | None) -> str:
    other = "the document" if parent is None else parent.name
    return f"Item {child.name} is a child of {other} too: it was read where it stands first."


def _rank(sequence: object, node: Node) -> tuple:
    numbered = isinstance(sequence, int) and not isinstance(sequence, bool)
    return (not numbered, sequence if numbered else 0, node.place)


def _measure(roots: list[Node], nodes: dict[str, Node]) -> None:
    """How deep each item stands; whatever no way leads to from the top goes in a circle."""
    level, depth, reached = roots, 0, 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise refused(f"its items stand more than {DEEPEST} levels deep")
        for node in level:
            node.depth = depth
        reached += len(level)
        level = [child for node in level for child in node.children]
    if reached < len(nodes):
        lost = next(node for node in nodes.values() if not node.depth)
        raise refused(f"its items are children of one another in a circle (item {lost.name} is one of them)")
