"""Checking by sample: whom to draw, what the checks say of the whole, and whether two reviewers agree.

Standard library only. It refuses to speak of the population: what is estimated is the error of coding.
"""

from methods.survey.agreement import krippendorff_alpha, raw_agreement
from methods.survey.estimates import Estimate, Stratum, draw, estimate

__all__ = ["Estimate", "Stratum", "draw", "estimate", "krippendorff_alpha", "raw_agreement"]
