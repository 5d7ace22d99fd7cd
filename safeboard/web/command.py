"""The one command of Safeboard: `safeboard NAME`, with the settings in place."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the management command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.web.settings")
    if sys.argv[1:2] == ["worker"]:  # it runs for ever, and needs what searches the filter logs for minutes of a day
        os.environ.setdefault("SAFEBOARD_SITELOGS_APART", "yes")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
