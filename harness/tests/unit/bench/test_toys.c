/* One toy service for each cause, driven by the real loader and watched by the real sampler: what is wrong with it is
 * what must be named. The machine may be busy: a step that is invalid is run again, and margins are wide. */
#include "analysis/cause/cause.h"
#include "base/core_set.h"
#include "base/mem.h"
#include "bench/step.h"
#include "contract/upstream/upstream.h"
#include "host/machine/affinity.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS            UINT64_C(1000000)
#define MIB           UINT64_C(1048576)
#define ATTEMPTS_MOST 4

static const struct limits limits = {.percentile = 0.99,
                                     .latency_ns = 150 * MS,
                                     .error_share = 0.02,
                                     .throughput_share = 0.9,
                                     .memory_bytes = 160 * MIB};

struct toy {
    const char *fault;
    uint64_t rate;
    struct needs needs;     /* of an upstream */
    enum cause cause, also; /* `also`: is as right, on a machine with one core or a busy one */
    bool apart;             /* from the generator, which it would leave no core */
    bool crowded;           /* the generator has others on its core */
};

#define UPSTREAM .upstream = true, .upstream_delay_ns = 20 * MS

static const struct toy toys[] = {
    {.fault = "cpu", .rate = 200, .cause = CAUSE_CPU, .also = CAUSE_CPU, .apart = true},
    {.fault = "one-thread", .rate = 160, .cause = CAUSE_ONE_THREAD, .also = CAUSE_CPU},
    {.fault = "lock", .rate = 250, .cause = CAUSE_WAITING, .also = CAUSE_WAITING},
    {.fault = "memory", .rate = 300, .cause = CAUSE_MEMORY, .also = CAUSE_MEMORY},
    {.fault = "backlog", .rate = 60, .cause = CAUSE_BACKLOG, .also = CAUSE_BACKLOG},
    {.fault = "descriptors", .rate = 250, .cause = CAUSE_FILE_DESCRIPTORS, .also = CAUSE_FILE_DESCRIPTORS},
    {.fault = "signal", .rate = 200, .cause = CAUSE_CRASH, .also = CAUSE_CRASH},
    {.fault = "exit", .rate = 200, .cause = CAUSE_CRASH, .also = CAUSE_CRASH},
    {.fault = "wrong", .rate = 100, .cause = CAUSE_UNKNOWN, .also = CAUSE_UNKNOWN},
    {.fault = "shedding", .rate = 250, .cause = CAUSE_SHEDDING, .also = CAUSE_SHEDDING},
    {.fault = "pause", .rate = 250, .cause = CAUSE_PAUSE, .also = CAUSE_PAUSE},
    {.fault = "pool", .rate = 250, .cause = CAUSE_WAITING, .also = CAUSE_WAITING, .needs = {UPSTREAM}},
    {.fault = "upstream",
     .rate = 250,
     .cause = CAUSE_DEPENDENCY,
     .also = CAUSE_DEPENDENCY,
     .needs = {UPSTREAM, .upstream_at_once = 2}},
    {.fault = "generator",
     .rate = 20000,
     .cause = CAUSE_GENERATOR,
     .also = CAUSE_GENERATOR,
     .apart = true,
     .crowded = true},
};

#define TOYS (sizeof toys / sizeof toys[0])

/* What came of one toy. */
struct outcome {
    struct step_verdict verdict;
    struct cause_finding finding;
    char *output; /* of one that died */
};

static void ignore_live(void *context, const struct progress_live *live)
{
    (void)context;
    (void)live;
}

static void pin(void *cores, unsigned thread)
{
    (void)thread;
    affinity_pin(cores, NULL);
}

/* --- what a step is run with -------------------------------------------------------------------------------------- */

enum { CROWD = 8 };

/* Others on the generator's cores, which leave it a ninth of one. */
static void crowd(const struct core_set *cores, pid_t pids[CROWD])
{
    for (int i = 0; i < CROWD; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            affinity_pin(cores, NULL);
            for (volatile unsigned turns = 0;; turns++) {
            }
        }
    }
}

