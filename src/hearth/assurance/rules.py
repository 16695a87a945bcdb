"""What may be told of a month's figures, so that no number points at anybody. Plain Python."""

from collections.abc import Mapping, Sequence

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
    it, the smallest first and those that are told elsewhere last; where even that does not do, no part is told.
    """
    total = sum(numbers.values())
    small = [part for part, number in numbers.items() if 0 < number < fewer_than]
    if 0 < total < fewer_than:
        return SMALL, {part: told(number, fewer_than) for part, number in numbers.items()}
    large = sorted(
        (part for part, number in numbers.items() if number >= fewer_than),
        key=lambda part: (part in told_elsewhere, numbers[part], part),
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
