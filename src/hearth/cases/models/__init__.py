"""The tables of a case, split by noun."""

from hearth.cases.models.case import Case, CaseConcern, Handover
from hearth.cases.models.judgement import Closure, Review, RiskBand
from hearth.cases.models.work import Action, Contact, Note

__all__ = ["Action", "Case", "CaseConcern", "Closure", "Contact", "Handover", "Note", "Review", "RiskBand"]
