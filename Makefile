# The shop's commands. They need Node 20 or newer with npm; the right Node comes with the packages.
.DEFAULT_GOAL := help
.PHONY: help demo start test bench prove prove-quick init-db seed-db train-models backup restore verify status health clean \
  dev-up dev-down dev-logs prod-env prod-up prod-down prod-logs

# The pinned Node of node_modules/.bin goes first; where a platform has none, the installed one serves.
# exec: a signal for make reaches the program itself, not a shell in between.
RUN := PATH="$(CURDIR)/node_modules/.bin:$$PATH"; export PATH; exec
# npm writes this file at the end of every install, so its age is the age of the install.
INSTALLED := node_modules/.package-lock.json
CONSOLE := console/dist/index.html
CONSOLE_SOURCES := $(shell find console server/src/contract -type f -not -path '*/dist/*' -not -path '*/node_modules/*' 2>/dev/null)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) $(CONSOLE) ## a sample shop on http://localhost:5000
	@$(RUN) env DEMO=true HOST="$${HOST:-127.0.0.1}" node server/src/main.js

start: $(INSTALLED) $(CONSOLE) ## the real shop, started again if it dies
	@$(RUN) sh ops/keep-running.sh node server/src/main.js

test: ## install, then every check and test
	@sh ops/check.sh

prove: $(INSTALLED) $(CONSOLE) ## show that what must hold does; ONLY=R9,R11 SEED=text repeats some of it
	@sh ops/proof-tools.sh
	@$(RUN) env ONLY="$(ONLY)" SEED="$(SEED)" node proof/prove.ts

prove-quick: $(INSTALLED) $(CONSOLE) ## the same, reduced to a few minutes
	@$(RUN) env ONLY="$(ONLY)" SEED="$(SEED)" node proof/prove.ts --quick

# These work on the shop of this folder, and with IN=dev or IN=prod inside the containers.
SWATI := $(RUN) env IN="$(IN)" sh ops/run-swati.sh

# QUICK=yes: shorter, about two minutes. Parts alone: ONLY=reads,growth.
bench: $(INSTALLED) $(CONSOLE) ## every promised figure beside its baseline, as a table and JSON in var/bench; QUICK=yes
	@$(RUN) env BENCH_QUICK="$(QUICK)" $(if $(ONLY),BENCH_ONLY="$(ONLY)") node server/bench/bench.ts everything

init-db: $(INSTALLED) ## make the database and bring it to this version
	@$(SWATI) init-db

seed-db: $(INSTALLED) ## put the sample shop into an empty database
	@$(SWATI) seed

train-models: $(INSTALLED) ## train the prediction models; MODEL=gold or MODEL=diamond for one of them
	@$(SWATI) train $(MODEL)

backup: $(INSTALLED) ## a verified archive of everything; BACKUP_DIR=folder says where
	@$(SWATI) backup $(if $(BACKUP_DIR),--to "$(BACKUP_DIR)")

restore: $(INSTALLED) ## bring a shop back: FILE=archive or BACKUP_DIR=folder, REPLACE=yes over a shop that is there, or BACK_TO=name
	@$(RUN) env IN="$(IN)" FILE="$(FILE)" BACKUP_DIR="$(BACKUP_DIR)" REPLACE="$(REPLACE)" BACK_TO="$(BACK_TO)" sh ops/restore.sh

verify: $(INSTALLED) ## recompute the hash chain, every balance and every reference
	@$(SWATI) verify

status: $(INSTALLED) ## the shop on one screen, and what needs attention
	@$(SWATI) status

health: $(INSTALLED) ## ask the running shop how it is
	@$(if $(IN),sh ops/compose.sh "$(IN)" exec -T shop node ops/health.ts,$(RUN) node ops/health.ts)

clean: ## remove what was built; the data too with DATA=yes, of a stopped shop (asks, or CONFIRM=yes)
	@IN="$(IN)" DATA="$(DATA)" CONFIRM="$(CONFIRM)" sh ops/clean.sh

dev-up: ## containers for working on the program, on http://localhost:5000
	@sh ops/compose.sh dev up --detach --build --wait
	@echo "The sample shop is on http://localhost:$${PORT:-5000}; the sign-in stands in: make dev-logs"

dev-down: ## stop them; their data stays
	@sh ops/compose.sh dev down
	@echo "Stopped. The data stays: make clean IN=dev DATA=yes removes it."

dev-logs: ## follow their logs
	@sh ops/compose.sh dev logs --follow --tail 100

prod-env: ## write .env.production with new secrets: DOMAIN=shop.example
	@DOMAIN="$(DOMAIN)" sh ops/production-env.sh

prod-up: ## the shop on the internet, with TLS
	@sh ops/compose.sh prod up --detach --build --wait
	@echo "The shop is on https://$$(sed -n 's/^SHOP_DOMAIN=//p' .env.production)"

prod-down: ## stop it; its data stays
	@sh ops/compose.sh prod down
	@echo "Stopped. The data stays: make clean IN=prod DATA=yes removes it."

prod-logs: ## follow its logs
	@sh ops/compose.sh prod logs --follow --tail 100

$(INSTALLED): package-lock.json
	@echo "Installing the packages"
	@npm ci --loglevel=error
	@touch $(INSTALLED)
	-@$(RUN) node ops/warm-up.ts

$(CONSOLE): $(INSTALLED) $(CONSOLE_SOURCES)
	@echo "Building the console"
	@npm run --silent build
