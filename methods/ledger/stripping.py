"""What a reader of `recount.py` does not need goes out of a module: docstrings, type hints, casts, what has only to do
with them. Refuses modules that do more than import and define, because one file could not say when they do it.

>>> tree = ast.parse('def half(votes: int) -> int:\\n    \"\"\"Half.\"\"\"\\n    return cast(int, votes // 2)')
>>> print(ast.unparse(Stripper().visit(tree)))
def half(votes):
    return votes // 2
"""

import ast
import copy
from collections.abc import Iterator, Mapping, Set

IGNORED = (ast.Import, ast.ImportFrom, ast.If, ast.Expr)  # of a module: imports, type-only imports, `main`, docstring


class Stripper(ast.NodeTransformer):
    """Leaves out docstrings, hints and casts; the hints of a class stay, because a dataclass is made of them."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(_silent(node))

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        _silent(node)
        node.body = [one if isinstance(one, ast.AnnAssign) else self.visit(one) for one in node.body]
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], self.visit(node.value)), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[1] if isinstance(node.func, ast.Name) and node.func.id == "cast" else node


class Renamer(ast.NodeTransformer):
    """Gives names of a module other ones. names: those that change -> what they become."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        if node.arg in self.names:
            raise ValueError(f"line {node.lineno}: {node.arg} is an argument here and a function elsewhere")
        return node


def definitions(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """The names that a module defines at its top, each with its statement, stripped. Raises ValueError."""
    for node in tree.body:
        if isinstance(node, IGNORED):
            continue
        stripped = Stripper().visit(copy.deepcopy(node))
        if isinstance(stripped, ast.FunctionDef | ast.ClassDef):
            yield stripped.name, stripped
        elif isinstance(stripped, ast.Assign) and isinstance(stripped.targets[0], ast.Name):
            yield stripped.targets[0].id, stripped
        else:
            raise ValueError(f"line {node.lineno} does more than define")


def pruned(node: ast.stmt, attributes: Set[str]) -> ast.stmt:
    """A statement whose classes hold only methods that somebody calls. attributes: all names after a dot."""
    node = copy.deepcopy(node)
    if isinstance(node, ast.ClassDef):
        node.body = [
            one
            for one in node.body
            if not isinstance(one, ast.FunctionDef) or one.name in attributes or one.name.startswith("__")
        ] or [ast.Pass()]
    return node


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """Every node in a statement but its hints, which are never run."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.AnnAssign) and child is node.annotation):
            yield from parts_of(child)


def _silent(node: ast.FunctionDef | ast.ClassDef) -> ast.FunctionDef | ast.ClassDef:
    if ast.get_docstring(node) is not None:
        node.body = node.body[1:] or [ast.Pass()]
    return node
