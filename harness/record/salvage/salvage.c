#include "record/salvage/salvage.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define LINES_NAMED 10

void salvage_begin(struct salvage *salvage, const struct run_log *log)
{
    salvage->before = *log;
}

/* ---- trials ---- */

static bool is_lost(const struct salvage *salvage, const char *backend, unsigned trial)
{
    for (size_t i = 0; i < salvage->lost_count; i++) {
        if (salvage->lost[i].trial == trial && strcmp(salvage->lost[i].backend, backend) == 0) {
            return true;
        }
    }
    return false;
}

static void lose(struct salvage *salvage, struct run_log *log, const char *backend, unsigned trial)
{
    if (!is_lost(salvage, backend, trial)) {
        *list_add(salvage->lost, salvage->lost_count) =
            (struct salvaged_trial){.backend = mem_string(backend), .trial = trial};
    }
    run_log_drop_trial(log, backend, trial);
}

/* It is run again from its start. */
static void find_again(struct salvage *salvage, const char *backend, unsigned trial)
{
    size_t kept = 0;

    for (size_t i = 0; i < salvage->lost_count; i++) {
        struct salvaged_trial *lost = &salvage->lost[i];
        if (lost->trial == trial && strcmp(lost->backend, backend) == 0) {
            free(lost->backend);
        } else {
            salvage->lost[kept++] = *lost;
        }
    }
    salvage->lost_count = kept;
}

static void set_under_way(struct salvage *salvage, const char *backend, unsigned trial)
{
    char *name = mem_string(backend);

    free(salvage->under_way.backend);
    salvage->under_way = (struct salvaged_trial){.backend = name, .trial = trial};
}

/* ---- lines ---- */

/* What the line that was just read says of a trial. */
struct mention {
    const char *backend; /* borrowed from the log; NULL: nothing */
    unsigned trial;
    bool begins, ends;
};

#define MENTION(records, count)                                                                                        \
    if (log->count > before->count) {                                                                                  \
        mention.backend = log->records[log->count - 1].backend;                                                        \
        mention.trial = log->records[log->count - 1].trial;                                                            \
    }

static struct mention find_mention(const struct run_log *log, const struct run_log *before)
{
    struct mention mention = {0};

    MENTION(steps, step_count)
    MENTION(recoveries, recovery_count)
    MENTION(soaks, soak_count)
    MENTION(forecasts, forecast_count)
    MENTION(audits, audit_count)
    MENTION(profiles, profile_count)
    MENTION(trials, trial_count)
    mention.begins = log->forecast_count > before->forecast_count && log->forecasts[log->forecast_count - 1].index == 0;
    mention.ends = log->trial_count > before->trial_count;
    return mention;
}

/* The reader has removed the trial that is run again. */
static void read_resume(struct salvage *salvage, const struct resume_record *resume)
{
    if (resume->backend != NULL) {
        find_again(salvage, resume->backend, resume->trial);
    }
    set_under_way(salvage, NULL, 0);
    salvage->open = false;
}

void salvage_read(struct salvage *salvage, struct run_log *log)
{
    struct mention mention = find_mention(log, &salvage->before);

    if (log->resume_count > salvage->before.resume_count) {
        read_resume(salvage, &log->resumes[log->resume_count - 1]);
        return;
    }
    if (mention.backend == NULL) {
        return;
    }
    set_under_way(salvage, mention.backend, mention.trial);
    char *backend = mem_string(mention.backend);
    /* A trial whose beginning is here has lost nothing before it. */
    if ((salvage->open && !mention.begins) || is_lost(salvage, backend, mention.trial)) {
        lose(salvage, log, backend, mention.trial);
    }
    salvage->open = false;
    if (mention.ends) {
        set_under_way(salvage, NULL, 0);
    }
    free(backend);
}

void salvage_damaged(struct salvage *salvage, struct run_log *log, size_t line, const char *why)
{
    run_log_shrink(log, &salvage->before);
    *list_add(salvage->lines, salvage->line_count) = line;
    if (salvage->why == NULL) {
        salvage->why = mem_string(why);
    }
    if (salvage->under_way.backend != NULL) {
        lose(salvage, log, salvage->under_way.backend, salvage->under_way.trial);
    }
    salvage->open = true;
}

/* ---- words ---- */

static void add_lines(struct text *out, const struct salvage *salvage)
{
    size_t named = salvage->line_count < LINES_NAMED ? salvage->line_count : LINES_NAMED;

    text_add(out, salvage->line_count == 1 ? "the damaged line " : "the damaged lines ");
    for (size_t i = 0; i < named; i++) {
        text_format(out, "%s%zu", i > 0 ? ", " : "", salvage->lines[i]);
    }
    if (named < salvage->line_count) {
        text_format(out, " and %zu more", salvage->line_count - named);
    }
}

char *salvage_words(const struct salvage *salvage)
{
    struct text out = {0};

    if (salvage->line_count == 0) {
        return NULL;
    }
    add_lines(&out, salvage);
    text_format(&out, " of the run log %s left out (%zu: %s)", salvage->line_count == 1 ? "was" : "were",
                salvage->lines[0], salvage->why);
    for (size_t i = 0; i < salvage->lost_count; i++) {
        text_format(&out, "%s trial %u of %s", i == 0 ? ", and with them" : ",", salvage->lost[i].trial + 1,
                    salvage->lost[i].backend);
    }
    return text_take(&out);
}

void salvage_release(struct salvage *salvage)
{
    for (size_t i = 0; i < salvage->lost_count; i++) {
        free(salvage->lost[i].backend);
    }
    free(salvage->lost);
    free(salvage->lines);
    free(salvage->why);
    free(salvage->under_way.backend);
    *salvage = (struct salvage){0};
}
