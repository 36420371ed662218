#include "bench/bench.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "bench/calibrate.h"
#include "bench/cores.h"
#include "bench/dependency/dependencies.h"
#include "bench/resume.h"
#include "bench/service/prepare.h"
#include "bench/trial.h"
#include "host/machine/facts.h"
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
    bool *recorded;       /* written into the log */
    bool stepped;         /* a trial has begun */
    struct resume resume; /* empty for a new run */
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

/* "go,node,python,rust" */
static char *names_of(const struct bench_options *options)
{
    struct text names = {0};

    for (size_t i = 0; i < options->backend_count; i++) {
        text_format(&names, "%s%s", i > 0 ? "," : "", options->backends[i].name);
    }
    char *string = mem_string(names.data);
    text_release(&names);
    return string;
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
    run->backends = names_of(options);
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
                                                             .cores_shared = bench->cores.dependencies_shared,
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
                                                      .scenario = options->scenario,
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

/* What took part before has to be able to now; what did not is left out again. */
static int check_resumed(struct bench *bench, struct error *err)
{
    for (size_t i = 0; i < bench->options->backend_count; i++) {
        const char *name = bench->options->backends[i].name;
        const struct backend_record *before = resume_backend(&bench->resume, name);
        if (before == NULL) {
            continue;
        }
        if (before->skipped != NULL) {
            free(bench->records[i].skipped);
            bench->records[i].skipped = mem_string(before->skipped);
        } else if (bench->records[i].skipped != NULL) {
            return error_failed(err, "%s: %s took part in it and cannot now: %s", bench->options->out, name,
                                bench->records[i].skipped);
        }
    }
    return 0;
}

/* Backends that the log does not have yet and that take no part. */
static int write_skipped(struct bench *bench, struct error *err)
{
    for (size_t i = 0; i < bench->options->backend_count; i++) {
        bool before = resume_backend(&bench->resume, bench->options->backends[i].name) != NULL;
        if (!before && bench->recorded[i] && run_writer_backend(bench->writer, &bench->records[i], err) != 0) {
            return -1;
        }
        bench->recorded[i] = bench->recorded[i] || before;
    }
    return 0;
}

static int begin_log(struct bench *bench, struct error *err)
{
    return run_writer_run(bench->writer, &bench->run, err) != 0 ||
                   dependencies_write(&bench->dependencies, &bench->options->scenario->needs, bench->writer, err) != 0
               ? -1
               : write_skipped(bench, err);
}

static int continue_log(struct bench *bench, struct error *err)
{
    if (check_resumed(bench, err) != 0 ||
        resume_open(&bench->resume, bench->options->out, TWOFOLD_VERSION, &bench->writer, err) != 0) {
        return -1;
    }
    if (bench->resume.cut_backend != NULL) {
        progress_say(bench->options->progress, "resumed: trial %u of %s was under way and is run again",
                     bench->resume.cut_trial + 1, bench->resume.cut_backend);
    }
    bench->stepped = true; /* before: the file stays whatever comes of this */
    return write_skipped(bench, err);
}

/* Whether the trial at `place` in the order is still to come. */
static bool is_to_run(const struct bench *bench, size_t place)
{
    size_t backend = bench->plan.order[place];
    unsigned trial = (unsigned)(place / bench->plan.backend_count);
    return bench->records[backend].skipped == NULL &&
           !resume_finished(&bench->resume, bench->options->backends[backend].name, trial);
}

/* At most: every ladder that is still to come climbed to its top. */
static uint64_t time_left(const struct bench *bench, size_t from)
{
    const struct plan *plan = &bench->plan;
    uint64_t trial_ns = plan_trial_ns(plan, bench->options->scenario);
    uint64_t left_ns = 0;

    for (size_t i = from; i < plan->trial_count * plan->backend_count; i++) {
        left_ns += is_to_run(bench, i) ? trial_ns : 0;
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
        if (!is_to_run(bench, i)) {
            continue;
        }
        bench->stepped = true;
        if (trial_run(&trial, err) != 0) {
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

static int new_log(struct bench *bench, struct error *err)
{
    /* Opened before anything is measured: a name that cannot be written must not cost a run. */
    return run_writer_open(&bench->writer, bench->options->out, err) != 0 || measure_reference(bench, err) != 0 ||
                   start_dependencies(bench, err) != 0 || prepare_all(bench, err) != 0 || begin_log(bench, err) != 0
               ? -1
               : 0;
}

static int resume_log(struct bench *bench, struct error *err)
{
    return resume_read(&bench->resume, bench->options->out, &bench->run, err) != 0 ||
                   start_dependencies(bench, err) != 0 || prepare_all(bench, err) != 0 || continue_log(bench, err) != 0
               ? -1
               : 0;
}

static int run_all(struct bench *bench, struct error *err)
{
    if ((bench->options->resume ? resume_log(bench, err) : new_log(bench, err)) != 0) {
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
    resume_release(&bench.resume);
    plan_release(&bench.plan);
    cores_release(&bench.cores);
    return result;
}
