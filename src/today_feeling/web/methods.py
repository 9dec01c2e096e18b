"""Which methods a path of the API has: what a 405 has to say in `Allow` (RFC 9110)."""

from __future__ import annotations

import re
from typing import Any

from starlette.routing import compile_path


def allowed(document: dict[str, Any], path: str) -> str | None:
    """The methods of `path`, sorted, as `Allow` lists them; None where the API has none.

    Starlette names only those of the first route that fits, and a noun has several.
    """
    # A path that is written out is meant before one with a part that varies.
    for template, operations in sorted(document["paths"].items(), key=lambda item: "{" in item[0]):
        if re.match(compile_path(template)[0], path):
            return ", ".join(sorted(method.upper() for method in operations))
    return None
