#include "bench/bench.h"

#include "base/clock.h"
#include "base/mem.h"
#include "bench/blocks.h"
#include "bench/calibrate.h"
#include "bench/crew/fleet_role.h"
#include "bench/description.h"
#include "bench/participants.h"
#include "bench/resume.h"
#include "bench/run.h"
#include "bench/trial.h"

#include <stdlib.h>
#include <unistd.h>

struct bench {
    const struct bench_options *options;
    struct run run; /* of what follows */
    struct cores cores;
    struct dependencies dependencies;
    struct plan plan;
    struct run_record record;
    struct participants participants;
    struct resume resume; /* empty for a new run */
    struct muster muster; /* of a fleet; empty: there is none */
    struct fleet_role role;
    bool calibrates; /* the reference service is built */
    bool stepped;    /* a trial has begun, or had begun before the run was resumed */
};

/* ---- before the trials ---- */

static int start_dependencies(struct bench *bench, struct error *err)
{
    const struct scenario *scenario = bench->options->scenario;
    const struct needs *needs = &scenario->needs;
    struct dependencies_options options = {.needs = needs,
                                           .cores = &bench->cores.dependencies,
                                           .cores_shared = bench->cores.dependencies_shared,
                                           .service_cores = core_set_count(&bench->cores.split.service),
                                           .seed = scenario->seed,
                                           .allow_remote = bench->options->allow_remote,
                                           .stop = bench->options->stop};

    if (needs_processes(needs)) {
        progress_say(bench->options->progress, "starting what the scenario needs:%s%s",
                     needs->upstream ? " the upstream" : "", needs->database ? " PostgreSQL" : "");
    }
    return dependencies_start(&bench->dependencies, &options, err);
}

/* ---- the run log ---- */

static struct line_file_options file_of(const struct bench *bench)
{
    const struct bench_options *options = bench->options;

    return (struct line_file_options){.path = options->out,
                                      .numbered = options->numbered,
                                      .say = options->progress->say,
                                      .context = options->progress->context};
}

static int new_log(struct bench *bench, struct error *err)
{
    const struct scenario *scenario = bench->options->scenario;
    struct run_writer *writer;

    /* Before anything is measured, so that a file that cannot be written does not cost a run. */
    const struct line_file_options file = file_of(bench);
    if (fleet_role_open(&bench->muster, &file, &bench->run.writer, err) != 0) {
        return -1;
    }
    if (calibrate_build(&bench->run, bench->options->reference, &bench->calibrates, err) != 0 ||
        (bench->calibrates &&
         calibrate_say(&bench->run, bench->options->reference, &bench->record.calibration, err) != 0)) {
        return -1;
    }
    if (start_dependencies(bench, err) != 0) {
        return -1;
    }
    if (participants_prepare(&bench->participants, &bench->run, err) != 0) {
        return -1;
    }
    writer = bench->run.writer;
    if (run_writer_run(writer, &bench->record, err) != 0 || fleet_role_write(&bench->muster, writer, err) != 0) {
        return -1;
    }
    if (dependencies_write(&bench->dependencies, &scenario->needs, writer, err) != 0) {
        return -1;
    }
    return participants_record_skipped(&bench->participants, &bench->resume, writer, err);
}

static int resume_log(struct bench *bench, struct error *err)
{
    const char *file = bench->options->out;
    struct resume *resume = &bench->resume;

    const struct line_file_options options = file_of(bench);
    struct run_writer *writer = fleet_role_writer(&bench->muster);
    if (resume_read_by(resume, writer, &options, &bench->record, err) != 0) {
        return -1;
    }
    if (calibrate_build(&bench->run, bench->options->reference, &bench->calibrates, err) != 0) {
        return -1;
    }
    if (start_dependencies(bench, err) != 0) {
        return -1;
    }
    if (participants_prepare(&bench->participants, &bench->run, err) != 0) {
        return -1;
    }
    if (participants_check_resumed(&bench->participants, resume, err) != 0) {
        return error_context(err, "%s", file);
    }
    if (resume_begin(resume, TWOFOLD_VERSION, &bench->run.writer, err) != 0) {
        return -1;
    }
    if (resume->cut_backend != NULL) {
        progress_say(bench->options->progress, "resumed: trial %u of %s was under way and is run again",
                     resume->cut_trial + 1, resume->cut_backend);
    }
    bench->stepped = true; /* the file stays whatever comes of this */
    return participants_record_skipped(&bench->participants, resume, bench->run.writer, err);
}

