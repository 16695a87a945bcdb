"""What may be told of a month's figures, so that no number points at anybody. Plain Python."""

from collections.abc import Collection, Mapping, Sequence

from hearth.assurance.terms import Told

SMALL = Told(None, is_small=True)
KEPT_BACK = Told(None)


def told(number: int, fewer_than: int) -> Told:
    """One figure by itself. Nought points at nobody."""
    return SMALL if 0 < number < fewer_than else Told(number)


def told_of(
    numbers: Mapping[str, int], fewer_than: int, told_elsewhere: frozenset[str] = frozenset()
) -> tuple[Told, dict[str, Told]]:
    """The total of a month and its parts, in which no small part can be worked out from the total and the others.

    A small part is said to be small and no more. Where the total would give it away, larger parts are kept back beside
    it, in the order of their names and those that are told elsewhere last: an order by their numbers would tell
    something of them. Where even that does not do, no part is told; nor is any of a total that is small itself and has
    several, since as many small parts as it can hold are one each.
    """
    total = sum(numbers.values())
    small = [part for part, number in numbers.items() if 0 < number < fewer_than]
    if 0 < total < fewer_than:
        one = {part: told(number, fewer_than) for part, number in numbers.items()}
        return SMALL, one if len(small) == 1 else dict.fromkeys(numbers, KEPT_BACK)
    large = sorted(
        (part for part, number in numbers.items() if number >= fewer_than),
        key=lambda part: (part in told_elsewhere, part),
    )
    back: list[str] = []
    while small and not hides(numbers, small, back, fewer_than):
        if not large:
            return Told(total), dict.fromkeys(numbers, KEPT_BACK)
        back.append(large.pop(0))
    kept = dict.fromkeys(small, SMALL) | dict.fromkeys(back, KEPT_BACK)
    return Told(total), {part: kept.get(part, Told(number)) for part, number in numbers.items()}


def hides(numbers: Mapping[str, int], small: Sequence[str], back: Sequence[str], fewer_than: int) -> bool:
    """Whether each small part may still be anything from one to just under the limit, for all that is told.

    Whoever reads knows the sum of what is not told, that each small part is at least one and below the limit, and that
    each part kept back is at least the limit.
    """
    most = fewer_than - 1
    rest = sum(numbers[part] for part in (*small, *back)) - fewer_than * len(back)
    others = len(small) - 1
    could_be_one = bool(back) or rest - 1 <= others * most
    could_be_most = rest - others >= most
    return could_be_one and could_be_most


def told_apart(
    rows: Mapping[str, Mapping[str, int]], whole: Mapping[str, Told], fewer_than: int
) -> Mapping[str, tuple[Told, dict[str, Told]]]:
    """The same month company by company, beside `whole`, the parts as they are told of all companies together.

    What the companies come to is told as the parts of any whole are. A part is told for every company or for none: for
    none where it is small for one of them, or not told of the whole. What is not told is always several parts, and of
    no company do these come to a small number. So each number in that block may be any of many, whichever numbers are
    taken from each other. Companies that are not told themselves count as one in this.
    """
    _, in_all = told_of({row: sum(parts.values()) for row, parts in rows.items()}, fewer_than)
    hidden = [row for row in rows if in_all[row].number is None]
    lines = [parts for row, parts in rows.items() if row not in hidden]
    if hidden:
        lines.append({part: sum(rows[row][part] for row in hidden) for part in whole})
    back = _not_told(lines, whole, fewer_than)
    return {row: (in_all[row], _line(parts, in_all[row], back)) for row, parts in rows.items()}


def _not_told(lines: Sequence[Mapping[str, int]], whole: Mapping[str, Told], fewer_than: int) -> Collection[str]:
    """The parts that are told for no company."""
    back = {part for part in whole if whole[part].number is None or any(0 < line[part] < fewer_than for line in lines)}
    others = sorted((each.number or 0, part) for part, each in whole.items() if part not in back and each.number)
    while any(0 < sum(line[part] for part in back) < fewer_than for line in lines):
        if not others:
            return whole.keys()
        back.add(others.pop(0)[1])
    return back


def _line(parts: Mapping[str, int], in_all: Told, back: Collection[str]) -> dict[str, Told]:
    """The parts of one company. Where there is nothing at all, each is nought."""
    if in_all.number is None:
        return dict.fromkeys(parts, KEPT_BACK)
    return {part: KEPT_BACK if part in back and in_all.number else Told(number) for part, number in parts.items()}
