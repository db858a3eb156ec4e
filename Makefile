# The shop's commands. They need Node 20 or newer with npm; the right Node comes with the packages.
.DEFAULT_GOAL := help
.PHONY: help demo start test init-db seed-db backup restore verify status health clean

# The pinned Node of node_modules/.bin goes first; where a platform has none, the installed one serves.
# exec: a signal for make reaches the program itself, not a shell in between.
RUN := PATH="$(CURDIR)/node_modules/.bin:$$PATH"; export PATH; exec
# npm writes this file at the end of every install, so its age is the age of the install.
INSTALLED := node_modules/.package-lock.json
CONSOLE := console/dist/index.html
CONSOLE_SOURCES := $(shell find console server/src/contract -type f -not -path '*/dist/*' -not -path '*/node_modules/*' 2>/dev/null)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) $(CONSOLE) ## a sample shop on http://localhost:5000
	@$(RUN) env DEMO=true HOST="$${HOST:-127.0.0.1}" node server/src/main.js

start: $(INSTALLED) $(CONSOLE) ## the real shop, started again if it dies
	@$(RUN) sh ops/keep-running.sh node server/src/main.js

test: ## install, then every check and test
	@sh ops/check.sh

init-db: $(INSTALLED) ## make the database and bring it to this version
	@$(RUN) node server/src/cli/swati.ts init-db

seed-db: $(INSTALLED) ## put the sample shop into an empty database
	@$(RUN) node server/src/cli/swati.ts seed

backup: $(INSTALLED) ## a verified archive of everything; BACKUP_DIR=folder says where
	@$(RUN) node server/src/cli/swati.ts backup $(if $(BACKUP_DIR),--to "$(BACKUP_DIR)")

# FILE=archive, or BACKUP_DIR=folder for the newest archive in it. REPLACE=yes where there is a shop already.
restore: $(INSTALLED) ## bring a shop back: FILE=archive or BACKUP_DIR=folder, REPLACE=yes over a shop that is there
	@file="$(FILE)"; if [ -z "$$file" ] && [ -n "$(BACKUP_DIR)" ]; then \
	  file=$$(ls "$(BACKUP_DIR)"/swati-*.backup 2>/dev/null | tail -n 1); \
	  [ -n "$$file" ] || { echo "There is no swati-*.backup in $(BACKUP_DIR)." >&2; exit 1; }; fi; \
	[ -n "$$file" ] || { echo "Say which: make restore BACKUP_DIR=folder, or make restore FILE=archive" >&2; exit 1; }; \
	$(RUN) node server/src/cli/swati.ts restore "$$file" $(if $(filter yes,$(REPLACE)),--replace)

verify: $(INSTALLED) ## recompute the hash chain, every balance and every reference
	@$(RUN) node server/src/cli/swati.ts verify

status: $(INSTALLED) ## the shop on one screen, and what needs attention
	@$(RUN) node server/src/cli/swati.ts status

health: $(INSTALLED) ## ask the running shop how it is
	@$(RUN) node ops/health.ts

clean: ## remove what was built; the data too with DATA=yes (asks, or CONFIRM=yes)
	@sh ops/clean.sh

$(INSTALLED): package-lock.json
	npm ci
	@touch $(INSTALLED)
	-@$(RUN) node ops/warm-up.ts

$(CONSOLE): $(INSTALLED) $(CONSOLE_SOURCES)
	npm run --silent build
