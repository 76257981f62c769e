"""Which items of a framework are units, which outcomes and which criteria."""

import re
from collections import Counter
from dataclasses import dataclass

from quals.specification.findings import Findings

from .tree import Node, Tree

UNIT_TYPE = re.compile(r"\b(?:unit|module)s?\b", re.IGNORECASE)


@dataclass
class UnitNode:
    """A unit with its outcomes and the items that become their criteria; `node` is None where the framework as a
    whole is the one unit, and an outcome None where the framework has none."""

    node: Node | None
    outcomes: list[tuple[Node | None, list[Node]]]


def units_of(tree: Tree, findings: Findings) -> list[UnitNode]:
    """Items whose type says unit are the units. Else the level that most of the lowest items stand on is that of the
    criteria, and units stand two levels above; a framework with fewer levels is one unit."""
    depth, flat = _unit_depth(tree)
    if flat:
        return [UnitNode(None, [(None, tree.roots)])]
    if depth == 0:
        return [UnitNode(None, _outcomes(tree.roots))]
    found, todo = [], tree.roots[::-1]
    while todo:
        node = todo.pop()
        if node.depth == depth or not node.children:
            found.append(UnitNode(node, _outcomes(node.children)))
        else:
            findings.note(None, "heading-above-units", node.name, _heading(node))
            todo += node.children[::-1]
    return found


def _unit_depth(tree: Tree) -> tuple[int, bool]:
    """0 for the document; and whether there is but one level."""
    typed = [node.depth for node in tree.nodes if UNIT_TYPE.search(node.kind[:200])]
    if typed:
        return min(typed), False
    ends = Counter(node.depth for node in tree.nodes if not node.children)
    usual = max(ends, key=lambda depth: (ends[depth], -depth))
    return max(usual - 2, 0), max(ends) == 1


def _outcomes(nodes: list[Node]) -> list[tuple[Node | None, list[Node]]]:
    return [(node, list(node.below())) for node in nodes]


def _heading(node: Node) -> str:
    return f"Item {node.name} holds units together: a pack has no place for it, so only the items under it were read."
