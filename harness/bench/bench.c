#include "bench/bench.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/calibrate.h"
#include "bench/cores.h"
#include "bench/dependencies.h"
#include "bench/prepare.h"
#include "bench/trial.h"
#include "host/facts.h"
#include "plan/plan.h"
#include "record/run_log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

struct bench {
    const struct bench_options *options;
    struct cores cores;
    struct dependencies dependencies;
    struct plan plan;
    struct run_record run;
    struct run_writer *writer;
    struct backend_record *records;
    bool *recorded; /* written into the log */
    bool stepped;   /* a trial has begun */
};

/* FNV-1a over 64 bits: names a scenario's text, guards against nothing. */
static char *hash_of(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return mem_format("%016" PRIx64, hash);
}

static void read_machine(struct machine *ret_machine)
{
    struct facts facts;
    facts_read(&facts, "");
    *ret_machine = facts.machine;
    facts.machine = (struct machine){0};
    facts_release(&facts);
}

static void fill_run(struct bench *bench)
{
    const struct bench_options *options = bench->options;
    struct run_record *run = &bench->run;
    char now[32];

    clock_wall(now, sizeof now);
    run->harness_version = mem_string(TWOFOLD_VERSION);
    run->started = mem_string(now);
    run->scenario_name = mem_string(options->scenario->name);
    run->scenario_text = mem_string(options->scenario->text);
    run->scenario_hash = hash_of(options->scenario->text);
    run->seed = options->scenario->seed;
    run->trials = options->trials;
    run->profile = mem_string(profile_name(options->profile));
    run->generator_cores = mem_string(bench->cores.generator);
    run->service_cores = mem_string(bench->cores.service);
    run->cores_shared = bench->cores.split.shared;
}

/* A run without its calibration is still a run; the report says what is missing. */
static int measure_reference(struct bench *bench, struct error *err)
{
    const struct bench_options *options = bench->options;
    struct error why = {0};
    struct backend_record built = {0};

    if (options->reference == NULL) {
        return 0;
    }
    progress_say(options->progress, "calibration: the reference service on cores %s", bench->cores.service);
    int result = prepare_build(&(struct prepare_options){.manifest = options->reference,
                                                         .cores = &bench->cores.split.service,
                                                         .progress = options->progress,
                                                         .stop = options->stop},
                               &built, &why);
    if (result == 0 && built.skipped != NULL) {
        progress_say(options->progress, "no calibration: %s", built.skipped);
    } else if (result == 0 && calibrate(&(struct calibrate_options){.reference = options->reference,
                                                                    .cores = &bench->cores,
                                                                    .progress = options->progress,
                                                                    .quick = options->profile == PROFILE_QUICK,
                                                                    .stop = options->stop},
                                        &bench->run.calibration, &why) != 0) {
        progress_say(options->progress, "no calibration: %s", why.message);
    }
    backend_record_release(&built);
    return atomic_load(options->stop) ? error_stopped(err) : 0;
}

static int start_dependencies(struct bench *bench, struct error *err)
{
    const struct bench_options *options = bench->options;
    const struct needs *needs = &options->scenario->needs;

    if (!needs->upstream && !needs->database) {
        return 0;
    }
    progress_say(options->progress, "starting what the scenario needs:%s%s", needs->upstream ? " the upstream" : "",
                 needs->database ? " PostgreSQL" : "");
    return dependencies_start(&bench->dependencies,
                              &(struct dependencies_options){.needs = needs,
                                                             .cores = &bench->cores.dependencies,
                                                             .service_cores =
                                                                 core_set_count(&bench->cores.split.service),
                                                             .seed = options->scenario->seed,
                                                             .stop = options->stop},
                              err);
}

static int prepare_all(struct bench *bench, struct error *err)
{
    const struct bench_options *options = bench->options;

    for (size_t i = 0; i < options->backend_count; i++) {
        if (prepare_backend(&(struct prepare_options){.manifest = &options->backends[i],
                                                      .cores = &bench->cores.split.service,
                                                      .seed = options->scenario->seed,
                                                      .dependencies = &bench->dependencies,
                                                      .progress = options->progress,
                                                      .stop = options->stop},
                            &bench->records[i], err) != 0) {
            return -1;
        }
        if (bench->records[i].skipped != NULL) {
            progress_say(options->progress, "%s is left out: %s", bench->records[i].name, bench->records[i].skipped);
            bench->recorded[i] = true;
        }
    }
    return 0;
}

