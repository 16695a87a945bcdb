"""What a page says, in blocks, and which of them leads to a clause."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset({"main", "li", "tr", "dl", "section", "form", "details", "nav"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
PROMISES = "/promises"


@dataclass
class Block:
    """One part of a page: its own words and those of what stands inside, and where its links lead."""

    words: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        return any(href.startswith(PROMISES) for href, _words in self.links)


@dataclass
class Page:
    """A page by its blocks: of each piece of text the innermost."""

    body: str
    blocks: list[Block]

    @property
    def text(self) -> str:
        return self.blocks[0].words if self.blocks else ""

    def leads_from(self, words: str) -> bool:
        """Whether a link to a clause has these words."""
        return any(words in said for href, said in self.blocks[0].links if href.startswith(PROMISES))

    def bare(self, words: str) -> bool:
        """Whether these words stand in a block that leads to no clause, and in none inside it either."""
        return any(words in block.words and not block.leads for block in self.blocks)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.open: list[tuple[str, Block | None]] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        block = None
        if tag in BLOCKS and (tag == "main" or self.blocks):
            block = Block()
            self.blocks.append(block)
        self.open.append((tag, block))
        if tag == "a":
            self.link = dict(attrs).get("href") or ""
            for each in self._around():
                each.links.append((self.link, ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                break
        if tag == "a":
            self.link = ""

    def handle_data(self, data: str) -> None:
        for each in self._around():
            each.words += data
            if self.link and each.links:
                href, words = each.links[-1]
                each.links[-1] = href, words + data

    def _around(self) -> list[Block]:
        return [block for _tag, block in self.open if block is not None]


def page_of(body: str) -> Page:
    """A page as it was answered."""
    reading = _Reading()
    reading.feed(body)
    return Page(body, reading.blocks)
