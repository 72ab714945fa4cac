"""Generates `eigenpal_generated/` from `openapi/`: ``python -m generator``.

The modules, in the order in which the data passes through them:

- `loading` loads the document, `overlay` applies what is ours, and `reading` does both; `renames` recognizes operations
  under a new name.
- `lowering` rewrites the document into a small language that the rest understands.
- `view` is a form of it that openapi-python-client carries whole, `parsing` runs that, and `visitor` turns what was
  parsed into `types`. `facts` reads from the lowered document what the parse does not hold.
- `models` computes the modules of the models, with `decoding`. `arguments`, `encoding`, `bodies`, `requests`, `answers`
  and `documentation` compute what `operations` combines into endpoints and methods.
- `tree` arranges the methods in the client tree, `rendering` fills in the templates, `imports` finds the imports that
  the code needs, and `formatting` formats it.
- `hand_layer` reads what `eigenpal/` needs of the package, `compatibility` checks that it is there, and `output`
  compares the files with the package on disk and writes them.

`nodes` are the objects of a document, which know where they came from. `naming`, `spelling` and `text` turn its names
and texts into Python names and docstrings. `problems` defines what is reported, and `reporting` shows it. `surface`
reads what users see of both packages, and `changes` describes what a newer document changes for them.
"""
