/* random_run SEED FILE: a run log of made-up steps, a few of everything that a verdict can turn on: slow intervals,
 * failures of each kind, queues that grow, deaths, silence, memory, a generator that lagged; with an even seed,
 * requests that expect an error as well. The same seed makes the same run. */
#include "built_classes.h"
#include "log_builder.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LADDER 5
#define SEARCH 2

static struct random dice;

static double between(double least, double most)
{
    return least + (most - least) * random_unit(&dice);
}

static bool one_in(unsigned times)
{
    return random_below(&dice, times) == 0;
}

/* Evenly spread over orders of magnitude. */
static double scattered(double least, double most)
{
    return least * pow(most / least, random_unit(&dice));
}

static void shake_intervals(struct step_builder *builder)
{
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        struct built_interval *interval = &builder->intervals[i];
        if (one_in(6)) {
            interval->slow = random_below(&dice, interval->offered / 20 + 2);
            interval->slow_ms = scattered(5, 3000);
        }
        if (one_in(9)) {
            interval->failed = random_below(&dice, interval->offered / 30 + 2);
            interval->failure = (enum failure)random_below(&dice, FAILURE_COUNT);
        }
        if (one_in(5)) {
            interval->in_flight = random_below(&dice, 400);
        }
    }
}

static void silence(struct step_builder *builder)
{
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder->intervals[i] = (struct built_interval){.usual_ms = 1, .in_flight = one_in(2) ? 0 : 30};
    }
}

static void leave_unsent(struct step_builder *builder)
{
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder->intervals[i].failed = builder->intervals[i].offered / 10;
        builder->intervals[i].failure = FAILURE_UNSENT;
    }
}

static void shake_host(struct built_host *host)
{
    host->sampled = !one_in(8);
    host->cores = between(0, 2);
    host->cores_busy = fmin(2, host->cores + (one_in(3) ? between(0, 1.2) : 0));
    host->run_delay = one_in(2) ? between(0, 0.4) : 0;
    host->busiest_thread = between(0, 1);
    host->rss_mib = scattered(5, 900);
    host->pss_share = one_in(2) ? between(0.2, 1.1) : 0;
}

static void shake(struct step_builder *builder)
{
    unsigned calm = (unsigned)random_below(&dice, 3);
    if (calm > 0) {
        shake_intervals(builder);
        shake_host(&builder->host);
    }
    if (one_in(15)) {
        leave_unsent(builder);
    }
    if (one_in(20)) {
        silence(builder);
    }
    if (one_in(5)) {
        step_builder_queue(builder, between(0, 30), between(0, 2000));
    }
    if (one_in(12)) {
        step_builder_die(builder, between(-500, BUILT_MEASURED_MS), one_in(2) ? 1 : -1, one_in(2) ? 9 : 0);
    }
    if (one_in(10)) {
        builder->lag_us = scattered(100, 50000);
    }
    if (one_in(8)) {
        builder->busiest_thread = between(0.8, 1);
    }
    if (one_in(8)) {
        builder->starved_thread = between(0, 0.3);
    }
    if (one_in(8)) {
        builder->mean_in_flight = between(0, 60);
    }
    if (one_in(6)) {
        builder->connections = 1 + random_below(&dice, 50);
    }
}

/* Memory that rises by so much over the step, evenly or to a level. */
static void grow(struct step_record *step)
{
    double rise = scattered(1 << 20, 4e8), bend = one_in(2) ? 1 : between(0.2, 1);

    for (size_t i = 0; i < step->sample_count; i++) {
        double part = (double)i / (double)step->sample_count;
        step->samples[i].rss_bytes += (uint64_t)(rise * pow(part, bend));
    }
}

/* A quota and a memory limit of the service's own group, threads at work, and a process that is stopped now and then.
 */
static void confine(struct step_record *step)
{
    double quota = between(0.05, 1.5), throttled = between(0, 1);

    step->not_watched = one_in(10);
    for (size_t i = 0; i < step->sample_count; i++) {
        struct sample *sample = &step->samples[i];
        sample->active_threads = 1 + random_below(&dice, 8);
        sample->stopped_processes = one_in(9);
        sample->service_group_quota_cores = quota;
        sample->service_group_periods = i;
        sample->service_group_throttled_periods = (uint64_t)(throttled * (double)i);
        sample->service_group_throttled_ns = (uint64_t)(throttled * (double)i * 6e7);
        sample->service_group_memory_limit_bytes = UINT64_C(256) << 20;
        sample->service_group_memory_bytes = sample->rss_bytes / 2;
        sample->service_group_oom_kills = step->death.died && i > step->sample_count / 2;
    }
}

/* What a database used beside the step: half of the time on the service's own cores, where its threads are in the way.
 */
