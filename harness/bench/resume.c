#include "bench/resume.h"

#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

/* ---- the same run? ---- */

static int differs(const char *key, const char *then, const char *now, struct error *err)
{
    then = then != NULL ? then : "not known";
    now = now != NULL ? now : "not known";
    return strcmp(then, now) == 0
               ? 0
               : error_input(err, "it cannot be resumed: its \"%s\" is \"%.200s\", here and now it is \"%.200s\"", key,
                             then, now);
}

static int differ(const char *key, uint64_t then, uint64_t now, struct error *err)
{
    return then == now
               ? 0
               : error_input(err, "it cannot be resumed: its \"%s\" is %" PRIu64 ", here and now it is %" PRIu64, key,
                             then, now);
}

/* What a machine is; not how busy it was when the run began. */
static int check_machine(const struct machine *then, const struct machine *now, struct error *err)
{
    return differs("machine.cpu", then->cpu, now->cpu, err) != 0 ||
                   differs("machine.architecture", then->architecture, now->architecture, err) != 0 ||
                   differs("machine.kernel", then->kernel, now->kernel, err) != 0 ||
                   differs("machine.system", then->system, now->system, err) != 0 ||
                   differs("machine.virtualization", then->virtualization, now->virtualization, err) != 0 ||
                   differs("machine.governor", then->governor, now->governor, err) != 0 ||
                   differ("machine.cores", then->cores, now->cores, err) != 0 ||
                   differ("machine.memory_bytes", then->memory_bytes, now->memory_bytes, err) != 0
               ? -1
               : 0;
}

static int check_same(const struct run_record *then, const struct run_record *now, struct error *err)
{
    return differs("scenario_name", then->scenario_name, now->scenario_name, err) != 0 ||
                   differs("scenario_hash", then->scenario_hash, now->scenario_hash, err) != 0 ||
                   differ("seed", then->seed, now->seed, err) != 0 ||
                   differs("profile", then->profile, now->profile, err) != 0 ||
                   differ("trials", then->trials, now->trials, err) != 0 ||
                   differs("backends", then->backends, now->backends, err) != 0 ||
                   differs("generator_cores", then->generator_cores, now->generator_cores, err) != 0 ||
                   differs("service_cores", then->service_cores, now->service_cores, err) != 0
               ? -1
               : check_machine(&then->machine, &now->machine, err);
}

/* ---- what is there ---- */

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

/* A trial writes a forecast before anything else. */
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

int resume_read(struct resume *resume, const char *file, const struct run_record *now, struct error *err)
{
    struct resume read = {0};

    if (run_log_read(&read.log, file, err) != 0) {
        return -1;
    }
    if (read.log.end.present && !read.log.end.interrupted) {
        error_input(err, "%s: this run is complete; there is nothing to resume", file);
        resume_release(&read);
        return -1;
    }
    if (check_same(&read.log.run, now, err) != 0) {
        error_context(err, "%s", file);
        resume_release(&read);
        return -1;
    }
    find_cut(&read);
    *resume = read;
    return 0;
}

void resume_release(struct resume *resume)
{
    run_log_release(&resume->log);
    *resume = (struct resume){0};
}

int resume_open(const struct resume *resume, const char *file, const char *harness_version,
                struct run_writer **ret_writer, struct error *err)
{
    struct run_writer *writer;
    char now[32];

    if (run_writer_reopen(&writer, file, err) != 0) {
        return -1;
    }
    clock_wall(now, sizeof now);
    if (run_writer_resume(writer,
                          &(struct resume_record){.harness_version = (char *)harness_version,
                                                  .resumed = now,
                                                  .backend = (char *)resume->cut_backend,
                                                  .trial = resume->cut_trial},
                          err) != 0) {
        run_writer_close(writer);
        return -1;
    }
    *ret_writer = writer;
    return 0;
}
