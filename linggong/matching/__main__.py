"""`python -m linggong.matching`: the same as `linggong matching`."""

import sys

from linggong.matching.command import main

sys.exit(main(sys.argv[1:]))
