# make demo    prepare what is missing and run the portal with demo content   (HOST=127.0.0.1 PORT=8000)
# make test    every check and every test; search on PostgreSQL too where DATABASE_TEST_POSTGRES_URL is set
# make bench   load a running portal and print how fast it is
# make bench-admin   measure the admin with 38 units, 20,000 pages and 1,400 rows of page rights
# make bench-search   measure search among many entries   (ARGS="--sizes 1000,10000 --engines sqlite,postgresql")
# make bench-levels   measure lists, totals and files of 5,000 services x 40 units x 3 records (DATABASE_URL: on PostgreSQL)
# make lock    write the lock files anew from requirements*.txt
# make clean   remove what the targets above can make again; var/ with its data and the log of steps stays

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
export HOST PORT

.PHONY: demo test test-postgresql check bench bench-admin bench-search bench-levels lock clean installed installed-dev

demo: installed
	@exec $(BIN)/python deploy/demo.py

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_OPTIONS)
	@if [ -n "$$DATABASE_TEST_POSTGRES_URL" ]; then $(MAKE) --no-print-directory test-postgresql; fi

# A process has one database: what searches is run a second time, on PostgreSQL (deploy/test-servers).
test-postgresql: installed-dev
	env -u SEARCH_TEST_ELASTICSEARCH_URL REQUIRE=postgresql DATABASE_URL="$$DATABASE_TEST_POSTGRES_URL" \
		$(BIN)/python -m pytest -n 2 --dist loadgroup tests/search $(PYTEST_OPTIONS)

check: installed-dev
	$(BIN)/ruff check .
	$(BIN)/djhtml --check --tabwidth 4 templates
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: installed-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" bench/run

bench-admin: installed-dev
	@$(BIN)/python -m bench.admin_run

bench-levels: installed-dev
	@$(BIN)/python -m bench.levels_run

bench-search: installed-dev
	@$(BIN)/python -m bench.search_run $(ARGS)

lock: installed-dev
	$(BIN)/pip-compile $(LOCK_OPTIONS) -o requirements.lock requirements.txt
	$(BIN)/pip-compile $(LOCK_OPTIONS) -o requirements-dev.lock requirements-dev.txt

LOCK_OPTIONS := --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-options

clean:
	rm -rf .venv .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache .coverage bench/out
	rm -rf var/static var/static.stamp
	find var/log -type f -not -name 'editorial.log*' -delete 2>/dev/null || true
	find . -name '*.mo' -not -path './.venv/*' -delete
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

installed:
	@$(PYTHON) deploy/install.py requirements.lock

installed-dev:
	@$(PYTHON) deploy/install.py requirements-dev.lock
