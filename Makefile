# The tasks, the same for people and for CI. `make` alone lists them.
PYTHON ?= python3
DATA ?= .safelight
PORT ?= 8484
PHOTOS ?=
AVERAGE_MB ?= 25
CLASS ?= STANDARD
STACK ?=
DIR ?=
SECONDS ?= 60
IMAGE ?=
EPS ?=
BASE ?= public.ecr.aws/lambda/python:3.13
TAG ?= safelight
BUILD_FLAGS ?=
EVENT ?= tests/function/events/put.json
EMULATOR ?= http://localhost:9000/2015-03-31/functions/function/invocations

# Values are data: make does not expand what is in them, and recipes get them in the environment, as "$$NAME", where no
# shell expands them either. A folder may have any name.
OPTIONS := PYTHON DATA PORT PHOTOS AVERAGE_MB CLASS STACK SECONDS IMAGE EPS BASE TAG BUILD_FLAGS EVENT EMULATOR \
	JSON ONLY QUICK MARKDOWN SEED DIR \
	S3_ENDPOINT S3_REGION S3_ACCESS_KEY S3_SECRET_KEY S3_ORIGINALS S3_RENDITIONS S3_EVENTS S3_TARGET
GIVEN := $(foreach name,$(OPTIONS),$(if $(filter undefined,$(origin $(name))),,$(name)))
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)

BIN := .venv/bin
# What the library on this machine takes, and what tests and checks take beside it.
REQUIREMENTS := requirements.txt function/requirements.txt requirements-local.txt
DEVELOPMENT := requirements-dev.txt
RUNNABLE := .venv/runnable
INSTALLED := .venv/installed
PIP = $(BIN)/python -m pip install --disable-pip-version-check --require-hashes
BUILD = docker build $$BUILD_FLAGS --build-arg BASE="$$BASE" $(if $(EPS),--build-arg GHOSTSCRIPT=with)
# Shell scripts are those that say so in their first line.
SCRIPTS = $$(git grep --untracked -lE '^\#!.*\b(ba)?sh\b')

.DEFAULT_GOAL := help
.PHONY: help venv venv-dev run test test-slow test-all check bench cost teardown format docs golden fuzz corpus scale lock picture engine backfill rebuild-index replay clean-data image invoke measure

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

venv: $(RUNNABLE) ## Set up .venv with what `make run` and `pulumi up` need; tasks do it by themselves

venv-dev: $(INSTALLED) ## Set it up with what tests and checks need too

run: $(RUNNABLE) $(if $(IMAGE),image) ## Show PHOTOS=DIR in the gallery (without it, a dozen drawn photos) [PORT=N] [DATA=DIR] [EPS=1] [IMAGE=1] [S3_ENDPOINT=URL]
	@$(BIN)/python -m local run --port="$$PORT" --data="$$DATA" $(if $(EPS),--eps) \
		$(if $(IMAGE),--image="$$TAG") $(if $(PHOTOS),-- "$$PHOTOS")

.PHONY: gallery gallery-tools
gallery: $(RUNNABLE) ## Build the gallery's page; the tasks that need it do it by themselves
	@$(BIN)/python -m image.gallery

gallery-tools: $(INSTALLED)
	@$(BIN)/python -m image.gallery --tools