/* `reason`: why the run is interrupted; NULL: it came to its end. */
static int write_end(struct bench *bench, const char *reason, struct error *err)
{
    char now[32];

    clock_wall(now, sizeof now);
    return run_writer_end(bench->run.writer,
                          &(struct end_record){.ended = now, .interrupted = reason != NULL, .reason = (char *)reason},
                          err);
}

/* ---- the trials ---- */

/* Whether the trial at `place` in the plan's order is still to come. */
static bool is_to_run(const struct bench *bench, size_t place)
{
    size_t backend = bench->plan.order[place];
    unsigned trial = (unsigned)(place / bench->plan.backend_count);

    return bench->participants.records[backend].skipped == NULL &&
           !resume_finished(&bench->resume, bench->participants.manifests[backend].name, trial);
}

/* At most: as if every ladder to come were climbed to its top. Of the spare blocks only one that has begun counts. */
static uint64_t time_left(const struct bench *bench, size_t from)
{
    const struct plan *plan = &bench->plan;
    size_t blocks = (from + plan->backend_count - 1) / plan->backend_count;
    uint64_t trial_ns = plan_trial_ns(plan, bench->options->scenario);
    uint64_t left_ns = 0;

    if (blocks < plan->trial_count) {
        blocks = plan->trial_count;
    }
    for (size_t i = from; i < blocks * plan->backend_count; i++) {
        if (is_to_run(bench, i)) {
            left_ns += trial_ns;
        }
    }
    return left_ns;
}

/* A machine is not equally fast all the time: what the reference service does is measured again before each block of
 * trials, where there is more than one. */
static int calibrate_block(struct bench *bench, unsigned trial, struct error *err)
{
    struct calibration_record record = {.trial = trial};

    if (!bench->calibrates || bench->plan.trial_count < 2) {
        return 0;
    }
    if (calibrate_say(&bench->run, bench->options->reference, &record.measured, err) != 0) {
        return -1;
    }
    return record.measured.done ? run_writer_calibration(bench->run.writer, &record, err) : 0;
}

static int run_trial(struct bench *bench, size_t place, bool *ret_whole, struct error *err)
{
    struct participants *participants = &bench->participants;
    size_t backend = bench->plan.order[place];
    struct trial trial = {
        .run = &bench->run,
        .manifest = &participants->manifests[backend],
        .record = &participants->records[backend],
        .recorded = participants->recorded[backend],
        .number = (unsigned)(place / bench->plan.backend_count),
        .rest_ns = time_left(bench, place + 1),
    };

    bench->stepped = true;
    if (trial_run(&trial, err) != 0) {
        return -1;
    }
    participants->recorded[backend] = trial.recorded;
    participants->measured[backend] = participants->measured[backend] || trial.measured;
    /* No further block helps a service that has not started yet. */
    *ret_whole = trial.whole || !backend_record_started(trial.record);
    return 0;
}

/* A trial that is not to run: one that was finished before the run was resumed, or of a service that is left out. */
static bool was_whole(const struct bench *bench, size_t place)
{
    const struct scenario *scenario = bench->options->scenario;
    size_t backend = bench->plan.order[place];
    const struct blocks_terms terms = {.verdict = {.limits = &scenario->limits,
                                                   .traffic = &scenario->traffic,
                                                   .request_limits = &scenario->request_limits,
                                                   .cores_shared = bench->cores.split.shared},
                                       .service_cores = core_set_count(&bench->cores.split.service)};

    return bench->participants.records[backend].skipped != NULL ||
           blocks_trial_was_whole(&bench->resume.log, bench->participants.manifests[backend].name,
                                  (unsigned)(place / bench->plan.backend_count), &terms);
}

static int run_block(struct bench *bench, size_t block, bool *ret_whole, struct error *err)
{
    size_t first = block * bench->plan.backend_count;
    bool whole = true, calibrated = false;

    for (size_t i = first; i < first + bench->plan.backend_count; i++) {
        bool trial_whole = false;
        if (!is_to_run(bench, i)) {
            whole = whole && was_whole(bench, i);
            continue;
        }
        if (!calibrated && calibrate_block(bench, (unsigned)block, err) != 0) {
            return -1;
        }
        calibrated = true;
        if (run_trial(bench, i, &trial_whole, err) != 0) {
            return -1;
        }
        whole = whole && trial_whole;
    }
    *ret_whole = whole;
    return 0;
}

static int run_trials(struct bench *bench, struct error *err)
{
    const struct plan *plan = &bench->plan;
    struct blocks blocks;

    blocks_init(&blocks, plan);
    while (blocks_next(&blocks)) {
        bool whole;
        if (blocks.run >= plan->trial_count) {
            progress_say(bench->run.progress, "%zu of %zu blocks are whole: one more", blocks.whole, blocks.run);
        }
        if (run_block(bench, blocks.run, &whole, err) != 0) {
            return -1;
        }
        blocks_ran(&blocks, whole);
    }
    return 0;
}

