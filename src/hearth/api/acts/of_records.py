"""One act that concerns and cases have both: an operation for each, asked and refused alike."""

import inspect
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import View, operation
from hearth.pathway.records import CASE, CONCERN, READS, record_for

READ = {CONCERN: (Scope.CONCERNS_READ, Scope.TRIAGE), CASE: (Scope.CASES_READ,)}
WRITE = {CONCERN: (Scope.TRIAGE,), CASE: (Scope.CASES_WRITE,)}


def of_records(
    method: str, path: str, act: Act, *, gives: dict[int, Any], tag: str, needs: tuple[Act, ...] = ()
) -> Callable[[View], View]:
    """Two operations of one view, which is given the concern or the case as its record."""

    def add(view: View) -> View:
        for kind, reads in READS.items():
            scopes = (READ if method == "GET" else WRITE)[kind]
            operation(
                method, f"/{kind}s/{{uuid:{kind}_id}}{path}", act, *scopes, gives=gives, tag=tag,
                name=f"{view.__name__}_in_{kind}", needs=(reads, *needs),
            )(_about(kind, act, view))  # fmt: skip
        return view

    return add


def _about(kind: str, act: Act, view: View) -> View:
    argument = f"{kind}_id"

    @wraps(view)
    def found(request: Asked, **sent: Any) -> object:
        return view(request, record_for(request.viewer, kind, sent.pop(argument), act=act), **sent)

    told = inspect.signature(view)
    request, record, *others = told.parameters.values()
    parameters = [request, record.replace(name=argument, annotation=uuid.UUID), *others]
    found.__dict__["__signature__"] = told.replace(parameters=parameters)  # the library reads the parameters there
    return found
