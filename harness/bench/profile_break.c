#include "bench/profile_break.h"

#include "base/list.h"
#include "base/mem.h"
#include "bench/step.h"
#include "host/process/port_owner.h"
#include "host/profile/perf.h"
#include "plan/plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a run log keeps of the stacks of one load. */
#define STACKS_MOST ((size_t)64 << 10)

/* ---- stacks ---- */

struct stack {
    const char *line;
    size_t length; /* with the count, without the line end */
    uint64_t count;
};

static int by_count(const void *a, const void *b)
{
    const struct stack *first = a, *second = b;

    if (first->count != second->count) {
        return first->count < second->count ? 1 : -1;
    }
    return (first->line > second->line) - (first->line < second->line);
}

static struct stack *stacks_of(const char *folded, size_t *ret_count)
{
    struct stack *stacks = NULL;

    *ret_count = 0;
    for (const char *line = folded; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t length = strcspn(line, "\n");
        const char *space = memrchr(line, ' ', length);
        if (space != NULL) {
            *list_add(stacks, *ret_count) = (struct stack){line, length, strtoull(space + 1, NULL, 10)};
        }
    }
    return stacks;
}

/* The most frequent first, as many as a record may have. */
static void keep_stacks(struct profile_record *record, const char *folded)
{
    struct text kept = {0};
    size_t count;
    struct stack *stacks = stacks_of(folded != NULL ? folded : "", &count);

    if (count > 0) {
        qsort(stacks, count, sizeof *stacks, by_count);
    }
    for (size_t i = 0; i < count; i++) {
        record->samples += stacks[i].count;
        if (kept.length + stacks[i].length < STACKS_MOST) {
            text_append(&kept, stacks[i].line, stacks[i].length);
            text_add(&kept, "\n");
        }
    }
    record->stacks = kept.data;
    free(stacks);
}

/* "results/catalog-….jsonl" and ".jsonl.gz" both become "results/catalog-….go-32000.folded". */
static char *file_beside(const struct climb *climb, uint64_t level, const char *ending)
{
    const char *log = run_writer_path(climb->run->writer), *cut = strstr(log, ".jsonl");
    size_t length = cut != NULL ? (size_t)(cut - log) : strlen(log);
    char *name = mem_string(climb->backend);

    for (char *at = name; *at != '\0'; at++) {
        *at = *at == '/' || *at == ':' ? '_' : *at;
    }
    char *file = mem_format("%.*s.%s-%llu.%s", (int)length, log, name, (unsigned long long)level, ending);
    free(name);
    return file;
}

/* The run log has most of it as well, so a disk that is full costs nothing that was measured. */
static void write_folded(const struct climb *climb, uint64_t level, const struct text *folded)
{
    char *file = file_beside(climb, level, "folded");
    FILE *out = fopen(file, "we");

    if (out == NULL || fwrite(folded->data, 1, folded->length, out) != folded->length) {
        progress_say(climb->run->progress, "%s: %s cannot be written: %s", climb->backend, file, strerror(errno));
    } else {
        progress_say(climb->run->progress, "%s: its stacks are in %s", climb->backend, file);
    }
    if (out != NULL) {
        fclose(out);
    }
    free(file);
}

/* ---- one load ---- */

/* The process to begin with; 0: it is not known. */
static pid_t process_of(const struct instance *instance)
{
    struct port_owner owner;

    if (instance->attached == NULL && instance->server.pid == 0) {
        return service_pid(instance->service);
    }
    port_owner_find(instance->port, 0, &owner);
    return owner.pid;
}

static int run_load(struct climb *climb, uint64_t level, unsigned number, struct error *err)
{
    const struct run *run = climb->run;
    struct planned_step planned;
    struct step_record record;
    struct step_run step = {.run = run,
                            .instance = &climb->served->instance,
                            .crew = climb->served->crew,
                            .planned = &planned,
                            .backend = climb->backend,
                            .trial = climb->trial,
                            .phase = PHASE_SEARCH,
                            .left_ns = climb->rest_ns};

    plan_search_step(run->plan, run->scenario, number, level, &planned);
    if (step_run(&step, &record, err) != 0) {
        return -1;
    }
    audit_add(climb->audit, &record.load);
    step_record_release(&record);
    return 0;
}

/* Fails only where the run cannot go on; what kept perf from its work is in `why`. */
static int record_load(struct climb *climb, uint64_t level, unsigned number, struct text *ret_folded, struct error *why,
                       struct error *err)
{
    char *file = file_beside(climb, level, "perf");
    pid_t pid = process_of(&climb->served->instance);
    struct perf perf;
    int result = 0;

    if (pid == 0) {
        error_failed(why, "the process that serves is not known");
    } else if (perf_start(&perf, pid, file, why) == 0) {
        result = run_load(climb, level, number, err);
        perf_finish(&perf, ret_folded, why);
    }
    free(file);
    return result;
}

static int profile(struct climb *climb, uint64_t level, bool broke, struct error *err)
{
    struct profile_record record = {.backend = (char *)climb->backend,
                                    .trial = climb->trial,
                                    .level = level,
                                    .broke = broke};
    struct text folded = {0};
    struct error why = {0};
    unsigned number = plan_search_steps(climb->run->plan) + broke; /* requests that no step had */

    progress_say(climb->run->progress, "%s: %s once more under perf, to see what it does", climb->backend,
                 broke ? "the load that broke" : "the highest load that held");
    int result = record_load(climb, level, number, &folded, &why, err);
    if (why.kind == ERROR_NONE && folded.length == 0) {
        error_failed(&why, "perf saw nothing of it run");
    }
    if (why.kind != ERROR_NONE) {
        progress_say(climb->run->progress, "%s: not profiled: %s", climb->backend, why.message);
        record.missing = mem_string(why.message);
    } else {
        keep_stacks(&record, folded.data);
        write_folded(climb, level, &folded);
    }
    if (result == 0) {
        result = run_writer_profile(climb->run->writer, &record, err);
    }
    free(record.stacks);
    free(record.missing);
    text_release(&folded);
    return result;
}

int profile_break_run(struct climb *climb, struct error *err)
{
    if (climb->trial + 1 < climb->run->plan->trial_count) {
        return 0;
    }
    if (climb->broke == 0) {
        progress_say(climb->run->progress, "%s: nothing broke, so nothing is profiled", climb->backend);
        return 0;
    }
    if (climb->held != 0 && profile(climb, climb->held, false, err) != 0) {
        return -1;
    }
    return profile(climb, climb->broke, true, err);
}
