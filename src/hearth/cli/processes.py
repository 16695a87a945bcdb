"""How a second process of a long command begins. Nothing here touches a table: Django must be set up first."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

LOOKED_THROUGH_AFTER = 100_000  # new objects: a story makes many, and few of them point at each other


def pool(processes: int) -> ProcessPoolExecutor:
    """Processes of their own, each with its own connection."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=set_up)


def set_up() -> None:
    """Let a new process know the tables. It ends with the one that began it, however that one ends."""
    import gc

    import django

    Thread(target=end_with_parent, daemon=True).start()
    django.setup()
    gc.freeze()  # what was imported is never looked through again
    gc.set_threshold(LOOKED_THROUGH_AFTER)


def end_with_parent() -> None:
    """Wait for the end of the process that began us, even by kill -9; then end."""
    if parent := parent_process():
        wait([parent.sentinel])
    os._exit(1)