static void add_dependency(struct step_record *step)
{
    struct dependency_load *load = mem_new(1, sizeof *load);
    double cores = between(0, 1.2);

    *load = (struct dependency_load){.name = mem_string("postgresql"), .cores = 1, .shared = one_in(2)};
    load->samples = mem_new(step->sample_count, sizeof *load->samples);
    load->sample_count = step->sample_count;
    for (size_t i = 0; i < step->sample_count; i++) {
        uint64_t since_ns = step->samples[i].at_ns - step->samples[0].at_ns;
        load->samples[i].at_ns = step->samples[i].at_ns;
        load->samples[i].cpu_ns = (uint64_t)(cores * (double)since_ns);
        step->samples[i].service_cores_busy_ns += load->shared ? load->samples[i].cpu_ns : 0;
        step->samples[i].run_delay_ns += load->shared ? since_ns / 4 : 0;
    }
    step->dependencies = load;
    step->dependency_count = 1;
}

/* In which one class expects an error. */
static const char refusing_scenario[] =
    "{\"schema\": 1, \"name\": \"catalog\", \"why\": \"some are malformed\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 9, \"path\": \"/items/1\"},\n"
    "   {\"name\": \"no id\", \"weight\": 1, \"path\": \"/items/x\", \"expect\": {\"status\": 422}}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"},\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.1%\", \"throughput\": \"95%\", \"memory\": \"512MiB\"}}\n";

static void shake_class(struct built_class *class, const char *name, uint64_t offered)
{
    *class = (struct built_class){.name = name, .offered = offered, .usual_ms = 3};
    if (one_in(3)) {
        class->slow = random_below(&dice, offered / 20 + 1);
        class->slow_ms = scattered(5, 3000);
    }
    if (one_in(3)) {
        class->failed = random_below(&dice, one_in(2) ? 8 : 200) * (offered - class->slow) / 200;
        class->failure = (enum failure)random_below(&dice, FAILURE_UNSENT);
    }
}

static void add_classes(struct load_record *load)
{
    struct built_class classes[2];
    uint64_t expected_errors = random_below(&dice, load->tally.offered / 10 + 1);

    shake_class(&classes[0], "read", load->tally.offered - expected_errors);
    shake_class(&classes[1], "no id", expected_errors);
    built_classes_add(load, classes, 2);
}

/* One time without a response, somewhere. */
static void fall_silent(struct load_record *load)
{
    load->detailed = true;
    load->stalls.stalls = mem_new(load->stalls.count = 1, sizeof *load->stalls.stalls);
    load->stalls.stalls[0] =
        (struct stall){.at_ns = (uint64_t)between(0, 4e9), .length_ns = (uint64_t)scattered(2e7, 9e8)};
}

/* Of the reference service, before each block of trials. */
static void calibrate(struct run_log *log, unsigned trial)
{
    struct calibration_record *record = list_add(log->calibrations, log->calibration_count);

    *record = (struct calibration_record){.trial = trial, .measured = log->run.calibration};
    record->measured.throughput_rps = (uint64_t)between(150000, 190000);
    record->measured.disturbed = one_in(4);
}

static void add_step(struct run_log *log, const char *backend, unsigned trial, unsigned index)
{
    struct step_builder builder;
    bool search = index >= LADDER;

    step_builder_init(&builder, search ? 500 + random_below(&dice, 8000) : UINT64_C(500) << index);
    builder.backend = backend;
    builder.trial = trial;
    bool again = !search && index > 0 && one_in(7); /* a repetition of the one before */
    builder.index = index - again;
    shake(&builder);
    struct step_record *step = log_builder_step(log, &builder);
    step->phase = search ? PHASE_SEARCH : PHASE_LADDER;
    step->attempt = again;
    if (!search && index > 2 && one_in(8)) {
        step->phase = PHASE_WARM;
    }
    if (one_in(3)) {
        fall_silent(&step->load);
    }
    if (one_in(3)) {
        grow(step);
    }
    if (one_in(4)) {
        confine(step);
    }
    if (one_in(3)) {
        add_dependency(step);
    }
    if (strcmp(log->run.scenario_text, log_builder_scenario) != 0) {
        add_classes(&step->load);
    }
    step->load.starved_thread = one_in(8) ? between(0, 0.3) : 0;
    step->load.stood_still = one_in(20) ? between(0, 0.3) : 0;
    step->load.connections_denied = one_in(20) ? random_below(&dice, 9) : 0;
    step->connections = one_in(4) ? 200 : 0;
    step->load.connections_missing = step->connections > 0 && one_in(2) ? random_below(&dice, 5) : 0;
}

/* A steady load, in which memory may rise. */
static void add_soak(struct run_log *log, const char *backend, unsigned trial)
{
    struct step_builder builder;

    step_builder_init(&builder, 400);
    builder.backend = backend;
    builder.trial = trial;
    shake(&builder);
    struct step_record *step = log_builder_soak(log, &builder);
    if (one_in(2)) {
        grow(step);
    }
}

