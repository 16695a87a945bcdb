"""The files of one import, read together."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hearth.housing.imports.sheets import read_homes, read_people, read_staff, read_tenancies
from hearth.housing.imports.terms import CannotRead, Register, SheetKind


def read_register(contents: Mapping[SheetKind, bytes], today: date) -> Register:
    """The register that these files hold; a file that is not given is empty. CannotRead names the file at fault."""
    register = Register()
    for kind, content in contents.items():
        try:
            register = _with(register, kind, content, today)
        except CannotRead as problem:
            raise CannotRead(f"The file of {kind.value}: {problem}") from problem
    return register


def read_folder(folder: Path, today: date) -> Register:
    """The register in a folder: homes.csv, tenancies.csv, people.csv and staff.csv, as many as are there."""
    found = {kind: path.read_bytes() for kind in SheetKind if (path := folder / f"{kind.value}.csv").is_file()}
    if not found:
        names = ", ".join(f"{kind.value}.csv" for kind in SheetKind)
        raise CannotRead(f"There is none of {names} in {folder}.")
    return read_register(found, today)


def _with(register: Register, kind: SheetKind, content: bytes, today: date) -> Register:
    match kind:
        case SheetKind.HOMES:
            return Register(read_homes(content), register.tenancies, register.people, register.staff)
        case SheetKind.TENANCIES:
            return Register(register.homes, read_tenancies(content), register.people, register.staff)
        case SheetKind.PEOPLE:
            return Register(register.homes, register.tenancies, read_people(content, today), register.staff)
        case SheetKind.STAFF:
            return Register(register.homes, register.tenancies, register.people, read_staff(content))
