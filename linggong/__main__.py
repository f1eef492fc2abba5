import sys

from linggong.cli import main

sys.exit(main())
