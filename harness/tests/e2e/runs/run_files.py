"""Run logs as they lie in a folder of results, compressed or not, whole, cut short, or still being written."""

import json
import zlib


def unpacked(packed):
    """What these bytes of gzip hold, as far as they go: members, of which the last may be cut short."""
    parts = []
    while packed:
        member = zlib.decompressobj(31)
        parts.append(member.decompress(packed))
        packed = member.unused_data
    return b"".join(parts)


def text_of(file):
    content = file.read_bytes()
    return (unpacked(content) if content[:1] == b"\x1f" else content).decode()


def unfolded(members):
    """An object of JSON, its columns of differences as they were before (record/reading/folded_columns.h)."""
    whole = {}
    for key, value in members:
        if key.startswith("+"):
            unit, *steps = value
            sums, last = [], 0
            for step in steps:
                last += step or 0
                sums.append(None if step is None else last * unit)
            key, value = key[1:], sums
        whole[key] = value
    return whole


def records_of(file):
    """Of the lines that are whole."""
    return [json.loads(line, object_pairs_hook=unfolded) for line in text_of(file).split("\n")[:-1]]


def files_of(results):
    return sorted(file for file in results.glob("*.jsonl*") if file.name.endswith((".jsonl", ".jsonl.gz")))


def write(file, text):
    """As the file's name says: a gzip member a line, or as it is."""
    if file.name.endswith(".gz"):
        lines = [line.encode() for line in text.splitlines(keepends=True)]
        file.write_bytes(b"".join(zlib.compress(line, 9, 31) for line in lines))
    else:
        file.write_text(text)
