"""`python -m linggong.intake read FILE`."""

import sys

from linggong.intake.command import main

sys.exit(main(sys.argv[1:]))
