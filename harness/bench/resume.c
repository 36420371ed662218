#include "bench/resume.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

/* ---- whether it is the same run ---- */

static int check_text(const char *key, const char *then, const char *now, struct error *err)
{
    if (then == NULL) {
        then = "not known";
    }
    if (now == NULL) {
        now = "not known";
    }
    if (strcmp(then, now) != 0) {
        return error_input(err, "it cannot be resumed: its \"%s\" is \"%.200s\", here and now it is \"%.200s\"", key,
                           then, now);
    }
    return 0;
}

static int check_number(const char *key, uint64_t then, uint64_t now, struct error *err)
{
    if (then != now) {
        return error_input(err, "it cannot be resumed: its \"%s\" is %" PRIu64 ", here and now it is %" PRIu64, key,
                           then, now);
    }
    return 0;
}

/* A member of the run's record that must be as it was: a text or a number. */
struct fixed {
    const char *key;
    const char *then_text, *now_text;
    uint64_t then, now;
};

static int check_fixed(const struct fixed *fixed, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct fixed *one = &fixed[i];
        if (check_text(one->key, one->then_text, one->now_text, err) != 0 ||
            check_number(one->key, one->then, one->now, err) != 0) {
            return -1;
        }
    }
    return 0;
}

#define TEXT(member)                                                                                                   \
    {                                                                                                                  \
        .key = #member, .then_text = then->member, .now_text = now->member                                             \
    }
#define NUMBER(member)                                                                                                 \
    {                                                                                                                  \
        .key = #member, .then = then->member, .now = now->member                                                       \
    }

static const char *box_of(const struct run_record *record)
{
    return record->box != NULL ? record->box : "none";
}

/* The same program, the same scenario, the same machine. How busy the machine was when the run began does not count. */
static int check_run(const struct run_record *then, const struct run_record *now, struct error *err)
{
    const struct fixed fixed[] = {
        TEXT(harness_version),
        TEXT(scenario_name),
        TEXT(scenario_hash),
        NUMBER(seed),
        TEXT(profile),
        NUMBER(trials),
        TEXT(backends),
        TEXT(targets),
        NUMBER(http2),
        NUMBER(insecure),
        TEXT(ca_file),
        TEXT(generator_cores),
        {.key = "box", .then_text = box_of(then), .now_text = box_of(now)},
        TEXT(service_cores),
        TEXT(machine.cpu),
        TEXT(machine.architecture),
        TEXT(machine.kernel),
        TEXT(machine.system),
        TEXT(machine.virtualization),
        TEXT(machine.governor),
        NUMBER(machine.cores),
        NUMBER(machine.memory_bytes),
    };

    return check_fixed(fixed, sizeof fixed / sizeof fixed[0], err);
}

int resume_check_backend(const struct backend_record *then, const struct backend_record *now, struct error *err)
{
    const struct fixed fixed[] = {
        TEXT(language), TEXT(framework), TEXT(class), TEXT(versions), NUMBER(workers), NUMBER(source_lines),
    };
    /* What files of before the hash do not have. */
    const struct fixed later[] = {TEXT(artifact_hash), TEXT(environment)};
    int result = check_fixed(fixed, sizeof fixed / sizeof fixed[0], err);

    if (result == 0 && then->artifact_hash != NULL) {
        result = check_fixed(later, sizeof later / sizeof later[0], err);
    }
    return result == 0 ? 0 : error_context(err, "%s is another service than before", then->name);
}

/* ---- what the file holds ---- */

bool resume_finished(const struct resume *resume, const char *backend, unsigned trial)
{
    for (size_t i = 0; i < resume->log.trial_count; i++) {
        const struct trial_record *record = &resume->log.trials[i];
        if (record->trial == trial && strcmp(record->backend, backend) == 0) {
            return true;
        }
    }
    return false;
}

const struct backend_record *resume_backend(const struct resume *resume, const char *name)
{
    for (size_t i = 0; i < resume->log.backend_count; i++) {
        if (strcmp(resume->log.backends[i].name, name) == 0) {
            return &resume->log.backends[i];
        }
    }
    return NULL;
}

bool resume_measured(const struct resume *resume, const char *name)
{
    for (size_t i = 0; i < resume->log.step_count; i++) {
        if (strcmp(resume->log.steps[i].backend, name) == 0) {
            return true;
        }
    }
    return false;
}

/* A trial that has begun has written a forecast. */
static void find_cut(struct resume *resume)
{
    for (size_t i = 0; i < resume->log.forecast_count; i++) {
        const struct forecast_record *record = &resume->log.forecasts[i];
        if (!resume_finished(resume, record->backend, record->trial)) {
            resume->cut_backend = record->backend;
            resume->cut_trial = record->trial;
        }
    }
}

/* The file is locked before it is read: what it holds cannot change any more. */
static int read_locked(struct resume *resume, const struct line_file_options *file, const struct run_record *now,
                       struct error *err)
{
    if ((resume->writer == NULL && run_writer_reopen(&resume->writer, file, err) != 0) ||
        run_log_read_outline(&resume->log, file->path, err) != 0) {
        return -1;
    }
    if (run_log_complete(&resume->log)) {
        return error_input(err, "%s: this run is complete; there is nothing to resume", file->path);
    }
    if (check_run(&resume->log.run, now, err) != 0) {
        return error_context(err, "%s", file->path);
    }
    find_cut(resume);
    return 0;
}

int resume_read(struct resume *resume, const struct line_file_options *file, const struct run_record *now,
                struct error *err)
{
    return resume_read_by(resume, NULL, file, now, err);
}

int resume_read_by(struct resume *resume, struct run_writer *writer, const struct line_file_options *file,
                   const struct run_record *now, struct error *err)
{
    struct resume read = {.writer = writer};

    if (read_locked(&read, file, now, err) != 0) {
        resume_release(&read);
        return -1;
    }
    *resume = read;
    return 0;
}

void resume_release(struct resume *resume)
{
    run_writer_close(resume->writer);
    run_log_release(&resume->log);
    *resume = (struct resume){0};
}

int resume_begin(struct resume *resume, const char *harness_version, struct run_writer **ret_writer, struct error *err)
{
    char now[32];

    clock_wall(now, sizeof now);
    if (run_writer_resume(resume->writer,
                          &(struct resume_record){.harness_version = (char *)harness_version,
                                                  .resumed = now,
                                                  .backend = (char *)resume->cut_backend,
                                                  .trial = resume->cut_trial},
                          err) != 0) {
        return -1;
    }
    *ret_writer = resume->writer;
    resume->writer = NULL;
    return 0;
}
