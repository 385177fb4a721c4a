"""Code that another review file covers than in a base: whether that one asks less of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.code.sources import is_python_by_name
from linter.engine.ground import Ground
from linter.engine.reviews import read_document
from linter.engine.scope.coverage import Coverage
from linter.engine.scope.simplicity import settings_of
from linter.model.document import FILE_NAME, Document
from linter.model.finding import TOP, Location
from linter.model.glob import relative
from linter.model.pointer import resolve
from linter.model.promise.change import PromiseChange, Weakening
from linter.model.promise.origin import origins
from linter.model.promise.review import compare_reviews
from linter.model.quote import shown
from linter.model.simplicity import LIMITS_OF_CODE, LIMITS_OF_TESTS, Simplicity
from linter.model.snapshot import Snapshot, is_whole

Documents = Mapping[str, Document]
Key = tuple[str, str]

GENERATED = "generated"

_WILDCARDS = frozenset("*?[")

ANY = "any.py"
"""Stands for the code of a folder: a review file may come before what it covers."""


def handed_over(ground: Ground) -> Iterator[Weakening]:
    """Where a review file is new or gone, or covers something else, what is asked of code there is less than in every
    base: limits, overrides, tolerance, mode and generated files. Where no file covers code, the defaults hold. The
    first review file of a tree takes nothing away: nobody had agreed on anything.

    The bases are read only where a review file changes.
    """
    if not ground.reviews or not _may_differ(ground):
        return
    found = [_weaker(ground, base) for base in ground.snapshot.bases]
    for key, weakening in found[0].items():
        if all(key in others for others in found):
            yield weakening


class _Handover(NamedTuple):
    """Code that went from one review file to another; None: no file covers it. `region` is the folder concerned."""

    before: Document | None
    after: Document | None

    @property
    def region(self) -> str:
        return max((document.folder for document in self if document), key=len)


def _may_differ(ground: Ground) -> bool:
    changes = ground.snapshot.changes()
    return is_whole(ground.snapshot) or any(change.path.rpartition("/")[2] == FILE_NAME for change in changes)


def _weaker(ground: Ground, base: Snapshot) -> dict[Key, Weakening]:
    now = {review.document.path: review.document for review in ground.reviews}
    before = _documents(ground, base, now)
    defaults = ground.reviews[0].policy.simplicity
    found: dict[Key, Weakening] = {}
    if before and _claims(before) != _claims(now):
        for handover in _handovers(ground.snapshot, base, before, now):
            for weakening in _compared(handover, defaults):
                found.setdefault((weakening.location.path, weakening.change.name), weakening)
    return found


def _documents(ground: Ground, base: Snapshot, now: Documents) -> Documents:
    """The review files of a base; those that are the same now are not read again."""
    entries, here = base.find([FILE_NAME]), ground.snapshot.paths()
    names = [path for path in entries if path.rpartition("/")[2] == FILE_NAME]
    return {
        path: now[path]
        if path in now and here[path].blob and here[path] == entries[path]
        else read_document(base, entries[path], True, memory=ground.memory)
        for path in names
    }


def _claims(documents: Documents) -> dict[str, Any]:
    return {path: resolve(document.data, "/covers") for path, document in documents.items()}


def _handovers(snapshot: Snapshot, base: Snapshot, before: Documents, now: Documents) -> Iterator[_Handover]:
    """Each two review files that code went between; files that cannot be read or are excluded take no part."""
    here, there = snapshot.paths(), base.paths()
    moved = _moved(before, now)
    old, new = Coverage(before.values()), Coverage(now.values())
    pairs: dict[tuple[str, str], _Handover] = {}
    for path in (*_probes(now.keys() - before.keys() - moved), *_sources(snapshot)):
        pair = _Handover(old.document_for(path), new.document_for(path))
        if path in there or _path(pair.after) not in moved:
            pairs.setdefault((_path(pair.before), _path(pair.after)), pair)
    for (giver, taker), pair in pairs.items():
        is_left_out = giver in here and giver not in now
        if giver != taker and not is_left_out and _are_readable(pair):
            yield pair


def _moved(before: Documents, now: Documents) -> set[str]:
    """The review files of products that stood elsewhere before."""
    return {path for path, document in origins(before.values(), now.values()).items() if document.path != path}


def _path(document: Document | None) -> str:
    return document.path if document else ""


def _are_readable(documents: Iterable[Document | None]) -> bool:
    return all(document is None or document.is_readable for document in documents)


def _probes(paths: Iterable[str]) -> Iterator[str]:
    return (path.removesuffix(FILE_NAME) + ANY for path in sorted(paths))


def _sources(snapshot: Snapshot) -> Iterator[str]:
    return (path for path, entry in snapshot.paths().items() if is_python_by_name(entry))


def _compared(handover: _Handover, defaults: Simplicity) -> Iterator[Weakening]:
    """What the code of the region is asked less for."""
    before, after = handover
    frame = after.folder if after else handover.region
    inside = relative(handover.region, frame) or ""
    was = _said(settings_of(before, defaults), handover.region, frame)
    said = _said(settings_of(after, defaults), handover.region, frame)
    for change in compare_reviews({"simplicity": was}, {"simplicity": said}, defaults):
        if change.is_weaker and (change.kind != GENERATED or _seen(str(change.after), frame, frame, inside)):
            yield _weakening(change, handover)


def _said(settings: Simplicity, region: str, frame: str) -> dict[str, Any]:
    """What settings ask of the code of a region, in the shape of a review file in the folder `frame`. Overrides for all
    of it are limits like others; those for other folders leave an empty place.
    """
    probe, inside = f"{region}/{ANY}".lstrip("/"), relative(region, frame) or ""
    limits = {kind: getattr(settings, kind)._asdict() for kind in (LIMITS_OF_CODE, LIMITS_OF_TESTS)}
    overrides: list[dict[str, Any]] = []
    for paths, given in settings.overrides:
        if paths.match(probe, settings.folder):
            limits = {kind: values | dict(given) for kind, values in limits.items()}
            overrides.append({})
        else:
            overrides.append(_override(paths.patterns, given, settings.folder, frame, inside))
    generated = [_seen(one, settings.folder, frame, inside) or one for one in settings.generated.patterns]
    others = {"mode": settings.mode, "legacy_tolerance": settings.legacy_tolerance}
    return {**limits, **others, "overrides": overrides, GENERATED: generated}


def _override(
    patterns: Iterable[str], given: Iterable[tuple[str, int]], folder: str, frame: str, inside: str
) -> dict[str, Any]:
    """An override as seen from `frame`; nothing where none of its patterns reaches there."""
    seen = list(filter(None, (_seen(one, folder, frame, inside) for one in patterns)))
    return {"paths": seen, "limits": dict(given)} if seen else {}


def _seen(pattern: str, folder: str, frame: str, inside: str) -> str | None:
    """What a pattern of the review file in `folder` is as seen from `frame`, one of which lies in the other; None where
    it cannot reach into the folder `inside` the frame.
    """
    inner, outer = relative(frame, folder) or "", relative(folder, frame) or ""
    if frame != folder and outer:
        return f"{outer}/{pattern}"
    way = inner if frame != folder else inside
    name = pattern.partition("/")[0]
    if way and name != way.partition("/")[0] and not _WILDCARDS.intersection(name):
        return None
    return pattern.removeprefix(f"{inner}/") if inner else pattern


def _weakening(change: PromiseChange, handover: _Handover) -> Weakening:
    before = handover.before
    area = shown(handover.region) or "the root folder"
    whose = f"{shown(before.path)}, which covered {area}" if before else f"the defaults, which held for {area}"
    sentence = f"{change.sentence}, as against {whose} before"
    place = _place(change.pointer, handover)
    return Weakening(change._replace(sentence=sentence, name=f"{handover.region}: {change.name}"), place)


def _place(pointer: str, handover: _Handover) -> Location:
    before, after = handover
    if after:
        return Location(after.path, after.span(pointer), pointer)
    return Location(before.path if before else FILE_NAME, TOP)