static int run_all(struct bench *bench, struct error *err)
{
    int result;

    if (bench->options->resume) {
        result = resume_log(bench, err);
    } else {
        result = new_log(bench, err);
    }
    if (result != 0) {
        return -1;
    }
    struct error why = {0};
    if (run_trials(bench, &why) == 0) {
        return write_end(bench, NULL, err);
    }
    bool stopped = why.kind == ERROR_STOPPED;
    write_end(bench, stopped ? "Ctrl-C, or another signal, asked for its end" : why.message, NULL);
    *err = why;
    return -1;
}

/* ---- the whole ---- */

static int take_cores(struct bench *bench, struct error *err)
{
    const struct needs *needs = &bench->options->scenario->needs;

    if (cores_init(&bench->cores, bench->options->generator_cores, err) != 0) {
        return -1;
    }
    cores_attach(&bench->cores, bench->options->backends, bench->options->backend_count);
    if (bench->cores.other_run) {
        progress_say(bench->options->progress, "another run of twofold is under way here: each disturbs the other");
    }
    bool alone = !needs_processes(needs);
    return alone ? 0 : cores_split_dependencies(&bench->cores, err);
}

static void make_run(struct bench *bench)
{
    const struct bench_options *options = bench->options;

    plan_make(&bench->plan, options->scenario,
              &(struct plan_options){.backend_count = bench->participants.count,
                                     .trial_count = options->trials,
                                     .profile = options->profile});
    bench->run = (struct run){.scenario = options->scenario,
                              .shared = options->shared,
                              .plan = &bench->plan,
                              .cores = &bench->cores,
                              .dependencies = &bench->dependencies,
                              .muster = bench->muster.count > 0 ? &bench->muster : NULL,
                              .host = bench->muster.count > 0 ? bench->muster.host : NULL,
                              .progress = options->progress,
                              .profile_break = options->profile_break,
                              .stop = options->stop};
    description_fill(&bench->record, &bench->run, options);
}

static void release(struct bench *bench)
{
    participants_release(&bench->participants);
    dependencies_stop(&bench->dependencies);
    run_writer_close(bench->run.writer);
    run_record_release(&bench->record);
    resume_release(&bench->resume);
    plan_release(&bench->plan);
    muster_release(&bench->muster);
    cores_release(&bench->cores);
}

/* Where nothing was measured, nothing is left behind. */
static void conclude(struct bench *bench, struct bench_outcome *outcome)
{
    const char *file = bench->run.writer != NULL ? run_writer_path(bench->run.writer) : NULL;

    outcome->measured = participants_measured(&bench->participants);
    if (bench->muster.own != 0) {
        outcome->silent = true;
    } else if (file != NULL && bench->stepped) {
        outcome->file = mem_string(file);
    } else if (file != NULL) {
        unlink(file);
    }
}

/* ---- the whole ---- */

static int lead(struct bench *bench, struct bench_outcome *outcome, struct error *err)
{
    if (participants_init(&bench->participants, bench->options, &bench->cores, err) != 0) {
        return -1;
    }
    make_run(bench);
    int result = run_all(bench, err);
    conclude(bench, outcome);
    return result;
}

int bench_run(const struct bench_options *options, struct bench_outcome *ret_outcome, struct error *err)
{
    struct bench bench = {.options = options};
    int result = -1;

    bench.role = (struct fleet_role){.options = options, .cores = &bench.cores, .machine = &bench.record.machine};
    *ret_outcome = (struct bench_outcome){.silent = options->ranks != NULL && ranks_own(options->ranks) != 0};
    description_read_machine(&bench.record.machine);
    if (take_cores(&bench, err) != 0) {
        goto done;
    }
    if (fleet_role_gather(&bench.role, &bench.muster, err) != 0) {
        ret_outcome->alone = err == NULL || err->kind != ERROR_INPUT; /* that is found by all of them */
        goto done;
    }
    if (bench.muster.own != bench.muster.lead) {
        const struct line_file_options file = file_of(&bench);
        result = fleet_role_follow(&bench.role, &bench.muster, &file, ret_outcome, err);
        goto done;
    }
    result = lead(&bench, ret_outcome, err);
    fleet_role_dismiss(&bench.role, &bench.muster, ret_outcome, result == 0 ? NULL : err);
done:
    release(&bench);
    return result;
}
