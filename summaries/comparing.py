"""Sets two summaries of one consultation side by side: which themes are new, grown, shrunk, as they were, or gone."""

from dataclasses import dataclass

from summaries.models import Build, Theme


@dataclass(frozen=True)
class Change:
    """A theme in both summaries or in one of them; they are recognised by their keys."""

    before: Theme | None
    after: Theme | None

    @property
    def theme(self) -> Theme:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def difference(self) -> int:
        """How many contributions more than before."""
        return (self.after.contributions if self.after else 0) - (self.before.contributions if self.before else 0)


def compare(before: Build, after: Build) -> dict[str, list[Change]]:
    """Changes by kind: "new", "grown", "shrunk", "same", "gone", each with the biggest change first. Two queries."""
    then = {theme.key: theme for theme in before.themes.standing()}
    now = {theme.key: theme for theme in after.themes.standing()}
    found: dict[str, list[Change]] = {kind: [] for kind in ("new", "grown", "shrunk", "same", "gone")}
    for key in {**now, **then}:
        change = Change(then.get(key), now.get(key))
        if change.before is None:
            kind = "new"
        elif change.after is None:
            kind = "gone"
        else:
            kind = "grown" if change.difference > 0 else "shrunk" if change.difference < 0 else "same"
        found[kind].append(change)
    for changes in found.values():
        changes.sort(key=lambda change: (-abs(change.difference), change.theme.number))
    return found
