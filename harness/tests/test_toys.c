/* One toy service for each cause, driven by the real loader and watched by the real sampler: what is wrong with it is what
 * must be named. The machine may be busy: a step that is invalid is run again, and margins are wide. */
#include "analysis/cause.h"
#include "base/core_set.h"
#include "base/mem.h"
#include "bench/step.h"
#include "host/affinity.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

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
    enum cause cause, also; /* `also`: is as right, on a machine with one core or a busy one */
    bool apart;             /* from the generator, which it would leave no core */
};

static const struct toy toys[] = {
    {"cpu", 200, CAUSE_CPU, CAUSE_CPU, true},
    {"one-thread", 160, CAUSE_ONE_THREAD, CAUSE_CPU, false},
    {"lock", 250, CAUSE_WAITING, CAUSE_WAITING, false},
    {"memory", 300, CAUSE_MEMORY, CAUSE_MEMORY, false},
    {"backlog", 60, CAUSE_BACKLOG, CAUSE_BACKLOG, false},
    {"descriptors", 250, CAUSE_DESCRIPTORS, CAUSE_DESCRIPTORS, false},
    {"signal", 200, CAUSE_CRASH, CAUSE_CRASH, false},
    {"exit", 200, CAUSE_CRASH, CAUSE_CRASH, false},
    {"wrong", 100, CAUSE_UNKNOWN, CAUSE_UNKNOWN, false},
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

static struct step_record drive(const struct toy *toy, const struct affinity_split *split,
                                const struct traffic *traffic)
{
    const struct core_set *cores = toy->apart ? &split->service : &split->idle;
    struct core_set generator = toy->apart ? split->generator : split->idle;
    char *argv[] = {TOY_SERVICE, (char *)(uintptr_t)toy->fault, NULL};
    struct manifest manifest = {.name = mem_string(toy->fault), .folder = mem_string("/"), .run = {.argv = argv}};
    struct progress progress = {.live = ignore_live};
    struct scenario scenario = {.arrivals = ARRIVALS_POISSON};
    struct planned_step planned = {.level = toy->rate,
                                   .rate = toy->rate,
                                   .seed = 1,
                                   .settle_ns = 500 * MS,
                                   .measure_ns = 2500 * MS,
                                   .windows = 20};
    struct instance instance;
    struct loader *loader;
    struct step_record record;
    struct error err = {0};
    atomic_bool stop = false;

    if (instance_start(&instance, &(struct instance_options){.manifest = &manifest, .cores = cores, .stop = &stop},
                       &err) != 0) {
        fail_msg("%s", err.message);
    }
    struct loader_options options = {.traffic = traffic,
                                     .host = INSTANCE_HOST,
                                     .port = instance.port,
                                     .threads = 1,
                                     .deadline_ns = 1000 * MS,
                                     .connections_most = 128,
                                     .on_thread = pin,
                                     .context = &generator};
    assert_int_equal(loader_new(&loader, &options, &err), 0);
    assert_int_equal(step_run(&(struct step_run){.instance = &instance,
                                                 .loader = loader,
                                                 .scenario = &scenario,
                                                 .planned = &planned,
                                                 .backend = toy->fault,
                                                 .progress = &progress,
                                                 .stop = &stop},
                              &record, &err),
                     0);
    loader_free(loader);
    instance_stop(&instance);
    free(manifest.name);
    free(manifest.folder);
    return record;
}

static struct outcome try(const struct toy *toy, const struct affinity_split *split, const struct traffic *traffic)
{
    struct outcome outcome = {0};
    unsigned cores = core_set_count(toy->apart ? &split->service : &split->idle);

    for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        struct step_record record = drive(toy, split, traffic);
        verdict_judge(&record, &limits, !toy->apart || split->shared, &outcome.verdict);
        cause_find(&record, &outcome.verdict, cores, &outcome.finding);
        free(outcome.output);
        outcome.output = mem_string(record.death.output);
        step_record_release(&record);
        if (outcome.verdict.verdict == VERDICT_BREAK) {
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
    print_message(" cpu %.2f thread %.2f delay %.2f overflows %.0f\n", figure(outcome, "service_cpu_share"),
                  figure(outcome, "busiest_thread_share"), figure(outcome, "run_delay_share"),
                  figure(outcome, "listen_overflows"));
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

/* A machine on which others work all the time lets no step be valid; what was seen is printed, and only a wrong name in a
 * valid step is a failure. Where so few are valid that little was tested, the test is skipped and says so. */
static void what_is_wrong_with_a_service_is_what_is_named(void **state)
{
    struct core_set cores;
    struct affinity_split split;
    struct traffic traffic;
    unsigned wrong = 0, valid = 0;

    (void)state;
    assert_int_equal(affinity_allowed(&cores, NULL), 0);
    assert_int_equal(affinity_split(&cores, 1, "", &split, NULL), 0);
    split.idle = cores; /* where both may run */
    traffic_init_get(&traffic, "/work");
    print_message("%-12s %-12s %-12s %-8s %-11s\n", "toy", "injected", "named", "verdict", "broke first");
    for (size_t i = 0; i < TOYS; i++) {
        struct outcome outcome = try(&toys[i], &split, &traffic);
        enum cause named = outcome.finding.cause;
        print_row(&toys[i], &outcome);
        if (outcome.verdict.verdict == VERDICT_BREAK) {
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_with_a_service_is_what_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
