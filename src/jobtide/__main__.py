"""``python -m jobtide``."""

from jobtide.cli import main

main()
