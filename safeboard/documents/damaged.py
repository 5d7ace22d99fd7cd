"""What the standard library raises for a ZIP file, which Word files and workbooks are, that somebody sent."""

import lzma
import struct
import zipfile
import zlib

# Cut short, altered, locked, packed in a way that it does not know, or no ZIP file at all: each its own error. Catch
# one's own refusals before these: some of them are ValueErrors.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    ValueError,
    RuntimeError,  # locked; that a way of packing is unknown is one too
    OSError,
    OverflowError,
)
