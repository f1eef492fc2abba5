"""`python -m linggong.simulator`: the same as `linggong simulate`."""

import sys

from linggong.simulator.command import main

sys.exit(main(sys.argv[1:]))
