"""Writes `eigenpal_generated/` from `openapi/openapi.yaml`: ``python -m generator``.

The way of the data, one module a step; each says only what it adds:

- `document` loads the text, `spec` reads it by the words of OpenAPI, `lint` refuses what would have to be guessed.
- `parsing` drives openapi-python-client over it.
- `types` and `decoding` write types and decoders; `schemas` makes the pages of the models of them.
- `arguments`, `requests`, `answers` and `documentation` compute what `operations` puts together: pages and methods.
- `tree` hangs the methods at their places, `rendering` lays everything out with the templates and `imports`,
  `formatting` formats it, and `output` compares and writes.

`naming` and `text` turn names and texts of the spec into names and texts of Python. `problems` holds the one error,
and `changes` tells what a newer spec changes.
"""
