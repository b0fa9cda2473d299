"""Indexes of Elasticsearch: `<prefix>-vi-<stamp>` behind the alias `<prefix>-vi`, which readers ask.

Writers go through a second alias of each index, `<prefix>-vi-<stamp>-in`, and ask for aliases only: so no write can
bring an index back that was dropped meanwhile, without its mapping.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Boolean, Index, Keyword, Long, Mapping, Text, analyzer

#: an index without readers that is older than this was left behind
ABANDONED_AFTER = timedelta(minutes=5)
_STAMP = "%Y%m%d%H%M%S%f"

# Text is finished: the tokenizer only splits it. It keeps `khai_sinh` and `1001193` whole.
TOKENS = analyzer("tokens", type="custom", tokenizer="standard", filter=[])
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Level and extent come as lists of pages.
    "max_terms_count": 1_000_000,
    # What was taken away is remembered by empty documents.
    "gc_deletes": "0s",
}


def mapping() -> Mapping:
    """No positions, since pairs are tokens; no source, since entries are the source."""
    text = {"analyzer": TOKENS, "index_options": "freqs"}
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", enabled=False)
    for name in ("title", "keywords", "pairs", "text", "text_pairs"):
        made.field(name, Text(**text))
    made.field("filters", Keyword())
    made.field("id", Long())
    made.field("digest", Long(index=False))
    made.field("gone", Boolean())
    return made


@dataclass(slots=True)
class Targets:
    """The indexes of a language: the one that readers ask, and all that must be written to."""

    live: str = ""
    names: list[str] = field(default_factory=list)


class Indexes:
    """The indexes of one portal, told from others of the same server by their prefix."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self.prefix = prefix
        #: stamps of builds of this process that came to nothing
        self.given_up: set[str] = set()

    def alias(self, code: str) -> str:
        return f"{self.prefix}-{code}".lower()

    @staticmethod
    def entrance(name: str) -> str:
        """The alias by which an index is written to."""
        return f"{name}-in"

    def targets(self, codes: Iterable[str]) -> dict[str, Targets]:
        """Of each language that has any, its indexes."""
        aliases = {self.alias(code): code for code in codes}
        found: dict[str, Targets] = {}
        listed = self.client.indices.get_alias(index=f"{self.prefix}-*".lower(), ignore_unavailable=True)
        for name, described in listed.items():
            alias, _dash, stamp = name.rpartition("-")
            if alias not in aliases or not stamp.isdigit():
                continue
            targets = found.setdefault(aliases[alias], Targets())
            targets.names.append(name)
            if alias in described["aliases"]:
                targets.live = name
        return found

    def is_being_built(self, codes: Iterable[str]) -> bool:
        """Whether some process has lately begun to fill new indexes for these languages."""
        now = datetime.now(UTC)
        for targets in self.targets(codes).values():
            for name in targets.names:
                stamp = name.rpartition("-")[2]
                if name == targets.live or stamp in self.given_up:
                    continue
                if now - datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC) < ABANDONED_AFTER:
                    return True
        return False

    @staticmethod
    def new_stamp() -> str:
        return datetime.now(UTC).strftime(_STAMP)

    def create(self, code: str, stamp: str) -> str:
        """A new index that is not searched yet, nor refreshed, nor safe from a power cut before it is swapped in."""
        name = f"{self.alias(code)}-{stamp}"
        index = Index(name, using=self.client)
        index.settings(**SETTINGS, refresh_interval="-1", translog={"durability": "async"})
        index.aliases(**{self.entrance(name): {}})
        index.analyzer(TOKENS)
        index.mapping(mapping())
        index.create()
        return name

    def swap(self, names: dict[str, str]) -> None:
        """In one step readers ask these indexes (language → name), and the older ones are dropped."""
        made = list(names.values())
        lasting = {"refresh_interval": None, "translog.durability": None}
        self.client.indices.put_settings(index=made, settings=lasting)
        self.client.indices.flush(index=made)
        self.client.indices.refresh(index=made)
        targets = self.targets(names)
        actions: list[dict[str, Any]] = []
        for code, name in names.items():
            actions.append({"add": {"index": name, "alias": self.alias(code)}})
            # Names end with the moment of their making, so they are in order.
            others = [other for other in targets[code].names if other < name]
            actions += [{"remove_index": {"index": other}} for other in others]
        self.client.indices.update_aliases(actions=actions)

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.client.indices.delete(index=name, ignore_unavailable=True)
