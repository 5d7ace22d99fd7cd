"""Fixtures for the tests of every room and of tests/; each lives in tests/support, by subject."""

pytest_plugins = [
    "tests.support.garbage",
    "tests.support.databases",
    "tests.support.mail",
    "tests.support.pages",
    "tests.support.middleware",
    "tests.support.built",
    "tests.support.browser",
    "tests.cast",
]
