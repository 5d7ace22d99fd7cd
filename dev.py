#!/usr/bin/env python3
"""Safeboard's two commands, from a fresh clone, with nothing but Python and git.

    python3 dev.py run       set up, load the demonstration, serve it
    python3 dev.py test      set up, run every check

and for those who change what it is made of:

    python3 dev.py setup     set up only (with the tools of development)
    python3 dev.py lock      choose the newest packages that fit together and lock them
"""

import argparse
import sys


def main() -> int:
    """Read the command line and do what it says; the exit code is 0 only where all went well."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells somebody with an older one
        print("Safeboard needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
        return 1
    sys.dont_write_bytecode = True
    from toolchain import checks, locks, running, setup
    from toolchain.steps import Trouble, fail

    reader = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = reader.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="set up, load the demonstration, serve it (PORT chooses the port)")
    run.add_argument("--empty", action="store_true", help="an empty service, without the demonstration")
    run.add_argument("--fresh", action="store_true", help="make the database anew; the last one is kept beside it")
    test = commands.add_parser("test", help="set up, run every check")
    test.add_argument("--fast", action="store_true", help="leave out the browser and PostgreSQL")
    test.add_argument("tests", nargs="*", metavar="PATH", help="run these tests alone, no other check")
    commands.add_parser("setup", help="set up only, with the tools of development")
    lock = commands.add_parser("lock", help="lock the newest packages that fit together")
    lock.add_argument("--keep", action="store_true", help="keep the versions that still fit")
    given, more = reader.parse_known_args()
    if more and given.command != "test":
        reader.error(f"{more[0]} is not known here")
    try:
        if given.command == "run":
            running.run(given)
        elif given.command == "test":
            return checks.test(given, more)
        elif given.command == "setup":
            setup.everything(dev=True)
        else:
            locks.lock(keep=given.keep)
    except Trouble as trouble:
        fail(trouble)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was done so far is kept.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
