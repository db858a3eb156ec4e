# The shop's commands. They need Node 20 or newer with npm; the right Node comes with the packages.
.DEFAULT_GOAL := help
.PHONY: help demo start test init-db seed-db health clean

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

health: $(INSTALLED) ## ask the running shop how it is
	@$(RUN) node ops/health.ts

clean: ## remove what was built, never the shop's data
	rm -rf console/dist coverage

$(INSTALLED): package-lock.json
	npm ci
	@touch $(INSTALLED)
	-@$(RUN) node ops/warm-up.ts

$(CONSOLE): $(INSTALLED) $(CONSOLE_SOURCES)
	npm run --silent build
