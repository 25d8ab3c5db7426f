"""Whoosh's pickles, read without running what is in them.

Whoosh keeps the list of segments, the directory of a segment and every block of postings as pickles, and a pickle from a stranger
runs code. An index is only ever made by us, but it lies in a folder that others can write to. So the few names with which Whoosh
unpickles are bound to an unpickler that knows exactly the classes of our own index. Nothing outside Whoosh's modules changes.
"""

from __future__ import annotations

import io
import pickle
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.filedb.structfile
import whoosh.formats
import whoosh.index

if TYPE_CHECKING:
    from typing import IO

_KNOWN = frozenset(
    {
        ("_codecs", "encode"),  # how protocol 2 writes bytes
        ("builtins", "int"),
        ("builtins", "set"),
        ("collections", "defaultdict"),
        ("reader.store.search.codec", "ArrayCodec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("reader.store.search.fields", "restored"),
    }
)
"""What an index of ours holds, as (module, name)."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        module = {"__builtin__": "builtins"}.get(module, module)  # as protocol 2 names it
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong into an index")
        return super().find_class(module, name)


def load(file: IO[bytes]) -> Any:
    """As `pickle.load`, for what an index of ours holds. Raises `pickle.UnpicklingError` for anything else."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """As `pickle.loads`, for what an index of ours holds. Raises `pickle.UnpicklingError` for anything else."""
    return _Unpickler(io.BytesIO(data)).load()


def _bind() -> None:
    sealed = SimpleNamespace(
        dumps=pickle.dumps,
        dump=pickle.dump,
        loads=loads,
        load=load,
        PicklingError=pickle.PicklingError,
        UnpicklingError=pickle.UnpicklingError,
    )
    doors: dict[ModuleType, dict[str, object]] = {
        whoosh.index: {"pickle": sealed},
        whoosh.filedb.structfile: {"load": load, "load_pickle": load},  # named one way by whoosh3, the other by Whoosh 2.7.4
        whoosh.codec.whoosh3: {"loads": loads},
        whoosh.columns: {"loads": loads},
        whoosh.formats: {"loads": loads},
    }
    for module, names in doors.items():
        known = {name: function for name, function in names.items() if hasattr(module, name)}
        if not known:
            raise ImportError(f"{module.__name__} of this Whoosh unpickles in a way that we do not know")
        for name, function in known.items():
            setattr(module, name, function)


_bind()