/* The first step's load again: for some time slow, failing or with a backlog still, then perhaps well. */
static void add_recovery(struct run_log *log, const char *backend, unsigned trial)
{
    struct step_builder builder;
    size_t well = random_below(&dice, BUILT_INTERVALS + 1);
    size_t drained = random_below(&dice, BUILT_INTERVALS + 1);

    step_builder_init(&builder, 500);
    builder.backend = backend;
    builder.trial = trial;
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        struct built_interval *interval = &builder.intervals[i];
        interval->slow = i < well && one_in(2) ? random_below(&dice, interval->offered / 2) : one_in(8);
        interval->slow_ms = scattered(5, 900);
        interval->failed = i < well && one_in(3) ? random_below(&dice, interval->offered / 4) : 0;
        interval->failure = FAILURE_TIMEOUT;
        interval->in_flight = i < drained ? 10 + random_below(&dice, 150) : interval->in_flight;
    }
    if (one_in(10)) {
        step_builder_die(&builder, between(0, BUILT_MEASURED_MS), -1, 9);
    }
    if (one_in(4)) {
        builder.lag_us = scattered(100, 50000);
    }
    if (one_in(3)) {
        shake_host(&builder.host);
    }
    struct step_record *recovery = log_builder_recovery(log, &builder);
    recovery->attempt = one_in(4);
    recovery->load.started_ns += (uint64_t)between(5.1e9, 7e9);
}

static void make(struct run_log *log, bool refusing)
{
    static const char *const names[] = {"ant", "bee", "cat"};

    log_builder_init(log);
    if (refusing) {
        free(log->run.scenario_text);
        log->run.scenario_text = mem_string(refusing_scenario);
    }
    for (size_t b = 0; b < sizeof names / sizeof *names; b++) {
        log_builder_backend(log, names[b]);
    }
    for (size_t b = 0; b < log->backend_count; b++) {
        log->backends[b].language = mem_string(b < 2 ? "Go" : "Java");
        log->backends[b].framework = mem_string(names[b]);
    }
    log->backends[1].followed = mem_string("4711 nginx");
    for (unsigned trial = 0; trial < 3; trial++) {
        calibrate(log, trial);
        for (size_t b = 0; b < sizeof names / sizeof *names; b++) {
            for (unsigned index = 0; index < LADDER + SEARCH; index++) {
                add_step(log, names[b], trial, index);
            }
            add_soak(log, names[b], trial);
            log_builder_trial(log, names[b], trial, NULL);
        }
    }
    log_builder_trial(log, names[0], 3, "its port was taken")->harness_fault = one_in(2);
    for (size_t i = 0; i < 3 * sizeof names / sizeof *names; i++) {
        if (!one_in(6)) {
            add_recovery(log, names[i / 3], (unsigned)i % 3);
        }
    }
    log_builder_skip(log, "dog", "dog is not installed");
}

static int write_records(struct run_writer *writer, const struct run_log *log, struct error *err)
{
    int result = run_writer_run(writer, &log->run, err);

    for (size_t i = 0; i < log->backend_count && result == 0; i++) {
        result = run_writer_backend(writer, &log->backends[i], err);
    }
    for (size_t i = 0; i < log->calibration_count && result == 0; i++) {
        result = run_writer_calibration(writer, &log->calibrations[i], err);
    }
    for (size_t i = 0; i < log->step_count && result == 0; i++) {
        result = run_writer_step(writer, &log->steps[i], err);
    }
    for (size_t i = 0; i < log->recovery_count && result == 0; i++) {
        result = run_writer_recovery(writer, &log->recoveries[i], err);
    }
    for (size_t i = 0; i < log->soak_count && result == 0; i++) {
        result = run_writer_soak(writer, &log->soaks[i], err);
    }
    for (size_t i = 0; i < log->trial_count && result == 0; i++) {
        result = run_writer_trial(writer, &log->trials[i], err);
    }
    return result == 0 ? run_writer_end(writer, &log->end, err) : -1;
}

int main(int argc, char **argv)
{
    struct run_log log;
    struct run_writer *writer;
    struct error err = {0};

    if (argc != 3) {
        fprintf(stderr, "usage: random_run SEED FILE\n");
        return 2;
    }
    uint64_t seed = strtoull(argv[1], NULL, 10);
    random_init(&dice, seed, 0);
    make(&log, seed % 2 == 0);
    int result = run_writer_open(&writer, argv[2], &err);
    if (result == 0) {
        result = write_records(writer, &log, &err);
        run_writer_close(writer);
    }
    if (result != 0) {
        fprintf(stderr, "random_run: %s\n", err.message);
    }
    run_log_release(&log);
    return result == 0 ? 0 : 1;
}