test: $(INSTALLED) ## Run the tests that take minutes in all, on every processor
	@# Tests get none of these values: what they test reads its environment.
	@env $(GIVEN:%=-u %) $(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile

test-slow: $(INSTALLED) gallery-tools ## Run the other tests: each call disturbed, real engines, stores and browsers
	@env $(GIVEN:%=-u %) $(BIN)/python -m pytest -m slow -n auto --dist loadfile

test-all: test test-slow ## Run all tests

engine: $(INSTALLED) ## Build Pulumi's CLI, once, and run the program by it against the embedded AWS
	@$(BIN)/python -m tests.infra.engine.tools
	$(BIN)/python -m pytest tests/infra/engine tests/infra/test_pulumi_up.py

check: $(INSTALLED) gallery-tools ## Format, lint and type check, without changing anything
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/shellcheck $(SCRIPTS)
	$(BIN)/hadolint Dockerfile
	@$(BIN)/python -m image.gallery check

bench: $(INSTALLED) ## Measure Safelight beside other programs [JSON=FILE] [ONLY="jpeg raw"] [QUICK=1] [MARKDOWN=1]
	@$(BIN)/python -m bench $(if $(JSON),--json="$$JSON") $(if $(ONLY),--only $$ONLY) $(if $(QUICK),--quick) $(if $(MARKDOWN),--markdown)

cost: $(RUNNABLE) ## Estimate the costs of PHOTOS=N of AVERAGE_MB=N in AWS and at home [CLASS=GLACIER_IR]
	@$(BIN)/python -m cost $(if $(PHOTOS),--photos="$$PHOTOS") --average-mb="$$AVERAGE_MB" --class="$$CLASS"

teardown: ## Destroy STACK=NAME in AWS; if its photos are protected, print the commands
	@test -n "$$STACK" || { echo "Name the stack: make teardown STACK=dev"; exit 1; }
	@test -f "Pulumi.$${STACK##*/}.yaml" || { printf 'There is no stack %s here; there are:%s\n' "$$STACK" \
		"$$(ls Pulumi.*.yaml | sed -n 's/^Pulumi\.\(.*\)\.yaml$$/ \1/p' | tr -d '\n')"; exit 1; }
	@command -v pulumi >/dev/null || { echo "Pulumi is not installed: https://www.pulumi.com/docs/install/"; exit 1; }
	@pulumi destroy --stack "$$STACK" || { printf '%s\n' "" \
		"If it says that a resource is protected: that one holds photos, and nothing was deleted. You can" \
		"  keep the photos:       pulumi destroy --stack $$STACK --exclude-protected" \
		"  remove the photos too: pulumi config set --stack $$STACK safelight:forceDestroy true" \
		"                         pulumi up --stack $$STACK && pulumi destroy --stack $$STACK"; exit 1; }

image: gallery ## Build the functions' image "safelight", after a check that all of it loads [BASE=IMAGE] [EPS=1] [TAG=NAME]
	$(BUILD) --target check .
	$(BUILD) --tag "$$TAG" .

measure: $(INSTALLED) ## Measure that image: size, start, memory
	@$(BIN)/python -m image.measure safelight

invoke: ## Send an S3 event to that image, run with -p 9000:8080 [EVENT=FILE]
	@curl --silent --show-error --fail-with-body --data-binary "@$$EVENT" "$$EMULATOR"
	@echo

format: $(INSTALLED) gallery-tools ## Format and sort the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@$(BIN)/python -m image.gallery format

backfill: $(RUNNABLE) ## Import photos that are in the bucket only, and renew stale renditions [DATA=DIR]
	@$(BIN)/python -m local backfill --data="$$DATA"

rebuild-index: $(RUNNABLE) ## Empty the index and make it again from the buckets [DATA=DIR]
	@$(BIN)/python -m local rebuild-index --data="$$DATA"

replay: $(RUNNABLE) ## Try again all photos that failed after several tries [DATA=DIR]
	@$(BIN)/python -m local replay --data="$$DATA"

clean-data: $(RUNNABLE) ## Delete the library in DATA=DIR, with its photos
	@$(BIN)/python -m local clean --data="$$DATA"

picture: $(INSTALLED) ## Take the README's picture of the gallery again
	@$(BIN)/python -m docs.picture

docs: $(INSTALLED) ## Write the pages that are made from the code
	@$(BIN)/python -m docs.api
	@$(BIN)/python -m docs.formats
	@$(BIN)/python -m docs.layers
	@$(BIN)/python -m docs.settings
	@$(BIN)/python -m docs.licences

golden: $(INSTALLED) ## Render the golden pictures again, after an intended change
	@$(BIN)/python -m tests.function.imaging.golden

fuzz: $(INSTALLED) ## Feed broken photos to the decoders for SECONDS=N [SEED=N repeats a run]
	@$(BIN)/python -m tests.fuzz --seconds="$$SECONDS" $(if $(SEED),--seed="$$SEED")

corpus: $(INSTALLED) ## Compare the files in DIR=DIR with Pillow, ImageMagick and exiftool, and print those that differ
	@test -n "$$DIR" || { echo "Say which folder: make corpus DIR=photos"; exit 1; }
	@$(BIN)/python -m tests.corpus -- "$$DIR"

scale: $(INSTALLED) ## Measure the reads of each page in libraries of PHOTOS="1000 100000"
	@$(BIN)/python -m tests.system.scale $(if $(PHOTOS),--photos $$PHOTOS)

lock: $(INSTALLED) ## Pin the newest versions of all packages, with their hashes
	for list in $(REQUIREMENTS:.txt=) $(DEVELOPMENT:.txt=) image/node-requirements; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
			--no-emit-index-url --no-emit-find-links $$list.in --output-file $$list.txt || exit 1; \
	done

$(RUNNABLE): $(REQUIREMENTS)
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Safelight takes Python 3.11 or newer; say which with PYTHON=python3.12")'
	@echo "Setting up .venv with what Safelight needs to run: about 150 MB to download, once."
	@"$$PYTHON" -m venv .venv
	@$(PIP) $(REQUIREMENTS:%=-r %)
	@$(BIN)/python -m image.gallery
	@touch $@

$(INSTALLED): $(RUNNABLE) $(DEVELOPMENT)
	@echo "Adding what tests and checks need: about 180 MB to download, once."
	@$(PIP) $(REQUIREMENTS:%=-r %) $(DEVELOPMENT:%=-r %)
	@touch $@
