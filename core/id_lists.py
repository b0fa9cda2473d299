"""Long lists of ids in a query: one value, where Django would make and convert as many as there are ids."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models import BooleanField, Model
from django.db.models.expressions import RawSQL


def among(model: type[Model], ids: Collection[int]) -> RawSQL:
    """For `filter`: whose primary key is among these."""
    column = f"{connection.ops.quote_name(model._meta.db_table)}.{connection.ops.quote_name(model._meta.pk.column)}"
    if connection.vendor == "postgresql":
        return RawSQL(f"{column} = ANY(%s)", [list(ids)], BooleanField())  # noqa: S611 - the model's own names
    sql = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - the model's own names
    return RawSQL(sql, [json.dumps(list(ids))], BooleanField())  # noqa: S611
