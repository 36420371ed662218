#include "report/data/csv.h"

#include "base/utf8.h"
#include "report/words/figures.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static const char *const before_failures[] = {
    "scenario",        "service",    "language", "framework", "trial",          "step",
    "level",           "level_unit", "load_rps", "verdict",   "breaches_at_ms", "cause",
    "invalid_because", "offered",    "sent",     "completed", "good",           NULL,
};
static const char *const after_failures[] = {
    "offered_rps",
    "completed_rps",
    "good_rps",
    "mean_ns",
    "p50_ns",
    "p90_ns",
    "p99_ns",
    "p999_ns",
    "max_ns",
    "censored",
    "service_p50_ns",
    "service_p99_ns",
    "cpu_ns_per_request",
    "service_cores_used",
    "busiest_thread_share",
    "rss_peak_bytes",
    "exit_status",
    "exit_signal",
    "phase",
    "memory_bytes_per_s",
    "memory_bytes_per_s_low",
    "memory_bytes_per_s_high",
    NULL,
};

/* One row while it is written. */
struct row {
    struct text *out;
    size_t fields;
};

static void separate(struct row *row)
{
    text_add(row->out, row->fields++ > 0 ? "," : "");
}

static void add_text(struct row *row, const char *string)
{
    struct text plain = {0};

    separate(row);
    utf8_repair(&plain, string);
    const char *value = plain.data != NULL ? plain.data : "";
    bool formula = value[0] != '\0' && strchr("=+-@\t\r", value[0]) != NULL;
    bool quoted = strpbrk(value, ",\"\r\n") != NULL;
    text_add(row->out, quoted ? "\"" : "");
    text_add(row->out, formula ? "'" : "");
    for (; *value != '\0'; value++) {
        text_append(row->out, *value == '"' ? "\"\"" : value, *value == '"' ? 2 : 1);
    }
    text_add(row->out, quoted ? "\"" : "");
    text_release(&plain);
}

static void add_count(struct row *row, uint64_t count)
{
    separate(row);
    text_format(row->out, "%" PRIu64, count);
}

static void add_empty(struct row *row)
{
    separate(row);
}

static void add_known(struct row *row, uint64_t value, uint64_t unknown)
{
    if (value == unknown) {
        add_empty(row);
    } else {
        add_count(row, value);
    }
}

static void add_real(struct row *row, double value)
{
    separate(row);
    if (value >= -1e300 && value <= 1e300) {
        text_format(row->out, "%.10g", value);
    }
}

static void end_row(struct row *row)
{
    text_add(row->out, "\r\n");
    row->fields = 0;
}

static void write_header(struct row *row)
{
    for (size_t i = 0; before_failures[i] != NULL; i++) {
        add_text(row, before_failures[i]);
    }
    for (int i = 0; i < FAILURE_COUNT; i++) {
        separate(row);
        text_format(row->out, "failed_%s", failure_name((enum failure)i));
    }
    for (size_t i = 0; after_failures[i] != NULL; i++) {
        add_text(row, after_failures[i]);
    }
    end_row(row);
}

static void add_breaches(struct row *row, const struct step_verdict *verdict)
{
    struct text words = {0};
    for (size_t i = 0; i < verdict->breach_count; i++) {
        text_format(&words, "%s%s=%.10g", i > 0 ? ";" : "", limit_name(verdict->breaches[i].limit),
                    (double)verdict->breaches[i].at_ns / 1e6);
    }
    add_text(row, words.data);
    text_release(&words);
}

static void add_invalid(struct row *row, const struct step_verdict *verdict)
{
    struct text words = {0};
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (verdict->invalid[i]) {
            text_format(&words, "%s%s", words.length > 0 ? ";" : "", invalidity_name((enum invalidity)i));
        }
    }
    add_text(row, words.data);
    text_release(&words);
}

