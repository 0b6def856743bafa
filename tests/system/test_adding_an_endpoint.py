"""docs/adding-an-endpoint.md: whether what it quotes still stands in the sources."""

import re

from running_stack import ROOT

QUOTE = re.compile(r"^`([\w/.]+)`:\n\n```cpp\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def test_each_quoted_piece_stands_in_its_file():
    page = (ROOT / "docs" / "adding-an-endpoint.md").read_text()
    quotes = QUOTE.findall(page)
    assert len(quotes) == page.count("```cpp") == 6
    for file, piece in quotes:
        assert f"\n{piece}\n" in (ROOT / file).read_text(), f"{file} no longer has this:\n{piece}"
