"""Describes what a changed document means for users of the client: ``python -m generator.changes OLD NEW``.

- `sides` reads each of the two: a document or a git revision, as a package, its surface and its facts.
- `calls` and `models` compare the `surfaces`, `behavior` what no signature shows, and `texts` what people read;
  `remainder` finds what is left in the code, so that nothing goes unsaid.
- `places` finds where the document describes what, and `renames` recognizes renamed models.
- `entries` are what is found, `versions` the version to release it under, and `formats` what is
  printed, in `markdown` that the texts of a document cannot break.
"""
