#include "report/front/capacity_table.h"

#include "report/front/headroom_phrase.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"
#include "report/words/reliability/death_phrase.h"
#include "report/words/reliability/trial_phrase.h"

#include <stdbool.h>
#include <stddef.h>

static bool several_trials(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].trials > 1 || findings->backends[i].failed_trial_count > 0) {
            return true;
        }
    }
    return false;
}

static void capacity_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};
    limit_phrase_held(&cell, &findings->scenario, backend);
    table_take(table, &cell);
}

static void trials_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0}, failed = {0};

    if (backend->trials == 0 || backend->holds_most == 0) {
        text_add(&cell, "-");
    } else {
        text_format(&cell, "%u: ", figures_valid_trials(backend));
        if (backend->holds_least == 0) {
            text_add(&cell, "0");
        } else {
            figures_level(&cell, &findings->scenario, backend->holds_least);
        }
        if (backend->holds_least != backend->holds_most) {
            text_add(&cell, " to ");
            figures_level(&cell, &findings->scenario, backend->holds_most);
        }
    }
    if (trial_phrase_failed(&failed, backend)) {
        text_format(&cell, "; %s", failed.data);
    }
    text_release(&failed);
    table_take(table, &cell);
}

/* "latency", "latency and errors (not told apart)"; over trials "latency, in 6 of 6 trials" */
static void first_cell(struct table *table, const struct backend_finding *backend)
{
    struct text cell = {0}, death = {0};
    bool died = death_phrase_cell(&death, backend);

    if (!limit_phrase_first(&cell, backend)) {
        text_add(&cell, backend->holds && !died ? "not seen to break" : "");
        text_add(&cell, backend->holds || died ? "" : "-");
    } else if (backend->limits[0].trials > 1) {
        text_format(&cell, ", in %u of %u trials", backend->limits[0].first_in, backend->limits[0].trials);
    }
    if (died) {
        text_format(&cell, "%s%s", cell.length > 0 ? "; " : "", death.data);
    }
    text_release(&death);
    table_take(table, &cell);
}

static void cause_cell(struct table *table, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend->record->skipped == NULL && backend->distrusted != NULL) {
        text_add(&cell, "ITS RESPONSES DO NOT ADD UP");
    } else if (backend->nothing_right) {
        text_add(&cell, "ITS RESPONSES ARE ALL WRONG");
    } else {
        reason_absence(&cell, backend);
    }
    if (cell.length == 0 && !backend->breaks) {
        text_add(&cell, "-");
    } else if (cell.length == 0 && backend->first_break == NULL) {
        text_add(&cell, "the figures name no cause");
    } else if (cell.length == 0) {
        text_add(&cell, reason_cause_or_none(backend->first_break));
    }
    table_take(table, &cell);
}

static void next_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (limit_phrase_next_one(&cell, &findings->scenario, backend) == 0) {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void headroom_cell(struct table *table, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (!headroom_phrase(&cell, backend)) {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void write_legend(struct page *page, bool trials)
{
    struct table legend;

    table_init_facts(&legend);
    table_fact(
        &legend, "capacity",
        "the load at which the first limit (SLO) to break is just kept, with its 95 % interval: the limit was seen to "
        "hold at the lower end and to break at the upper one. \"between\": only these two loads are known, as in "
        "a quick run; >=: no break was found; below: no load was seen to hold");
    if (trials) {
        table_fact(&legend, "trials",
                   "how many valid climbs of the ladder there were, and the highest load that held in them; then the "
                   "trials without a climb");
    }
    table_fact(
        &legend, "breaks first on",
        "the limit that breaks at the lowest load: latency, errors, throughput, memory, queue (the backlog of requests "
        "grows) or crash. Limits whose intervals overlap are not told apart");
    table_fact(&legend, "because", "what the service's CPU, threads, memory and connections show behind it");
    table_fact(&legend, "next", "the limit that breaks at the next higher load, and where");
    table_fact(&legend, "headroom",
               "of what the service runs on, what would be left at twice the highest load that it held, or how much "
               "more it would take: by the line through the loads that did not break");
    page_legend_table(page, &legend);
}

void capacity_table_write(struct page *page, const struct findings *findings, bool details)
{
    bool trials = details && several_trials(findings);
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_tint(&table, TINT_STRONG);
    table_column(&table, "capacity\n(95 % interval)", ALIGN_RIGHT);
    table_tint(&table, TINT_GOOD);
    if (trials) {
        table_column(&table, "trials", ALIGN_LEFT);
    }
    table_column(&table, "breaks\nfirst on", ALIGN_LEFT);
    table_tint(&table, TINT_BAD);
    table_column(&table, "because", ALIGN_LEFT);
    table_column(&table, "next", ALIGN_LEFT);
    table_column(&table, "headroom at twice\nthe capacity", ALIGN_LEFT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        table_cell(&table, "%s", backend->record->name);
        capacity_cell(&table, findings, backend);
        if (trials) {
            trials_cell(&table, findings, backend);
        }
        first_cell(&table, backend);
        cause_cell(&table, backend);
        next_cell(&table, findings, backend);
        headroom_cell(&table, backend);
    }
    page->style->gap(page);
    page->style->table(page, &table);
    table_release(&table);
    write_legend(page, trials);
}
