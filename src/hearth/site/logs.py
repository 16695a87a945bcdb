"""Logs as data, without personal words: no address of a page, no message of an exception, no request body.

Addresses hold ids and keys; a database's message quotes the row it refused. A line says what happened, on which page by
its route, and where in the code.
"""

import logging
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

OURS = "hearth"
KEEP = frozenset(
    {"event", "level", "timestamp", "logger", "request", "page", "method", "status", "ms", "problem", "at"}
    | {"template", "job", "count", "seconds"}
)


def logging_for(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's LOGGING: everything through one formatter to stderr."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            say_where_not_what,
            only_known_keys,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    level = environ.get("HEARTH_LOG", "INFO")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "hearth.site.logs.Plain"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": level},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }


class Plain(logging.Formatter):
    """Our own lines pass as they are. Of other people's only the logger, the level and where a problem happened."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name == OURS or record.name.startswith(OURS + "."):
            return record.getMessage()
        event: EventDict = {"event": "elsewhere", "logger": record.name, "level": record.levelname.lower()}
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if match is not None:
            event["page"] = match.route
        if hasattr(record, "status_code"):
            event["status"] = record.status_code
        if record.exc_info and record.exc_info[1] is not None:
            event.update(_where(record.exc_info[1], record.exc_info[2]))
        return str(structlog.processors.JSONRenderer()(None, "", event))


def say_where_not_what(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and the lines of code it passed; its message may quote somebody's words."""
    problem = event.pop("exc_info", None)
    if problem is True:
        problem = sys.exc_info()[1]
    if isinstance(problem, BaseException):
        event.update(_where(problem, problem.__traceback__))
    return event


def only_known_keys(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Leave out whatever nobody decided may be logged."""
    return {key: value for key, value in event.items() if key in KEEP}


def _where(problem: BaseException, trace: TracebackType | None) -> dict[str, object]:
    frames = traceback.extract_tb(trace)[-8:]
    return {
        "problem": type(problem).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
