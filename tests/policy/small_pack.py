"""A pack of a few lines to which one more thing is said, and what the checker says of it."""

import pytest

from hearth.policy.packs import BadPack, Chain, Pack, PackFiles, build

GROUND = """\
[pack]
title = "A small association"
version = "1"
policy = "Safeguarding"

[[clause]]
id = "1"
text = "We decide."
source = "Section 1"

[[post]]
id = "lead"
title = "Lead"
parts = ["lead"]
required = true
meets_residents = true

[[post]]
id = "deputy"
title = "Deputy"
parts = ["deputy"]

[[word]]
list = "agency"
code = "police"
label = "Police"

[[word]]
list = "abuse_type"
code = "cce"
label = "Criminal exploitation"
national = { cin = "24A" }

[[rule]]
id = "concern.triage"
promise = "Decide"
about = "concern"
clause = "1"
owner = "triage"
starts = "concern.logged"
stops = "concern.triaged"
limit = "1 working day"

"""
LINES = GROUND.count("\n")


def chain(added: str, upper: str = "") -> Chain:
    ground = PackFiles("ground", (("pack.toml", (GROUND + added).encode()),))
    return Chain((ground, PackFiles("upper", (("pack.toml", upper.encode()),))) if upper else (ground,))


def said(added: str) -> Pack:
    return build(chain(added))


def refused(added: str) -> list[str]:
    with pytest.raises(BadPack) as bad:
        said(added)
    return [str(problem) for problem in bad.value.problems]


def table(name: str, *lines: str) -> str:
    return "\n".join((f"[[{name}]]", *lines, 'clause = "1"', ""))
