"""Set before anything else is imported: tests live in a folder of their own and take nothing from the shell."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
os.environ["LINGGONG_HOME"] = os.environ.get("LINGGONG_TEST_HOME") or str(PROJECT / "var" / "test")
for name in ("LINGGONG_DEMO", "LINGGONG_HOSTS", "LINGGONG_HTTPS", "LINGGONG_DEBUG", "PORT"):
    os.environ.pop(name, None)
