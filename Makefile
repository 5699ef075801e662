# The one task door, the same for people and for CI. `make` alone tells what there is.
PYTHON ?= python3
DATA ?= .safelight
PORT ?= 8484
PHOTOS ?=
AVERAGE_MB ?= 25
CLASS ?= STANDARD
STACK ?=
SECONDS ?= 60
IMAGE ?=
EPS ?=
BASE ?= public.ecr.aws/lambda/python:3.13
TAG ?= safelight
BUILD_FLAGS ?=
BUILD = $(BUILD_FLAGS) --build-arg BASE="$(BASE)" $(if $(EPS),--build-arg GHOSTSCRIPT=with)
EVENT ?= tests/function/events/put.json
EMULATOR ?= http://localhost:9000/2015-03-31/functions/function/invocations

BIN := .venv/bin
REQUIREMENTS := requirements.txt function/requirements.txt requirements-dev.txt
INSTALLED := .venv/installed

.DEFAULT_GOAL := help
.PHONY: help venv gallery gallery-tools run test check bench cost teardown format docs golden fuzz scale lock picture backfill rebuild-index replay clean-data image invoke measure

help: ## Show this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

venv: $(INSTALLED) ## Set up .venv, which everything below does by itself

run: $(INSTALLED) $(if $(IMAGE),image) ## Show PHOTOS=DIR in the gallery (without it, drawn ones) [PORT=N] [DATA=DIR] [EPS=1] [IMAGE=1] [S3_ENDPOINT=URL]
	@$(BIN)/python -m local run $(if $(PHOTOS),"$(PHOTOS)") --port "$(PORT)" --data "$(DATA)" \
		$(if $(EPS),--eps) $(if $(IMAGE),--image $(TAG))

gallery: $(INSTALLED) ## Build the gallery's bundle, which all that need it do by themselves
	@$(BIN)/python -m image.gallery

gallery-tools: $(INSTALLED)
	@$(BIN)/python -m image.gallery --tools

test: $(INSTALLED) gallery-tools ## Run the tests
	$(BIN)/python -m pytest

check: $(INSTALLED) gallery-tools ## Format, lint and type check, without changing anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@$(BIN)/python -m image.gallery check

bench: $(INSTALLED) ## Measure Safelight beside its peers [JSON=FILE] [ONLY="jpeg raw"] [QUICK=1] [MARKDOWN=1]
	@$(BIN)/python -m bench $(if $(JSON),--json "$(JSON)") $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(MARKDOWN),--markdown)

cost: $(INSTALLED) ## Estimate what PHOTOS=N of AVERAGE_MB=N cost in AWS and at home [CLASS=GLACIER_IR]
	@$(BIN)/python -m cost $(if $(PHOTOS),--photos "$(PHOTOS)") --average-mb "$(AVERAGE_MB)" --class "$(CLASS)"

teardown: ## Destroy STACK=NAME in AWS; where its photos are protected, say what to type
	@test -n "$(STACK)" || { echo "Say which stack: make teardown STACK=dev"; exit 1; }
	@pulumi destroy --stack "$(STACK)" || { printf '%s\n' "" \
		"Where it says that a resource is protected, that one holds photos, and nothing was deleted. You can" \
		"  keep the photos:       pulumi destroy --stack $(STACK) --exclude-protected" \
		"  remove the photos too: pulumi config set --stack $(STACK) safelight:forceDestroy true" \
		"                         pulumi up --stack $(STACK) && pulumi destroy --stack $(STACK)"; exit 1; }

image: gallery ## Build the functions' image as "safelight", when all that is in it loads [BASE=IMAGE] [EPS=1] [TAG=NAME]
	docker build $(BUILD) --target check .
	docker build $(BUILD) --tag $(TAG) .

measure: $(INSTALLED) ## Measure that image: its size, its starts, its memory
	@$(BIN)/python -m image.measure safelight

invoke: ## Send an S3 event to that image, run with -p 9000:8080 [EVENT=FILE]
	@curl --silent --show-error --fail-with-body --data-binary "@$(EVENT)" "$(EMULATOR)"
	@echo

format: $(INSTALLED) gallery-tools ## Format and sort the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@$(BIN)/python -m image.gallery format

backfill: $(INSTALLED) ## Take in what lies in the bucket, and renew what a changed recipe made stale [DATA=DIR]
	@$(BIN)/python -m local backfill --data "$(DATA)"

rebuild-index: $(INSTALLED) ## Empty the index and make it again of what lies in the buckets [DATA=DIR]
	@$(BIN)/python -m local rebuild-index --data "$(DATA)"

replay: $(INSTALLED) ## Try again all that was given up [DATA=DIR]
	@$(BIN)/python -m local replay --data "$(DATA)"

clean-data: $(INSTALLED) ## Empty the library in DATA=DIR
	@$(BIN)/python -m local clean --data "$(DATA)"

picture: $(INSTALLED) ## Take the README's picture of the gallery again
	@$(BIN)/python -m docs.picture

docs: $(INSTALLED) ## Write the pages that follow from the code
	@$(BIN)/python -m docs.formats

golden: $(INSTALLED) ## Render the golden pictures again, after a change of looks that is meant
	@$(BIN)/python -m tests.function.imaging.golden

fuzz: $(INSTALLED) ## Feed broken photos to the decoders for SECONDS=N [SEED=N: the same ones again]
	@$(BIN)/python -m tests.fuzz --seconds "$(SECONDS)" $(if $(SEED),--seed "$(SEED)")

scale: $(INSTALLED) ## Measure what each page reads of libraries of PHOTOS="1000 100000"
	@$(BIN)/python -m tests.scale $(if $(PHOTOS),--photos $(PHOTOS))

lock: $(INSTALLED) ## Pin the newest packages that fit, with their hashes
	for list in $(REQUIREMENTS:.txt=) image/node-requirements; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
			--no-emit-index-url --no-emit-find-links $$list.in --output-file $$list.txt || exit 1; \
	done

$(INSTALLED): $(REQUIREMENTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Safelight takes Python 3.11 or newer; say which with PYTHON=python3.12")'
	@echo "Setting up .venv, which takes a minute the first time"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(REQUIREMENTS:%=-r %)
	@$(BIN)/python -m image.gallery
	@touch $@
