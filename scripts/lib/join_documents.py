#!/usr/bin/env python3
"""Joins the OpenAPI documents of the pools to one, for a page about both.

Usage: join_documents.py DOCUMENT…
"""

import json
import sys


def join(documents):
    """One document. What has the same name in several is the same."""
    joined = documents[0]
    joined["info"]["title"] = "innergate"
    for document in documents[1:]:
        joined["paths"].update(document["paths"])
        for kind, entries in document["components"].items():
            joined["components"].setdefault(kind, {}).update(entries)
    return joined


def main():
    documents = []
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            documents.append(json.load(file))
    json.dump(join(documents), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
