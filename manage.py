#!/usr/bin/env python
"""The command line of Rembuk: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    if sys.argv[1:2] == ["seed"] and not settings.DEBUG:  # else it would only be an unknown command
        sys.exit("The stories are for trial servers: everybody knows their password. Set DEBUG=1 to plant them.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
