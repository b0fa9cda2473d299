"""Elasticsearch 9 through the official client: without a plugin; it splits and stores finished tokens.

Entries that were taken away stay as empty documents with their version until the next rebuild: Elasticsearch forgets
the versions of deleted ones after a minute, and a push that lingered would bring an old text back.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.query import Bool, CombinedFields, Term, Terms
from elasticsearch.helpers import streaming_bulk
from wagtail.models import Locale

from search.engines.base import LIMIT, Asked, Candidates, Document, Filters, Frequencies, filter_token, in_turn
from search.engines.deadline import within
from search.engines.faults import GONE, WRONG, faults
from search.engines.filling import Filling
from search.engines.indices import Indexes, Targets
from search.engines.outside import (
    Change,
    Held,
    IndexMissing,
    OutsideEngine,
    OutsideFault,
    Pushed,
    QuestionRefused,
    Removal,
    digest,
)

READ_SECONDS = 1.0
# Before something is written the indexes are looked up: a server that hangs is found out by that.
LOOK_SECONDS = 3.0
WRITE_SECONDS = 10.0
BULK = {"chunk_size": 500, "max_chunk_bytes": 10 * 1024 * 1024, "raise_on_error": False, "max_retries": 0}
PAGE = 10_000  # rows of one answer when everything is listed

# The same weights as in the embedded engine.
TITLES = ("title^4", "keywords^3", "pairs^5")
TEXTS = ("text", "text_pairs^2")
DONE = frozenset({200, 201, 409})  # 409: a newer version is there


class ElasticsearchEngine(OutsideEngine):
    def __init__(
        self, url: str, *, prefix: str, ca: str = "", user: str = "", password: str = "", api_key: str = ""
    ) -> None:
        self.client = Elasticsearch(
            url,
            ca_certs=ca or None,
            basic_auth=(user, password) if user else None,
            api_key=api_key or None,
            request_timeout=READ_SECONDS,
            max_retries=0,
        )
        self.writer = self.client.options(request_timeout=WRITE_SECONDS)
        self.indexes = Indexes(self.writer, prefix)
        self._codes: dict[int, str] = {}

    def candidates(self, asked: Asked, filters: Filters, limit: int = LIMIT) -> Candidates:
        return self.candidates_of_each(asked, [filters], limit)[0]

    def candidates_of_each(self, asked: Asked, several: Sequence[Filters], limit: int = LIMIT) -> list[Candidates]:
        """In one request, titles and texts apart."""
        code = self._code(several[0].locale_id)
        if not code or not asked:
            return [Candidates()]
        multi, alias = MultiSearch(), self.indexes.alias(code)
        for filters in several:
            multi = multi.add(_search(asked.titles, TITLES, filters, limit))
            multi = multi.add(_search(asked.texts, TEXTS, filters, limit))
        rows = self._ask(lambda: self.client.msearch(index=alias, searches=multi.to_dict()), _rows)
        found = [in_turn(titles, texts, limit) for titles, texts in zip(rows[::2], rows[1::2], strict=True)]
        return found if found[0].is_full else found[:1]

    def frequencies(self, terms: Collection[str], locale_id: int, most: int) -> Frequencies:
        code, listed = self._code(locale_id), list(terms)
        if not code or not listed:
            return Frequencies({}, {})
        search = Search().extra(size=0, track_total_hits=False)
        for name, places in (("titles", _in_title), ("texts", _in_text)):
            # Named by their places: a token may be anything.
            queries = {str(place): places(term) for place, term in enumerate(listed)}
            search.aggs.bucket(name, "filters", filters=queries)
        options = {"index": self.indexes.alias(code), "allow_partial_search_results": False}

        def counts(answer: Mapping[str, Any]) -> list[dict[str, int]]:
            _require_whole(answer)
            buckets = [answer["aggregations"][name]["buckets"] for name in ("titles", "texts")]
            found = [{listed[int(place)]: bucket["doc_count"] for place, bucket in part.items()} for part in buckets]
            return [{term: min(count, most + 1) for term, count in part.items() if count} for part in found]

        return Frequencies(*self._ask(lambda: self.client.search(**options, body=search.to_dict()), counts))

    def probe(self) -> None:
        """All languages that were asked for so far."""
        names = [self.indexes.alias(code) for code in set(self._codes.values())] or [f"{self.indexes.prefix}-*"]
        options = {"index": names, "size": 0, "allow_partial_search_results": False}
        self._ask(lambda: self.client.search(**options), _require_whole)

    def push(self, changes: Sequence[Change]) -> Pushed:
        with faults():
            # An index may be dropped between the look and the write; so a second look, and a third.
            for _attempt in range(3):
                targets = self._targets(changes)
                pushed = self._write(changes, targets)
                if pushed is not None:
                    return pushed
        raise OutsideFault("the indexes change all the time")

    def build(self, locale_ids: Collection[int]) -> Filling:
        codes = [code for locale_id in locale_ids if (code := self._code(locale_id))]
        stamp, names = self.indexes.new_stamp(), {}
        with faults():
            for code in codes:
                names[code] = self.indexes.create(code, stamp)
        return Filling(self.indexes, names, lambda change: self._operation(change, names[self._code(change.locale_id)]))

    def held(self, locale_id: int) -> Mapping[int, Held]:
        code = self._code(locale_id)
        with faults():
            if code not in self.indexes.targets([code]):
                raise IndexMissing(f"there is no index for {code}")
            self.writer.indices.refresh(index=self.indexes.alias(code))
            return dict(self._list(self.indexes.alias(code)))

    def is_complete(self, locale_ids: Iterable[int]) -> bool:
        codes = [self._code(locale_id) for locale_id in locale_ids]
        with faults():
            targets = within(LOOK_SECONDS, lambda: self.indexes.targets(codes))
        return all(code in targets and targets[code].live for code in codes)

    def is_being_built(self, locale_ids: Iterable[int]) -> bool:
        codes = [self._code(locale_id) for locale_id in locale_ids]
        with faults():
            return within(LOOK_SECONDS, lambda: self.indexes.is_being_built(codes))

    def write(self, documents: Sequence[Document]) -> None:
        """As `push`, but a text of the same version is replaced."""
        with faults():
            self._write(documents, self._targets(documents), version_type="external_gte")

    def remove(self, ids: Collection[int]) -> None:
        with faults():
            for found in self.indexes.targets(Locale.objects.values_list("language_code", flat=True)).values():
                for name in found.names:
                    actions = [{"_op_type": "delete", "_index": name, "_id": str(page_id)} for page_id in ids]
                    list(streaming_bulk(self.writer, actions, **BULK))
                    self.writer.indices.refresh(index=name)

    def retain(self, ids: Collection[int]) -> None:
        for locale_id in Locale.objects.values_list("pk", flat=True):
            self.remove(set(self.held(locale_id)).difference(ids))

    def ids(self) -> set[int]:
        locale_ids = Locale.objects.values_list("pk", flat=True)
        return {pk for locale_id in locale_ids for pk, row in self.held(locale_id).items() if row.digest is not None}

    def differing(self, documents: Sequence[Document]) -> set[int]:
        held = {locale_id: self.held(locale_id) for locale_id in {document.locale_id for document in documents}}
        stored = ((document, held[document.locale_id].get(document.id)) for document in documents)
        return {document.id for document, row in stored if row is None or row.digest != digest(document)}

    def clear(self) -> None:
        """New, empty indexes for every language."""
        self.build(list(Locale.objects.values_list("pk", flat=True))).swap()

    def _code(self, locale_id: int) -> str:
        """The language's code, which names its index; remembered, since `probe` must do without the database."""
        if locale_id not in self._codes:
            code = Locale.objects.filter(pk=locale_id).values_list("language_code", flat=True).first()
            if code is None:
                return ""
            self._codes[locale_id] = code
        return self._codes[locale_id]

    def _ask(self, call: Callable[[], Any], read: Callable[[Any], Any]) -> Any:
        """What `read` finds in the answer to a reader's question, which must be there within a second."""
        with faults():
            return within(READ_SECONDS, lambda: read(call()))

    def _targets(self, changes: Iterable[Change]) -> dict[str, Targets]:
        codes = {self._code(change.locale_id) for change in changes}
        targets = within(LOOK_SECONDS, lambda: self.indexes.targets(codes))
        for code in codes:
            if code not in targets or not targets[code].live:
                raise IndexMissing(f"there is no index for {code}")
        return targets

    def _write(
        self, changes: Sequence[Change], targets: Mapping[str, Targets], version_type: str = "external"
    ) -> Pushed | None:
        """None where an index was gone."""
        wanted = [(change, name) for change in changes for name in targets[self._code(change.locale_id)].names]
        actions = ({**self._operation(change, name), "version_type": version_type} for change, name in wanted)
        pushed = Pushed(done={change.id for change in changes})
        answers = streaming_bulk(self.writer, actions, **BULK)
        for (change, _name), (_is_ok, answer) in zip(wanted, answers, strict=True):
            outcome = answer["index"]
            if outcome["status"] == GONE:
                return None
            if outcome["status"] in DONE:
                continue
            reason = str(outcome.get("error"))[:500]
            if outcome["status"] != WRONG:
                raise OutsideFault(f"a write was answered with {outcome['status']}: {reason}")
            pushed.done.discard(change.id)
            pushed.refused[change.id] = reason
        names = [name for found in targets.values() for name in found.names]
        self.writer.indices.refresh(index=names, ignore_unavailable=True)
        return pushed

    def _operation(self, change: Change, name: str) -> dict[str, Any]:
        return {
            "_index": self.indexes.entrance(name),
            "_id": str(change.id),
            "require_alias": True,
            "version": change.version,
            "version_type": "external",
            "_source": _source(change),
        }

    def _list(self, alias: str) -> Iterator[tuple[int, Held]]:
        search = Search().extra(size=PAGE, version=True, track_total_hits=False, docvalue_fields=["digest", "gone"])
        search = search.source(False).sort("id")
        while True:
            answer = self.writer.search(index=alias, allow_partial_search_results=False, body=search.to_dict())
            rows = answer["hits"]["hits"]
            for row in rows:
                fields = row.get("fields", {})
                yield row["sort"][0], Held(row["_version"], None if "gone" in fields else fields["digest"][0])
            if len(rows) < PAGE:
                return
            search = search.extra(search_after=rows[-1]["sort"])


