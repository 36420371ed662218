#include "report/text/steps.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/breach.h"
#include "report/words/failure_phrase.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <stddef.h>

/* " (disturbed: foreign, starved)" */
static void add_disturbance(struct text *out, const struct disturbance *disturbance)
{
    const char *before = " (disturbed: ";

    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        if (disturbance->by[i]) {
            text_format(out, "%s%s", before, disturbance_name((enum disturbance_kind)i));
            before = ", ";
        }
    }
    text_add(out, disturbance->any ? ")" : "");
}

/* The limits that the step does not decide, and on which side of each it lies. */
static void add_undecided(struct text *out, const struct step_verdict *verdict)
{
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        const struct limit_judgement *judgement = &verdict->limits[i];
        if (judgement->state == LIMIT_UNDECIDED) {
            figures_separate(out, out->length, ", ");
            limit_write(out, limit_of_place(i), judgement->request);
            text_add(out, judgement->over ? " above its limit" : "");
        }
    }
}

static void verdict_cell(struct table *table, const struct step_finding *step)
{
    struct text cell = {0}, why = {0};

    if (step->verdict.verdict == VERDICT_BREAK) {
        breach_limits(&why, &step->verdict, step->verdict.breach_count);
    } else if (step->verdict.verdict == VERDICT_INVALID) {
        reason_invalid(&why, &step->verdict);
    } else if (step->verdict.verdict == VERDICT_UNDECIDED) {
        add_undecided(&why, &step->verdict);
    }
    limit_phrase_verdict(&cell, step->verdict.verdict, step->record->attempt);
    if (why.length > 0) {
        text_format(&cell, ": %s", why.data);
    }
    if (step->verdict.verdict != VERDICT_INVALID) {
        add_disturbance(&cell, &step->disturbance);
    }
    text_release(&why);
    table_take(table, &cell);
}

static void write_row(struct table *table, const struct findings *findings, const struct step_finding *step)
{
    const struct scenario *scenario = &findings->scenario;
    struct text failures = {0};

    cell_level(table, scenario, step->record->level);
    verdict_cell(table, step);
    cell_rate(table, step->offered_rps);
    cell_rate(table, step->good_rps);
    cell_response(table, scenario, step, step->p50_ns);
    cell_response(table, scenario, step, step->p99_ns);
    failure_phrase_counts(&failures, &step->record->load.tally);
    table_take(table, &failures);
    cell_cpu(table, step);
    cell_size(table, step->usage.host.rss_peak_bytes);
}

static void start(struct table *table)
{
    table_init(table);
    table_column(table, "level", ALIGN_RIGHT);
    table_column(table, "verdict", ALIGN_LEFT);
    table_column(table, "offered", ALIGN_RIGHT);
    table_column(table, "good", ALIGN_RIGHT);
    table_column(table, "p50", ALIGN_RIGHT);
    table_column(table, "p99", ALIGN_RIGHT);
    table_column(table, "failures", ALIGN_LEFT);
    table_column(table, "CPU", ALIGN_RIGHT);
    table_column(table, "memory", ALIGN_RIGHT);
}

/* Write the steps of one trial, which begin at index `begin`. Returns the index where the next trial begins. */
static size_t write_trial(struct page *page, const struct findings *findings, const struct backend_finding *backend,
                          size_t begin)
{
    unsigned trial = backend->steps[begin].record->trial;
    struct text name = {0};
    struct table table;
    size_t i = begin;

    start(&table);
    for (; i < backend->step_count && backend->steps[i].record->trial == trial; i++) {
        write_row(&table, findings, &backend->steps[i]);
    }
    text_add(&name, backend->record->name);
    if (backend->trials > 1 || trial > 0) {
        text_format(&name, ", trial %u", trial + 1);
    }
    text_add(&name, ":");
    page->style->part(page, name.data);
    page->style->table(page, &table);
    table_release(&table);
    text_release(&name);
    return i;
}

void steps_write(struct page *page, const struct findings *findings)
{
    page->style->section(page, "Step by step");
    page_explain(page, "Offered: requests due a second. Good: answered correctly within the deadline. Failures: "
                       "requests, by kind. CPU: share of the service's cores. An undecided step showed "
                       "neither that every limit holds nor that one breaks. Run 2: that load again, with other "
                       "requests; the runs of a load are judged together. An invalid step says nothing "
                       "about the service. In a disturbed one others took so much from service (foreign, steal) or "
                       "generator (starved, generator_busy) that response times are longer than its own.");
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        for (size_t step = 0; step < backend->step_count;) {
            step = write_trial(page, findings, backend, step);
        }
    }
}
