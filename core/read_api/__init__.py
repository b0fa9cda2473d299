"""What the routers of the read API share; `portal/api.py` puts them together.

- `parameters`: query parameters from a list's filters: described for OpenAPI, and checked.
- `paging`: `limit`, `cursor`, and the address of the next part.
- `problems`: errors as problem details (RFC 9457).
- `answers`: conditional requests, CORS, HEAD and OPTIONS round every answer.
- `schemas`: parts of answers that several kinds have.
- `openapi`: the API itself with its description.
"""
