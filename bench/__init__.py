"""Measured speed and memory of the running service; see docs/benchmarks.md. Never part of the tests."""
