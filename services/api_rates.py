"""Rates in the read API."""

import datetime

from pydantic import ConfigDict, Field

from core.read_api.schemas import Answer


class Share(Answer):
    """A share with everything without which it may not be shown: a `Rate`, from which it is made as it stands."""

    model_config = ConfigDict(from_attributes=True)

    numerator: int
    denominator: int
    value: float | None = Field(description="From 0 to 1, not rounded; `null`: none arose, which is neither 0 nor 1.")
    units: list[str] = Field(description="Names of the units that it is about.")
    date: datetime.date
    formula: str
    source: str


class DossierShare(Share):
    """A share of dossiers."""

    by_post: int = Field(description="Dossiers received by post, which variant A leaves out.")
    has_samples: bool = Field(description="Some of the figures are samples, not facts.")