static void disperse(const pid_t pids[CROWD])
{
    for (int i = 0; i < CROWD; i++) {
        if (pids[i] > 0) {
            kill(pids[i], SIGKILL);
            waitpid(pids[i], NULL, 0);
        }
    }
}

struct stage {
    const struct core_set *cores; /* the service's */
    struct core_set generator;
    struct dependencies dependencies;
    struct instance instance;
    struct crew *crew;
};

static void stage_start(struct stage *stage, const struct toy *toy, const struct traffic *traffic)
{
    char *argv[] = {TOY_SERVICE, (char *)(uintptr_t)toy->fault, NULL};
    struct manifest manifest = {.name = (char *)(uintptr_t)toy->fault,
                                .folder = (char *)"/",
                                .ready = (char *)"/healthz",
                                .run = {.argv = argv}};
    struct dependencies_options needed = {.needs = &toy->needs, .cores = stage->cores, .cores_shared = true};
    struct instance_options options = {.manifest = &manifest, .cores = stage->cores};
    struct error err = {0};

    if (dependencies_start(&stage->dependencies, &needed, &err) != 0) {
        fail_msg("%s", err.message);
    }
    options.variables = stage->dependencies.variables;
    if (instance_start(&stage->instance, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    const struct crew_options crew = {.loader = {.traffic = traffic,
                                                 .host = INSTANCE_HOST,
                                                 .port = stage->instance.port,
                                                 .threads = 1,
                                                 .deadline_ns = 1000 * MS,
                                                 .connections_most = 128,
                                                 .on_thread = pin,
                                                 .context = &stage->generator}};
    assert_int_equal(crew_new(&stage->crew, &crew, &err), 0);
}

static void stage_stop(struct stage *stage)
{
    crew_free(stage->crew);
    instance_stop(&stage->instance);
    dependencies_stop(&stage->dependencies);
}

static struct step_record drive(const struct toy *toy, const struct affinity_split *split,
                                const struct traffic *traffic)
{
    struct stage stage = {.cores = toy->apart ? &split->service : &split->idle,
                          .generator = toy->apart ? split->generator : split->idle};
    struct progress progress = {.live = ignore_live};
    struct planned_step planned = {.level = toy->rate,
                                   .rate = toy->rate,
                                   .seed = 1,
                                   .warmup_ns = 500 * MS,
                                   .measure_ns = 2500 * MS,
                                   .drain_limit_ns = 5000 * MS,
                                   .interval_count = 20};
    struct step_record record;
    pid_t others[CROWD] = {0};
    atomic_bool stop = false;

    stage_start(&stage, toy, traffic);
    if (toy->crowded) {
        crowd(&stage.generator, others);
    }
    const struct scenario scenario = {.limits = limits};
    struct run run = {.scenario = &scenario, .dependencies = &stage.dependencies, .progress = &progress, .stop = &stop};
    struct step_run step = {
        .run = &run, .instance = &stage.instance, .crew = stage.crew, .planned = &planned, .backend = toy->fault};
    assert_int_equal(step_run(&step, &record, NULL), 0);
    disperse(others);
    stage_stop(&stage);
    return record;
}

/* --- what came of it ---------------------------------------------------------------------------------------------- */

/* Few pauses in a short step need not decide it. */
static bool expected(const struct toy *toy, enum verdict verdict)
{
    if (toy->cause == CAUSE_GENERATOR) {
        return verdict == VERDICT_INVALID;
    }
    return verdict == VERDICT_BREAK || (toy->cause == CAUSE_PAUSE && verdict == VERDICT_UNDECIDED);
}

static struct outcome try(const struct toy *toy, const struct affinity_split *split, const struct traffic *traffic)
{
    struct outcome outcome = {0};
    unsigned cores = core_set_count(toy->apart ? &split->service : &split->idle);
    const struct verdict_terms terms = {.limits = &limits, .cores_shared = !toy->apart || split->shared};
    struct step_usage usage;

    for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        struct step_record record = drive(toy, split, traffic);
        step_usage_find(&record, cores, &usage);
        verdict_judge(&record, &usage.host, &terms, &outcome.verdict);
        cause_find(&record, &outcome.verdict, &usage, NULL, &outcome.finding);
        free(outcome.output);
        outcome.output = mem_string(record.death.output);
        step_record_release(&record);
        if (expected(toy, outcome.verdict.verdict)) {
            break;
        }
    }
    return outcome;
}

static double figure(const struct outcome *outcome, const char *key)
{
    for (size_t i = 0; i < outcome->finding.evidence_count; i++) {
        if (strcmp(outcome->finding.evidence[i].key, key) == 0) {
            return outcome->finding.evidence[i].value;
        }
    }
    return 0;
}

static void print_row(const struct toy *toy, const struct outcome *outcome)
{
    const struct step_verdict *verdict = &outcome->verdict;

    print_message("%-12s %-12s %-12s %-8s %-11s", toy->fault, cause_name(toy->cause),
                  cause_name(outcome->finding.cause), verdict_name(verdict->verdict),
                  verdict->breach_count > 0 ? limit_name(verdict->breaches[0].limit) : "-");
    print_message(" cpu %.2f thread %.2f delay %.2f overflows %.0f there %.2f\n", figure(outcome, "service_cpu_share"),
                  figure(outcome, "busiest_thread_share"), figure(outcome, "run_delay_share"),
                  figure(outcome, "accept_queue_overflows"), figure(outcome, "dependency_time_share"));
}

static void check_death(const struct toy *toy, const struct outcome *outcome)
{
    if (strcmp(toy->fault, "signal") == 0) {
        assert_true(figure(outcome, "signal") == SIGABRT);
    }
    if (strcmp(toy->fault, "exit") == 0) {
        assert_true(figure(outcome, "exit_code") == 7);
        assert_non_null(outcome->output);
        assert_non_null(strstr(outcome->output, "the configuration is gone"));
    }
}

/* A machine on which others work all the time lets no step be valid; what was seen is printed, and only a wrong name in
 * a valid step is a failure. Where so few are valid that little was tested, the test is skipped and says so. */
TEST(what_is_wrong_with_a_service_is_what_is_named)
{
    struct core_set cores;
    struct affinity_split split;
    struct traffic traffic;
    unsigned wrong = 0, valid = 0;

    assert_int_equal(affinity_allowed(&cores, NULL), 0);
    assert_int_equal(affinity_split(&cores, 1, "", &split, NULL), 0);
    split.idle = cores; /* where both may run */
    traffic_init_get(&traffic, "/work");
    print_message("%-12s %-12s %-12s %-8s %-11s\n", "toy", "injected", "named", "verdict", "broke first");
    for (size_t i = 0; i < TOYS; i++) {
        struct outcome outcome = try(&toys[i], &split, &traffic);
        enum cause named = outcome.finding.cause;
        print_row(&toys[i], &outcome);
        if (expected(&toys[i], outcome.verdict.verdict)) {
            valid++;
            wrong += named != toys[i].cause && named != toys[i].also;
            check_death(&toys[i], &outcome);
        }
        free(outcome.output);
    }
    traffic_release(&traffic);
    assert_int_equal(wrong, 0);
    if (valid < TOYS - 3) {
        print_message("others work on this machine: only %u of %zu steps are valid\n", valid, TOYS);
        skip();
    }
}

/* This program is the upstream as well, as the harness is: `PROGRAM upstream --NAME VALUE …`. */
static int be_upstream(int argc, char **argv)
{
    struct upstream_options options = {0};

    for (int i = 2; i + 1 < argc; i += 2) {
        unsigned long long value = strtoull(argv[i + 1], NULL, 10);
        options.port = strcmp(argv[i], "--port") == 0 ? (uint16_t)value : options.port;
        options.delay_ns = strcmp(argv[i], "--delay") == 0 ? value : options.delay_ns;
        options.at_once = strcmp(argv[i], "--at-once") == 0 ? value : options.at_once;
    }
    return upstream_run(&options, NULL) == 0 ? 0 : 9;
}

int before_tests(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "upstream") == 0) {
        return be_upstream(argc, argv);
    }
    return RUN_TESTS;
}
