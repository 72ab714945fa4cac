"""To be removed."""

from __future__ import annotations

from generator.lowering.walk import Spot, rewrite_schemas
from generator.nodes import Node, mapping, nodes


def deref(d, n):
    while "$ref" in n:
        t = d
        for s in n["$ref"][2:].split("/"):
            t = t[s]
        n = Node({**t, **({"description": n["description"]} if "description" in n else {})}, t.origin)
    return n


def _null(s: Node, spot: Spot) -> Node:
    if "oneOf" in s:
        s = Node({**s.without("oneOf"), "anyOf": s["oneOf"]}, s.origin)
    t = s.get("type")
    if isinstance(t, list):
        ks = [k for k in t if k != "null"]
        texts = {k: s[k] for k in s if k in ("description", "examples", "example", "deprecated") or k.startswith("x-")}
        inner = Node({**{k: v for k, v in s.items() if k not in texts}, "type": ks[0]}, s.origin)
        return Node({**texts, "anyOf": [inner, Node({"type": "null"}, s.origin)]}, s.origin) if len(ks) < len(t) else s
    return s


def interim(d, report):
    paths = {}
    for p, item in d["paths"].items():
        shared = nodes(item, "parameters")
        new = item.without("parameters")
        for m in ("get", "put", "post", "delete", "patch"):
            if m in item:
                o = item[m]
                ps = [deref(d, x) for x in [*nodes(o, "parameters"), *shared]]
                ch = {"parameters": [x.having(required=x.get("required") is True) for x in ps]} if ps else {}
                if "requestBody" in o:
                    ch["requestBody"] = deref(d, o["requestBody"])
                ch["responses"] = Node({s: deref(d, r) for s, r in o["responses"].items()}, o["responses"].origin)
                new = new.having(**{m: o.having(**ch)})
        paths[p] = new
    comps = mapping(d, "components")
    d = d.having(
        paths=Node(paths), components=Node({k: v for k, v in comps.items() if k in ("schemas", "securitySchemes")})
    )
    return rewrite_schemas(d, _null)
