"""How a second process of a fill begins. Nothing here touches a table: Django must be set up first."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from hearth.cli.running import end_with_parent

LOOKED_THROUGH_AFTER = 100_000  # new objects: a story makes many, and few of them point at each other


def pool(processes: int) -> ProcessPoolExecutor:
    """Processes of their own, each with its own connection."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=set_up)


def set_up() -> None:
    """Let a new process know the tables. It ends with the one that began it, however that one ends."""
    import gc

    import django

    end_with_parent()
    django.setup()
    gc.freeze()  # what was imported is never looked through again
    gc.set_threshold(LOOKED_THROUGH_AFTER)
