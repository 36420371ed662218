# The entry for people: every target sets up what is missing, builds what has changed and runs build/twofold.
# `make help` lists them. Nothing but the result of a command goes to standard output.

BUILD ?= build
TEST_BUILD ?= build-test
JOBS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# Ninja where there is one; a build folder keeps the generator that it was made with.
ifneq ($(shell command -v ninja 2>/dev/null),)
export CMAKE_GENERATOR ?= Ninja
endif

# make's own flags and variables are no business of the builds below it.
cmake_build = env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL cmake --build
twofold = $(BUILD)/twofold

comma := ,
empty :=
space := $(empty) $(empty)
# "go rust" is "go,rust"; what has a comma, or is a folder as it stands, is left as it is, since a path may have spaces.
with_commas = $(if $(findstring $(comma),$1)$(shell [ ! -d '$1' ] || echo folder),$1,$(subst $(space),$(comma),$(strip $1)))

# A variable with a slip in its name would leave the default in force, unseen for ten minutes.
known := BUILD TEST_BUILD JOBS SCENARIO BACKENDS BACKEND TRIALS QUICK PROFILE RESUME RUN FORMAT OUT A B FAIL_IF FORCE RESULTS \
         TOOLCHAINS SHARE SECONDS ROUNDS SECONDS_EACH SOAK_SECONDS BEFORE ONLY RUNS SEED TARGET BOX BOXES PREFIX DESTDIR DETAILS
# Not ours, and read below: by CMake when it configures, by make and by the shell.
passed := CC CFLAGS CPPFLAGS LDFLAGS CMAKE_% SHELL VERBOSE TMPDIR PATH DATABASE_URL
given := $(foreach v,$(.VARIABLES),$(if $(findstring command,$(origin $v)),$v))
unknown := $(filter-out $(known) $(passed),$(filter-out MAKE% -%,$(given)))
ifneq ($(unknown),)
$(error unknown: $(unknown). The variables are $(known))
endif
ifneq ($(and $(BACKENDS),$(BACKEND)),)
$(error BACKENDS and BACKEND are two names of one thing; give one of them)
endif
backends := $(or $(BACKENDS),$(BACKEND))
shared := $(filter-out 0 no,$(SHARE))

# What these three targets ask of the program.
bench_words = bench $(foreach s,$(SCENARIO),'$s') \
    $(if $(backends),--backends '$(call with_commas,$(backends))') $(foreach t,$(TARGET),--target '$t') \
    $(if $(TRIALS),--trials '$(TRIALS)') \
    $(if $(filter-out 0 no,$(QUICK)),--quick) $(if $(shared),--share) $(if $(PROFILE),--profile '$(PROFILE)') \
    $(if $(RESUME),--resume '$(RESUME)') $(if $(BOX),--box '$(BOX)') $(if $(BOXES),--boxes '$(BOXES)')
report_words = report $(foreach r,$(RUN),'$r') $(if $(FORMAT),--format '$(FORMAT)') $(if $(OUT),--out '$(OUT)') \
    $(if $(filter-out 0 no,$(DETAILS)),--details)
compare_words = compare '$(or $(A),A)' '$(or $(B),B)' $(if $(FORMAT),--format '$(FORMAT)') \
    $(if $(filter-out 0 no,$(FORCE)),--force) $(if $(OUT),--out '$(OUT)')

# make has one status for all that fails.
ifneq ($(FAIL_IF),)
asked := $(or $(firstword $(filter bench report compare,$(MAKECMDGOALS))),compare)
$(error FAIL_IF: make ends with status 2 whatever fails, so ask the program itself, whose status is 4 when a condition \
holds: $(twofold) $(strip $($(asked)_words)) --fail-if '$(FAIL_IF)'; docs/ci.md has the rest)
endif

