"""Checks an evidence pack of Safeboard. It needs Python 3.8 or newer, and nothing else.

    python3 verify.py                       checks the folder that this script lies in
    python3 verify.py FOLDER                checks another folder
    python3 verify.py --key FINGERPRINT     also holds the key against the fingerprint that you were given

It says 'The pack is whole' and ends with 0, or names each file that was changed, is missing or was added, and ends
with 1. The signature says that the pack was made with a certain key. Whose key that is, the pack cannot say itself:
ask the sender for the key's fingerprint by another way, and compare it.

Signatures are Ed25519 (RFC 8032), checked below in plain Python: slow, short, and open to be read.
"""

import argparse
import hashlib
import json
import os
import re
import sys

MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public-key.txt"
FORMAT = "safeboard evidence pack 1"
SIGNATURE_TEXT = re.compile(rb"sha256 ([0-9a-f]{64})\ned25519 ([0-9a-f]{128})\n")
KEY_TEXT = re.compile(rb"([0-9a-f]{64})\n")

# Ed25519 (RFC 8032, 5.1) ---------------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def added(a, b):
    """The sum of two points in extended coordinates (RFC 8032, 5.1.4)."""
    minus, plus = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    mixed, twice = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = plus - minus, twice - mixed, twice + mixed, plus + minus
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    """A point added to itself that many times."""
    found = NEUTRAL
    while number:
        if number & 1:
            found = added(found, point)
        point, number = added(point, point), number >> 1
    return found


def same(a, b):
    """Whether two points are one."""
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(text):
    """The point that 32 bytes stand for; None where they stand for none (RFC 8032, 5.1.3)."""
    number = int.from_bytes(text, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(text) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """Whether the signature of these bytes was made with the private half of this key (RFC 8032, 5.1.7)."""
    if len(signature) != 64 or len(key) != 32:
        return False
    public, first = point_of(key), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if public is None or first is None or number >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(number, BASE), added(first, times(challenge, public)))


# The pack ------------------------------------------------------------------------------------------------------


def read(folder, path):
    """The bytes of a file of the pack; None where there is none, or something else in its place."""
    whole = os.path.join(folder, *path.split("/"))
    if os.path.islink(whole) or not os.path.isfile(whole):
        return None
    with open(whole, "rb") as file:
        return file.read()


def is_plain(path):
    """Whether a path of the manifest stays within the folder."""
    parts = path.split("/")
    return all(part not in ("", ".", "..") for part in parts) and not set(path) & set("\\:\0")


def listed(folder):
    """The paths of all files in the folder, links and empty folders among them."""
    found = set()
    for place, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        empty = [""] if place != folder and not folders and not files else []
        for name in files + links + empty:
            found.add(os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/"))
    return found


def manifest_of(text):
    """The manifest, or None where it is none."""
    try:
        found = json.loads(text.decode("utf-8"))
        lines = [(line["path"], line["size"], line["sha256"]) for line in found["files"]]
    except (ValueError, KeyError, TypeError):
        return None
    plain = all(isinstance(path, str) and is_plain(path) for path, _size, _digest in lines)
    return found if plain and found.get("format") == FORMAT else None


def signature_faults(manifest, signed, key_text):
    """Which of the three files that hold one another was changed: the manifest, its signature, the public key."""
    marks, key = SIGNATURE_TEXT.fullmatch(signed), KEY_TEXT.fullmatch(key_text)
    if marks is None:
        return [SIGNATURE]
    fits = hashlib.sha256(manifest).hexdigest() == marks.group(1).decode()
    signature = bytes.fromhex(marks.group(2).decode())
    if key is not None and is_signed(bytes.fromhex(key.group(1).decode()), manifest, signature):
        return [] if fits else [SIGNATURE]
    if not fits:
        return [MANIFEST]
    named = str((manifest_of(manifest) or {}).get("public_key", ""))
    return (
        [PUBLIC_KEY] if KEY_TEXT.fullmatch(f"{named}\n".encode()) and f"{named}\n".encode() != key_text else [SIGNATURE]
    )


def file_faults(folder, manifest):
    """What is wrong with the files that the manifest lists, and which there are besides."""
    faults, known = [], {MANIFEST, SIGNATURE}
    for line in manifest["files"]:
        path = line["path"]
        known.add(path)
        content = read(folder, path)
        if content is None:
            faults.append((path, "is missing"))
        elif len(content) != line["size"] or hashlib.sha256(content).hexdigest() != line["sha256"]:
            faults.append((path, "was changed"))
    return faults + [(path, "was added") for path in sorted(listed(folder) - known)]


def history_faults(manifest):
    """Entries of the history that do not give the digest they bear, and a checkpoint that was not signed."""
    faults = []
    for entry in manifest.get("history", []):
        text = json.dumps(entry["says"], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        if hashlib.sha256(text.encode()).hexdigest() != entry["hash"]:
            faults.append((MANIFEST, f"entry {entry['says'][0]} of the history does not give its digest"))
    mark = manifest.get("checkpoint")
    if mark:
        text = "safeboard checkpoint {number} {hash} {at}".format(**mark)
        if not is_signed(bytes.fromhex(manifest["public_key"]), text.encode(), bytes.fromhex(mark["signature"])):
            faults.append((MANIFEST, "the checkpoint in it was not signed with this key"))
    return faults


def check(folder):
    """Pairs of a file and what is wrong with it; none where the pack is whole."""
    texts = {name: read(folder, name) for name in (MANIFEST, SIGNATURE, PUBLIC_KEY)}
    missing = [(name, "is missing") for name in sorted(texts) if texts[name] is None]
    if missing:
        return missing
    faults = [
        (name, "was changed") for name in signature_faults(*(texts[n] for n in (MANIFEST, SIGNATURE, PUBLIC_KEY)))
    ]
    manifest = manifest_of(texts[MANIFEST])
    if manifest is None:
        return sorted({*faults, (MANIFEST, "was changed")})
    faults += file_faults(folder, manifest)
    if not any(name == MANIFEST for name, _why in faults):
        faults += history_faults(manifest)
    return sorted(set(faults))


def fingerprint(folder):
    """The fingerprint of the pack's key; '' where there is no key."""
    key = KEY_TEXT.fullmatch(read(folder, PUBLIC_KEY) or b"")
    figures = hashlib.sha256(bytes.fromhex(key.group(1).decode())).hexdigest() if key else ""
    return " ".join(figures[start : start + 4] for start in range(0, len(figures), 4))


def main(arguments=None):
    """Check, say what was found, and give 0 or 1."""
    parser = argparse.ArgumentParser(description="Check an evidence pack of Safeboard.")
    parser.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--key", help="the fingerprint that you were given by another way")
    chosen = parser.parse_args(arguments)
    faults, found = check(chosen.folder), fingerprint(chosen.folder)
    if chosen.key and re.sub(r"[^0-9a-f]", "", chosen.key.lower()) != found.replace(" ", ""):
        faults.append((PUBLIC_KEY, "is not the key with the fingerprint that you were given"))
    for path, why in faults:
        sys.stdout.write(f"{ascii(path)[1:-1]}: {why}\n")
    if found:
        sys.stdout.write(f"Fingerprint of the key: {found}\n")
    sys.stdout.write("The pack does NOT hold.\n" if faults else "The pack is whole: every file is as it was made.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
