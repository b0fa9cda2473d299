"""What the admin's forms on levels post."""


def level_form(procedure, level, unit=None, **values):
    """A record's form: by decision 45/KH-UBND, "as entered", so that nothing is asked again."""
    return {
        "procedure": procedure.pk,
        "unit": unit.pk if unit else "",
        "level": level or "",
        "extent": "",
        "date": "2019-01-01",
        "decision_number": "45/KH-UBND",
        "decision_page": "",
        "note": "",
        "as_entered": "on",
        **values,
    }
