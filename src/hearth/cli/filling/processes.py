"""How a second process of a fill begins. Nothing here touches a table: Django must be set up first."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from hearth.cli.running import end_with_parent


def pool(processes: int) -> ProcessPoolExecutor:
    """Processes of their own, each with its own connection."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=set_up)


def set_up() -> None:
    """Let a new process know the tables. It ends with the one that began it, however that one ends."""
    import django

    end_with_parent()
    django.setup()