def _source(change: Change) -> dict[str, Any]:
    if isinstance(change, Removal):
        return {"id": change.id, "gone": True}
    return {
        "id": change.id,
        "digest": digest(change),
        "title": change.title,
        "keywords": change.keywords,
        "pairs": f"{change.title_pairs} {change.keyword_pairs}",
        "text": change.text,
        "text_pairs": change.text_pairs,
        "filters": change.filters.split(),
    }


def _search(terms: Iterable[str], fields: Sequence[str], filters: Filters, limit: int) -> Search:
    narrowed = [
        Terms(filters=[filter_token(name, value) for value in values])
        for name, values in filters.facets.items()
        if values
    ]
    if filters.pages is not None:
        narrowed.append(Terms(id=sorted(filters.pages)))
    query = Bool(must=[CombinedFields(query=" ".join(terms), fields=list(fields))], filter=narrowed)
    search = Search().query(query).sort("_score", "id").source(False)
    return search.extra(size=limit + 1, track_total_hits=False, stored_fields="_none_")


def _in_title(term: str) -> dict[str, Any]:
    if "_" in term:
        return Term(pairs=term).to_dict()
    return Bool(should=[Term(title=term), Term(keywords=term)]).to_dict()


def _in_text(term: str) -> dict[str, Any]:
    return Term(**{"text_pairs" if "_" in term else "text": term}).to_dict()


def _require_whole(answer: Mapping[str, Any]) -> None:
    if "error" in answer:
        kind = {WRONG: QuestionRefused, GONE: IndexMissing}.get(answer.get("status"), OutsideFault)
        raise kind(str(answer["error"])[:500])
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise OutsideFault("the answer is not whole")


def _rows(answer: Mapping[str, Any]) -> list[list[int]]:
    """The page ids of each search in one answer, the likeliest first."""
    found = []
    for part in answer["responses"]:
        _require_whole(part)
        found.append([row["sort"][1] for row in part["hits"]["hits"]])
    return found
