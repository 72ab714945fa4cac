"""Generates `eigenpal_generated/` from `openapi/`: ``python -m generator``.

The modules, in the order in which the data passes through them:

- `loading` loads the document, `overlay` applies what is ours, and `reading` does both; `renames` recognizes operations
  under a new name.
- `spec` looks things up in the document, and `lint` rejects everything that is not supported.
- `parsing` runs openapi-python-client on it.
- `types` and `decoding` produce annotations and decoders; `schemas` builds the model modules from them.
- `arguments`, `requests`, `answers` and `documentation` compute what `operations` combines into endpoints and methods.
- `tree` arranges the methods in the client tree, `rendering` fills in the templates, `imports` finds the imports that
  the code needs, and `formatting` formats it.
- `hand_layer` reads what `eigenpal/` needs of the package, `compatibility` checks that it is there, and `output`
  compares the files with the package on disk and writes them.

`naming` and `text` turn names and text of the spec into Python names and docstrings. `problems` defines the one error,
and `reporting` shows it; `changes` describes what a newer spec changes.
"""