static int begin_log(struct bench *bench, struct error *err)
{
    if (run_writer_run(bench->writer, &bench->run, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < bench->options->backend_count; i++) {
        if (bench->recorded[i] && run_writer_backend(bench->writer, &bench->records[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* At most: every ladder that is still to come climbed to its top. */
static uint64_t time_left(const struct bench *bench, size_t from)
{
    const struct plan *plan = &bench->plan;
    uint64_t trial_ns = plan_trial_ns(plan, bench->options->scenario);
    uint64_t left_ns = 0;

    for (size_t i = from; i < plan->trial_count * plan->backend_count; i++) {
        left_ns += bench->records[plan->order[i]].skipped == NULL ? trial_ns : 0;
    }
    return left_ns;
}

static int run_trials(struct bench *bench, struct error *err)
{
    const struct plan *plan = &bench->plan;

    for (size_t i = 0; i < plan->trial_count * plan->backend_count; i++) {
        size_t backend = plan->order[i];
        struct trial trial = {
            .manifest = &bench->options->backends[backend],
            .scenario = bench->options->scenario,
            .plan = plan,
            .cores = &bench->cores,
            .dependencies = &bench->dependencies,
            .writer = bench->writer,
            .record = &bench->records[backend],
            .recorded = bench->recorded[backend],
            .number = (unsigned)(i / plan->backend_count),
            .rest_ns = time_left(bench, i + 1),
            .progress = bench->options->progress,
            .stop = bench->options->stop,
        };
        bench->stepped = bench->stepped || trial.record->skipped == NULL;
        if (trial.record->skipped == NULL && trial_run(&trial, err) != 0) {
            return -1;
        }
        bench->recorded[backend] = trial.recorded;
    }
    return 0;
}

static int write_end(struct bench *bench, bool interrupted, struct error *err)
{
    char now[32];
    clock_wall(now, sizeof now);
    return run_writer_end(bench->writer, &(struct end_record){.ended = now, .interrupted = interrupted}, err);
}

static int run_all(struct bench *bench, struct error *err)
{
    /* Opened before anything is measured: a name that cannot be written must not cost a run. */
    if (run_writer_open(&bench->writer, bench->options->out, err) != 0) {
        return -1;
    }
    if (measure_reference(bench, err) != 0 || start_dependencies(bench, err) != 0 || prepare_all(bench, err) != 0 ||
        begin_log(bench, err) != 0) {
        return -1;
    }
    int result = run_trials(bench, err);
    if (result == 0) {
        return write_end(bench, false, err);
    }
    if (err->kind == ERROR_STOPPED) {
        write_end(bench, true, NULL);
    }
    return result;
}

static size_t count_measured(const struct bench *bench)
{
    size_t measured = 0;
    for (size_t i = 0; i < bench->options->backend_count; i++) {
        measured += bench->records[i].skipped == NULL;
    }
    return measured;
}

int bench_run(const struct bench_options *options, size_t *ret_measured, struct error *err)
{
    struct bench bench = {.options = options};

    /* The machine is looked at before this thread is moved to the generator's cores: later it sees only those. */
    read_machine(&bench.run.machine);
    if (cores_init(&bench.cores, options->generator_cores, err) != 0) {
        machine_release(&bench.run.machine);
        return -1;
    }
    if ((options->scenario->needs.upstream || options->scenario->needs.database) &&
        cores_split_dependencies(&bench.cores, err) != 0) {
        machine_release(&bench.run.machine);
        cores_release(&bench.cores);
        return -1;
    }
    fill_run(&bench);
    plan_make(&bench.plan, options->scenario,
              &(struct plan_options){.backend_count = options->backend_count,
                                     .trial_count = options->trials,
                                     .profile = options->profile});
    bench.records = mem_new(options->backend_count, sizeof *bench.records);
    bench.recorded = mem_new(options->backend_count, sizeof *bench.recorded);
    int result = run_all(&bench, err);
    *ret_measured = count_measured(&bench);
    if (bench.writer != NULL && !bench.stepped) {
        unlink(options->out); /* nothing was measured: nothing is left behind */
    }
    for (size_t i = 0; i < options->backend_count; i++) {
        backend_record_release(&bench.records[i]);
    }
    free(bench.records);
    free(bench.recorded);
    dependencies_stop(&bench.dependencies);
    run_writer_close(bench.writer);
    run_record_release(&bench.run);
    plan_release(&bench.plan);
    cores_release(&bench.cores);
    return result;
}
