"""The public surface of the SDK: every call, argument and field that a user can write down.

`reading` reads it from the code of both packages, as `values`; `annotations` compares its types. Nothing is run, so
that the packages of another revision, or of a document that does not fit `eigenpal/`, can be read as well.
``python -m generator.surface`` writes `openapi/surface.txt`, in which each change of the surface is seen in review.
"""