# A build folder that was copied or moved together with its checkout builds the sources of the other place.
home_of = $(shell sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' '$1/CMakeCache.txt' 2>/dev/null)
is_foreign = $(and $(call home_of,$1),$(filter-out x$(realpath $(CURDIR)),x$(realpath $(call home_of,$1))))

clear_foreign = $(if $(call is_foreign,$1),@echo "$1 was made by $(call home_of,$1): made anew" >&2; rm -rf '$1')

# What setup/toolchains.sh brought comes before what the machine has.
export PATH := $(CURDIR)/.toolchains/bin:$(PATH)

.DEFAULT_GOAL := build
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup setup-tests toolchains build bench test report compare results-page verify doctor bench-generator bench-aa bench-fleet \
        bench-report install package package-test formats-test truth truth-simulation tidy fuzz chaos bare fleet format clean

help:
	@echo 'make                    set up and build'
	@echo 'make bench              run the default scenario on every backend, print the report, leave a file in results/'
	@echo '     SCENARIO=name      another scenario, its path, or all        BACKENDS=go,rust   these only, or ./my-service'
	@echo '     TRIALS=n           climbs of the ladder by each backend      QUICK=1            short, for trying it out'
	@echo '     TARGET=url         a service that runs already, as it is     TARGET="web=url api=url" more than one'
	@echo '     PROFILE=rigorous   closer and surer, and longer              RESUME=file        go on with a run cut short'
	@echo '     SHARE=1            a run to be shared: the pinned Go, Node.js and Rust, and the times of builds'
	@echo '     TOOLCHAINS=pinned  those toolchains for another run       TOOLCHAINS=missing what this machine has, where it will do'
	@echo '     BOX=cpus=0.5,memory=256MiB   each service in such a box  BOXES=cpus=0.25,0.5,1   what a larger one buys'
	@echo 'make test               run every test'
	@echo 'make report             the report of the newest run              RUN=file FORMAT=text|markdown|csv|json|html…'
	@echo '     DETAILS=1          everything that is known of it, not the answer alone'
	@echo '     OUT=report.html    written there: FORMAT=html is a page for a browser, of one run or several (RUN="a b")'
	@echo 'make compare            two runs beside each other                A=file B=file FORMAT=text|markdown|json|html'
	@echo '     A gate ends with status 4, which make cannot: $(twofold) compare A B --fail-if "capacity<-10%"'
	@echo 'make results-page       one page of all shared runs, in results/page   RESULTS=folder OUT=folder'
	@echo 'make verify             hold the backends to their contract       BACKENDS=go'
	@echo 'make doctor             what on this machine would spoil a measurement'
	@echo 'make bench-generator    what a request costs the load generator itself'
	@echo 'make bench-aa           whether this machine tells a service from itself, and from one that costs 10 % more'
	@echo 'make bench-fleet        what a fleet of generators costs by itself'
	@echo 'make bench-report       what reports of large runs cost, in memory and time'
	@echo 'make truth              whether what is wrong with services of known faults is named right    ONLY=cpu,lock'
	@echo 'make truth-simulation   how often the stated intervals hold the truth of simulated services    RUNS=1000'
	@echo 'make tidy               clang-tidy with more patience than `make test` has for it'
	@echo 'make fuzz               hostile bytes for everything that reads bytes       SECONDS=600       for each reader'
	@echo 'make chaos              faults of chance, done to runs of twofold for real  SECONDS=600       SEED=n as one before'
	@echo 'make install            twofold with scenarios, backends, man page     PREFIX=/usr/local DESTDIR=folder'
	@echo 'make package            a .deb and a .tar.gz of the same, in $(BUILD)/packages; make package-test: in a bare chroot'
	@echo 'make fleet              several generators and a service host on this machine, in network namespaces'
	@echo 'make bare               proof that a bare Debian measures all languages with two commands: a quarter of an hour, as root'
	@echo 'make format             lay out the C sources and the page'
	@echo 'make clean              remove what was built; results/ stays'
	@echo 'More options: build/twofold help'

setup:
	@sh setup/system.sh >&2

setup-tests:
	@sh setup/system.sh --tests >&2

# Those in backends/; a folder elsewhere has the tools that its owner gave it. Tests are of all of them.
sample_names = $(foreach b,$(subst $(comma),$(space),$(backends)),$(if $(findstring /,$b),,'$b'))
toolchains: setup
	@sh setup/toolchains.sh '$(or $(TOOLCHAINS),$(if $(shared),pinned,missing))' $(or $(strip $(sample_names)),$(if $(backends)$(TARGET),none,$(if $(filter test,$(MAKECMDGOALS)),all))) >&2

# The stamps say that configuring went through once; from then on CMake itself sees when it must run again.
$(foreach b,$(BUILD) $(TEST_BUILD),$(if $(call is_foreign,$b),$(eval $b/.configured: afresh)))
.PHONY: afresh
afresh:

$(BUILD)/.configured: | setup toolchains
	$(call clear_foreign,$(BUILD))
	@cmake -S . -B $(BUILD) -DCMAKE_BUILD_TYPE=RelWithDebInfo >&2
	@touch $@

$(TEST_BUILD)/.configured: | setup-tests toolchains
	$(call clear_foreign,$(TEST_BUILD))
	@cmake -S . -B $(TEST_BUILD) -DCMAKE_BUILD_TYPE=RelWithDebInfo -DTWOFOLD_SANITIZE=ON >&2
	@touch $@

# A page, or its judge, that could not be built is tried again: the tools, or their network, may have come since.
build: setup toolchains $(BUILD)/.configured
	@find $(BUILD)/web -maxdepth 2 \( -name page.html -o -name page.wasm \) -size 0 -delete 2>/dev/null || true
	@$(cmake_build) $(BUILD) --parallel $(JOBS) --target twofold >&2

bench: build
	@$(twofold) $(bench_words)

# One test more than there are processors: every third one mostly waits.
test: setup-tests build $(TEST_BUILD)/.configured
	@$(cmake_build) $(TEST_BUILD) --parallel $(JOBS) >&2
	@python3 harness/tests/checks/manifest.py >&2
	@env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
	    ctest --test-dir $(TEST_BUILD) --output-on-failure --timeout 600 --parallel $$(($(JOBS) + 1))

report: build
	@$(twofold) $(report_words)

compare: build
	@if [ -z '$(A)' ] || [ -z '$(B)' ]; then echo 'make: say which two: make compare A=results/one.jsonl.gz B=results/other.jsonl.gz' >&2; exit 2; fi
	@$(twofold) $(compare_words)

results-page: build
	@$(twofold) results $(if $(RESULTS),'$(RESULTS)') $(if $(OUT),--out '$(OUT)')

verify: build
	@$(twofold) verify $(if $(backends),'$(call with_commas,$(backends))') $(if $(SCENARIO),--scenario '$(SCENARIO)')

doctor: build
	@$(twofold) doctor

bench-generator: build
	@$(cmake_build) $(BUILD) --parallel $(JOBS) --target reference-server epoll_floor >&2
	@bash harness/tests/bench/bench_generator.sh $(BUILD)

bench-aa: build
	@bash harness/tests/bench/bench_aa.sh $(BUILD)

bench-report: build
	@python3 harness/tests/bench/bench_report.py $(BUILD)

# About an hour. The run logs stay in BUILD/truth.
truth: build
	@$(cmake_build) $(BUILD) --parallel $(JOBS) --target toy >&2
	@python3 harness/tests/truth/truth.py $(twofold) $(BUILD)/toy --keep $(BUILD)/truth \
	    $(if $(PROFILE),--profile '$(PROFILE)') $(if $(ONLY),--only '$(ONLY)')

# Without sanitisers, which would make the thousand runs take an hour.
truth-simulation: setup-tests build
	@cmake -S . -B $(BUILD)/simulation -DCMAKE_BUILD_TYPE=Release >&2
	@$(cmake_build) $(BUILD)/simulation --parallel $(JOBS) --target test_policy_simulation test_percentile_simulation test_pairs >&2
	@for t in test_policy_simulation test_percentile_simulation test_pairs; do \
	    TWOFOLD_RUNS='$(or $(RUNS),1000)' $(BUILD)/simulation/harness/tests/$$t || exit 1; done

fuzz: setup-tests
	@FUZZ_SEED=0 FUZZ_SECONDS='$(if $(SECONDS),$(SECONDS),60)' sh harness/tests/checks/fuzz.sh $(TEST_BUILD) >&2

# The test of that name, with more patience for each function.
tidy: setup-tests $(TEST_BUILD)/.configured
	@$(cmake_build) $(TEST_BUILD) --parallel $(JOBS) >&2
	@TIDY_NODES=225000 python3 harness/tests/checks/tidy.py $(TEST_BUILD) >&2

# Says its seed; one that was said before draws the same faults again.
chaos: setup-tests build $(TEST_BUILD)/.configured
	@$(cmake_build) $(TEST_BUILD) --parallel $(JOBS) --target twofold reference-server >&2
	@python3 harness/tests/chaos/chaos.py $(TEST_BUILD)/twofold $(TEST_BUILD)/reference-server \
	    --seconds '$(or $(SECONDS),600)' $(if $(SEED),--seed '$(SEED)')

# Three hosts on this machine, in network namespaces; with MPICH as well, where it is here. Takes root.
fleet: setup-tests build
	@python3 harness/tests/e2e/fleet/end_to_end_fleet.py $(twofold) $(BUILD)/reference-server --long
	@if pkg-config --exists mpich; then \
	    cmake -S . -B $(BUILD)/mpich -DTWOFOLD_MPI=mpich >&2 && \
	    $(cmake_build) $(BUILD)/mpich --parallel $(JOBS) --target twofold reference-server >&2 && \
	    python3 harness/tests/e2e/fleet/end_to_end_fleet.py $(BUILD)/mpich/twofold \
	        $(BUILD)/mpich/reference-server --long; \
	else echo 'without MPICH (apt install libmpich-dev): that half is left out' >&2; fi

# What a fleet costs by itself, beside the same load from one process. Takes root.
bench-fleet: build
	@python3 harness/tests/bench/bench_fleet.py $(twofold)

# Makes a minimal Debian in /tmp/twofold-bare, which is left there: removing it makes the next proof a whole one.
bare:
	@sh harness/tests/bare/bare.sh

format: setup-tests
	@sh harness/tests/checks/format.sh --fix
	@sh harness/tests/checks/page_lint.sh --fix $(TEST_BUILD)/page_lint || [ $$? -eq 77 ]

# A Python with pandas, pyarrow and matplotlib, and what docs/formats.md shows run in it.
formats-test: build
	@python3 harness/tests/formats/python.py $(BUILD)/formats >&2
	@python3 harness/tests/formats/formats.py $(twofold) $(BUILD)/formats

# DESTDIR=folder puts it there instead, as packagers want it.
install: build
	@$(cmake_build) $(BUILD) --parallel $(JOBS) --target reference-server >&2
	@DESTDIR='$(DESTDIR)' cmake --install $(BUILD) $(if $(PREFIX),--prefix '$(PREFIX)') >&2

package: build
	@$(cmake_build) $(BUILD) --parallel $(JOBS) --target reference-server >&2
	@cd $(BUILD) && cpack -G 'TGZ$(if $(shell command -v dpkg-shlibdeps),;DEB)' >&2
	@ls $(BUILD)/packages/*

package-test: package
	@sh harness/tests/install/chroot.sh $(BUILD)/packages

clean:
	rm -rf $(BUILD) $(TEST_BUILD) backends/*/bin backends/*/build backends/*/target backends/*/node_modules \
	       backends/node/src/*/node_modules backends/node/bun/node_modules backends/*/.venv
