"""A second release of a table that was published before, so that the two do not give each other away.

A reader is granted to know which figures changed in between. What was hidden stays hidden, unless it became
nought; what was shown and did not change is known and cannot cover anything. A figure is safe when it can be
shifted in both releases alike, or, if it changed, among changed figures of the one release alone.
"""

from collections.abc import Sequence

from .protection import Figure, Net, Place, State, Told
from .suppression import CannotProtect, Cell, Count, SuppressedTable, build, publish


def suppress_again(
    cells: Sequence[Sequence[Cell]], *, before: Sequence[Sequence[Cell]], published: SuppressedTable
) -> SuppressedTable:
    """A later release of a table: `before` are the true counts behind `published`, `cells` those of today.

    The same rows, columns, totals and threshold hold. ValueError where the shapes differ; CannotProtect where
    today's figures would give away what the earlier release hid: then wait for more figures, or publish a table
    with fewer rows.
    """
    if [len(row) for row in cells] != [len(row) for row in before]:
        raise ValueError("A later release has the rows and columns of the earlier one.")
    new, old = laid_out_as(published, cells), laid_out_as(published, before)
    carry_over(new, old, published)
    for told in sorted(Told, reverse=True):
        exposed = cover_again(new, old, told)
        if not exposed:
            return publish(new, 0, cells, told)
    raise CannotProtect(
        f"{exposed} figures could be worked out from this release together with the one before. "
        "Wait for more figures, or publish a table with fewer rows."
    )


def laid_out_as(published: SuppressedTable, cells: Sequence[Sequence[Cell]]) -> Net:
    return build(
        [cells],
        row_totals=published.row_totals is not None,
        column_totals=published.column_totals is not None,
        threshold=published.threshold,
    )


def seen_before(published: SuppressedTable, place: Place) -> Count | None:
    """What the earlier release showed at a place of the matrix; None for a total that was left out."""
    row, column = place
    height, width = len(published.rows), len(published.rows[0])
    if row < height and column < width:
        return published.rows[row][column]
    if row == height and column == width:
        return published.total
    side = published.row_totals if column == width else published.column_totals
    return side[row if column == width else column] if side else None


def pairs(new: Net, old: Net) -> list[tuple[Place, Figure, Figure]]:
    return [(place, new.at(t, place), old.at(t, place)) for t, place in new.places()]


def carry_over(new: Net, old: Net, published: SuppressedTable) -> None:
    """Set the earlier release's states as it was published, and what follows from them for the later one."""
    for place, now, then in pairs(new, old):
        count = seen_before(published, place)
        if then.state is State.ABSENT or count is None:
            continue
        if not count.hidden:
            then.state = State.FIXED
            if now.value == then.value:
                now.state = State.FIXED
        elif then.state is State.SHOWN:
            then.state = State.COVER
        if count.hidden and now.state is State.SHOWN:
            now.state = State.COVER


def cover_again(new: Net, old: Net, told: Told) -> int:
    """Hide what else must be hidden in the later release. Gives back how many figures are left exposed."""
    alike = safe_alike(new, old, told)
    for _place, now, then in pairs(new, old):
        changed = now.value != then.value
        now.steps = then.steps = (changed, changed)
    new.forget()
    old.forget()
    exposed = 0
    for place, now, then in pairs(new, old):
        if place in alike or not (now.hidden or then.hidden):
            continue
        if now.hidden:
            walk = new.cheapest(0, place)
            if walk is None:
                exposed += 1
                continue
            new.hide(walk)
        if then.hidden and old.cheapest(0, place) is None:
            exposed += 1
    return exposed


def safe_alike(new: Net, old: Net, told: Told) -> set[Place]:
    """Figures hidden in both releases that can be shifted in both alike."""
    new.told = old.told = told
    for _place, now, then in pairs(new, old):
        then.steps = (True, True)
        up, down = (then.cost(rise == (then.sign > 0), old.threshold, told) for rise in (True, False))
        now.steps = (up == 0, down == 0)
    new.forget()
    both = [place for place, now, then in pairs(new, old) if now.hidden and then.hidden]
    return {place for place in both if new.short_cut(0, place) or new.cheapest(0, place)}