static void add_names(struct row *row, const struct findings *findings, const struct backend_record *backend)
{
    add_text(row, findings->scenario.name);
    add_text(row, backend->name);
    add_text(row, backend->language);
    add_text(row, backend->framework);
}

static void add_verdict(struct row *row, const struct findings *findings, const struct step_finding *step, bool soak)
{
    const struct step_record *record = step->record;
    bool passed = step->verdict.verdict == VERDICT_PASS;

    add_count(row, (uint64_t)record->trial + 1);
    if (soak) {
        add_empty(row);
    } else {
        add_count(row, (uint64_t)record->index + 1);
    }
    add_count(row, record->level);
    add_text(row, figures_level_unit(&findings->scenario));
    add_real(row, figures_load_rps(&findings->scenario, step));
    add_text(row, verdict_name(step->verdict.verdict));
    add_breaches(row, &step->verdict);
    add_text(row, passed ? NULL : cause_name(step->cause.cause));
    add_invalid(row, &step->verdict);
}

static void add_counts(struct row *row, const struct tally *tally)
{
    add_count(row, tally->offered);
    add_count(row, tally->sent);
    add_count(row, tally->completed);
    add_count(row, tally->good);
    for (int i = 0; i < FAILURE_COUNT; i++) {
        add_count(row, tally->failures[i]);
    }
}

static void add_times(struct row *row, const struct step_finding *step)
{
    add_real(row, step->offered_rps);
    add_real(row, step->completed_rps);
    add_real(row, step->good_rps);
    add_known(row, step->mean_ns, NO_TIME);
    add_known(row, step->p50_ns, NO_TIME);
    add_known(row, step->p90_ns, NO_TIME);
    add_known(row, step->p99_ns, NO_TIME);
    add_known(row, step->p999_ns, NO_TIME);
    add_known(row, step->max_ns, NO_TIME);
    add_count(row, step->record->load.censored);
    add_known(row, step->service_p50_ns, NO_TIME);
    add_known(row, step->service_p99_ns, NO_TIME);
}

static void add_host(struct row *row, const struct step_finding *step)
{
    const struct death *death = &step->record->death;

    add_known(row, step->cpu_ns_per_request, 0);
    if (step->record->sample_count < 2) {
        add_empty(row);
        add_empty(row);
    } else {
        add_real(row, step->host.service_cores);
        add_real(row, step->host.busiest_thread_share);
    }
    add_known(row, step->host.rss_peak_bytes, 0);
    separate(row);
    if (death->died && death->signal == 0) {
        text_format(row->out, "%d", death->exit_code);
    }
    separate(row);
    if (death->died && death->signal != 0) {
        text_format(row->out, "%d", death->signal);
    }
}

static void add_growth(struct row *row, const struct leak *memory)
{
    const struct trend *trend = &memory->a_second;
    bool sure = memory->known && trend->known;

    add_real(row, memory->known ? trend->slope : NAN);
    add_real(row, sure ? trend->low : NAN);
    add_real(row, sure ? trend->high : NAN);
}

/* `memory` of a steady load; NULL: it is a step. */
static void write_step(struct row *row, const struct findings *findings, const struct backend_finding *backend,
                       const struct step_finding *step, const struct leak *memory)
{
    static const struct leak none = {0};

    add_names(row, findings, backend->record);
    add_verdict(row, findings, step, memory != NULL);
    add_counts(row, &step->record->load.tally);
    add_times(row, step);
    add_host(row, step);
    add_text(row, memory != NULL ? "soak" : step_phase_name(step->record->phase));
    add_growth(row, memory != NULL ? memory : &none);
    end_row(row);
}

void csv_write(const struct findings *findings, struct text *out)
{
    struct row row = {.out = out};

    write_header(&row);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        for (size_t k = 0; k < backend->step_count; k++) {
            write_step(&row, findings, backend, &backend->steps[k], NULL);
        }
        if (backend->soak.step != NULL) {
            write_step(&row, findings, backend, backend->soak.step, &backend->soak.memory);
        }
    }
}
