"""A pack of files that proves itself: a manifest with a digest of each, signed, and a script to check it."""

from .making import MANIFEST, PUBLIC_KEY, SIGNATURE, VERIFIER, Streamed, signed_pack

__all__ = ["MANIFEST", "PUBLIC_KEY", "SIGNATURE", "VERIFIER", "Streamed", "signed_pack"]
