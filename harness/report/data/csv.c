#include "report/data/csv.h"

#include "base/utf8.h"
#include "report/data/figure.h"
#include "report/data/step_figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* One row while it is written. */
struct row {
    struct text *out;
    size_t fields;
};

static void separate(struct row *row)
{
    if (row->fields > 0) {
        text_add(row->out, ",");
    }
    row->fields++;
}

static bool is_formula(const char *value)
{
    return value[0] != '\0' && strchr("=+-@\t\r", value[0]) != NULL;
}

static void add_text(struct row *row, const char *value)
{
    struct text plain = {0};

    text_add(&plain, is_formula(value) ? "'" : "");
    utf8_lines(&plain, value); /* a CSV file is looked at in a terminal, too */
    const char *quote = strpbrk(plain.data, ",\"\n") != NULL ? "\"" : "";
    separate(row);
    text_add(row->out, quote);
    for (const char *at = plain.data; *at != '\0'; at++) {
        text_append(row->out, at, 1);
        text_add(row->out, *at == '"' ? "\"" : "");
    }
    text_add(row->out, quote);
    text_release(&plain);
}

static void add_list(struct row *row, const json_t *list)
{
    struct text words = {0};
    size_t index;
    json_t *word;

    text_add(&words, "");
    json_array_foreach(list, index, word)
    {
        if (index > 0) {
            text_add(&words, ";");
        }
        text_add(&words, json_string_value(word));
    }
    add_text(row, words.data);
    text_release(&words);
}

static void add_value(struct row *row, const json_t *value)
{
    const char *key;
    json_t *member;

    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_object_foreach((json_t *)value, key, member)
        {
            add_value(row, member);
        }
        break;
    case JSON_ARRAY:
        add_list(row, value);
        break;
    case JSON_STRING:
        add_text(row, json_string_value(value));
        break;
    case JSON_INTEGER:
        separate(row);
        text_format(row->out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        separate(row);
        text_format(row->out, "%.10g", json_real_value(value));
        break;
    default:
        separate(row); /* not known; there are no figures of yes or no */
        break;
    }
}

static void write_row(struct text *out, json_t *step)
{
    struct row row = {.out = out};

    add_value(&row, step);
    text_add(out, "\r\n");
    json_decref(step);
}

/* ---- what is known of the whole trial ---- */

static bool has_gap(const struct backend_finding *backend, unsigned trial)
{
    for (size_t i = 0; i < backend->audit_gap_count; i++) {
        if (backend->audit_gaps[i].trial == trial) {
            return true;
        }
    }
    return false;
}

/* "yes": the trial's responses were held against the dependencies; null: the scenario needs none. */
static json_t *audited(const struct findings *findings, const struct backend_finding *backend, unsigned trial)
{
    const struct needs *needs = &findings->scenario.needs;
    return figure_where(needs->upstream || needs->database, figure_text(has_gap(backend, trial) ? "no" : "yes"));
}

/* Why the trial has fewer steps than it wanted; NULL: it has all. */
static const char *why_early(const struct backend_finding *backend, unsigned trial)
{
    for (size_t i = 0; i < backend->early_end_count; i++) {
        if (backend->early_ends[i].trial == trial) {
            return backend->early_ends[i].why;
        }
    }
    return NULL;
}

/* What all rows of a run have, so that those of several runs can stand under one another, comes last. */
static void add_trial(json_t *row, const struct findings *findings, json_t *audited, json_t *failed)
{
    const struct run_record *run = &findings->log->run;

    figures_add(row, (struct figure[]){
                         {"audited", audited},
                         {"trial_failed", failed},
                         {"run_started", figure_text(run->started)},
                         {"machine_cpu", figure_text(run->machine.cpu)},
                         {"machine_cores", figure_known(run->machine.cores)},
                         {"harness_version", figure_text(run->harness_version)},
                         {NULL, NULL},
                     });
}

/* ---- rows ---- */

/* A step of nothing: it has every key of a row. */
static json_t *empty_row(const struct findings *findings, const struct backend_finding *backend)
{
    static const struct step_record record = {0};
    static const struct step_finding step = {.record = &record};
    json_t *row = step_figures(&(struct step_source){findings, backend, &step, NULL, true});

    add_trial(row, findings, json_null(), json_null());
    return row;
}

static void step_row(struct text *out, const struct step_source *source)
{
    json_t *row = step_figures(source);
    unsigned trial = source->step->record->trial;

    add_trial(row, source->findings, audited(source->findings, source->backend, trial),
              figure_text(why_early(source->backend, trial)));
    write_row(out, row);
}

/* Of a trial without a step only these are known. */
static void failed_row(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                       const struct failed_trial *failed)
{
    static const char *const kept[] = {"scenario",    "service",       "language",        "framework", "run_started",
                                       "machine_cpu", "machine_cores", "harness_version", NULL};
    json_t *row = empty_row(findings, backend), *member, *count;
    const char *key, *failure;

    json_object_foreach(row, key, member)
    {
        json_object_foreach(member, failure, count)
        {
            json_object_set_new(member, failure, json_null());
        }
        bool keeps = json_is_object(member);
        for (size_t i = 0; kept[i] != NULL; i++) {
            keeps = keeps || strcmp(key, kept[i]) == 0;
        }
        if (!keeps) {
            json_object_set_new(row, key, json_null());
        }
    }
    json_object_set_new(row, "trial", figure_count((uint64_t)failed->trial + 1));
    json_object_set_new(row, "verdict", figure_text(failed->harness_fault ? "not run" : "did not start"));
    json_object_set_new(row, "trial_failed", figure_text(failed->why));
    write_row(out, row);
}

static void write_header(struct text *out, const struct findings *findings)
{
    static const struct backend_record backend_record = {0};
    static const struct backend_finding backend = {.record = &backend_record};
    json_t *figures = empty_row(findings, &backend), *value;
    struct row row = {.out = out};
    const char *key, *failure;

    json_object_foreach(figures, key, value)
    {
        if (!json_is_object(value)) {
            add_text(&row, key);
        }
        json_t *count;
        json_object_foreach(value, failure, count)
        {
            separate(&row);
            text_format(out, "failed_%s", failure);
        }
    }
    text_add(out, "\r\n");
    json_decref(figures);
}

static void write_rows(struct text *out, const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        struct step_source source = {findings, backend, NULL, NULL, true};
        for (size_t k = 0; k < backend->step_count; k++) {
            source.step = &backend->steps[k];
            step_row(out, &source);
        }
        if (backend->soak.step != NULL) {
            source.step = backend->soak.step;
            source.memory = &backend->soak.memory;
            step_row(out, &source);
        }
        for (size_t k = 0; k < backend->failed_trial_count; k++) {
            failed_row(out, findings, backend, &backend->failed_trials[k]);
        }
    }
}

void csv_write(const struct findings *const *runs, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i == 0) {
            write_header(out, runs[i]);
        }
        write_rows(out, runs[i]);
    }
}
