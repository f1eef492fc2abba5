.PHONY: run setup setup-test engine test test-long check format bench screenshots lock clean

PYTEST = .venv/bin/python -m pytest

run: setup            ## sets everything up and opens a living county market
	@.venv/bin/linggong serve --demo

setup:                ## builds .venv from the lock file
	@scripts/setup.sh run

setup-test:
	@scripts/setup.sh test

test: setup-test      ## checks, tests, journeys in a browser, accessibility
	@$(MAKE) --no-print-directory --output-sync -j 2 check engine
	$(PYTEST) -n 2 --dist loadgroup -m "not long and not journey" --ignore tests/bench
	$(PYTEST) -m "journey and not long" tests/journeys

engine: setup-test
	@scripts/engine.sh

test-long: setup-test engine  ## what takes longer
	$(PYTEST) -m long --ignore tests/bench

check: setup-test     ## format, lint, types, layers, migrations, deployment settings
	@scripts/check.sh

format: setup-test    ## puts the code into its form
	.venv/bin/ruff check --fix linggong tests
	.venv/bin/ruff format linggong tests

bench: setup-test engine  ## speed, as ratios side by side in one run
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e ".[bench]"
	$(PYTEST) tests/bench -s

screenshots: setup-test engine ## makes the pictures of the README
	.venv/bin/python -m tests.screenshots

lock:                 ## renews the lock files
	@scripts/lock.sh

clean:                ## removes what was built; the data in var/ stays
	rm -rf .venv frontend/node_modules .ruff_cache .mypy_cache .pytest_cache
