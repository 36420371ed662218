#include "report/text/summary.h"

#include "report/text/cell.h"
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

static void holds_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
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

/* "latency", "latency and errors (not told apart)"; over trials "latency (6 of 6 trials)" */
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

/* What broke at higher loads. */
static void next_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (limit_phrase_next_short(&cell, &findings->scenario, backend) == 0) {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void write_verdicts(struct page *page, const struct findings *findings)
{
    bool trials = several_trials(findings);
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "holds", ALIGN_RIGHT);
    if (trials) {
        table_column(&table, "trials", ALIGN_LEFT);
    }
    table_column(&table, "breaks first on", ALIGN_LEFT);
    table_column(&table, "because", ALIGN_LEFT);
    table_column(&table, "then", ALIGN_LEFT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        table_cell(&table, "%s", backend->record->name);
        holds_cell(&table, findings, backend);
        if (trials) {
            trials_cell(&table, findings, backend);
        }
        first_cell(&table, backend);
        cause_cell(&table, backend);
        next_cell(&table, findings, backend);
    }
    page->style->table(page, &table);
    table_release(&table);
}

static void write_verdict_legend(struct page *page, bool trials)
{
    struct table legend;

    table_init_facts(&legend);
    table_fact(
        &legend, "holds",
        "the load at which the first limit to break is just kept, with its 95 % interval: the limit was seen to "
        "hold at the lower end and to break at the upper one. \"between\": only these two loads are known, as in "
        "a quick run; >=: no break was found; below: no load was seen to hold");
    if (trials) {
        table_fact(&legend, "trials",
                   "how many valid climbs of the ladder there were, and the highest load that held in them; then the "
                   "trials without a climb");
    }
    table_fact(
        &legend, "breaks first on",
        "the limit that breaks at the lowest load: latency, errors, throughput, memory, queue (requests pile up) "
        "or crash. Limits whose intervals overlap are not told apart");
    table_fact(&legend, "because", "what the service's CPU, threads, memory and connections show behind it");
    table_fact(&legend, "then", "limits that break at higher loads, and where");
    page_legend_table(page, &legend);
}

/* Five cells of the last good step. */
static void good_cells(struct table *table, const struct findings *findings, const struct step_finding *good)
{
    if (good == NULL) {
        for (int i = 0; i < 5; i++) {
            table_cell(table, "-");
        }
        return;
    }
    cell_response(table, &findings->scenario, good, good->p50_ns);
    cell_response(table, &findings->scenario, good, good->p99_ns);
    cell_cpu(table, good);
    cell_size(table, good->usage.host.rss_peak_bytes);
    cell_time_or_none(table, good->cpu_ns_per_request);
}

static void figures_row(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *broken = backend->lowest_break;

    table_cell(table, "%s", backend->record->name);
    good_cells(table, findings, backend->last_good);
    cell_cpu(table, broken);
    if (broken != NULL) {
        cell_size(table, broken->usage.host.rss_peak_bytes);
    } else {
        table_cell(table, "-");
    }
    cell_size(table, backend->record->idle.rss_bytes);
    cell_time_or_none(table, backend->record->cold_start_ns);
}

static void write_figures(struct page *page, const struct findings *findings, bool *ret_dash)
{
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "last good\np50", ALIGN_RIGHT);
    table_column(&table, "last good\np99", ALIGN_RIGHT);
    table_column(&table, "last good\nCPU", ALIGN_RIGHT);
    table_column(&table, "last good\nmemory", ALIGN_RIGHT);
    table_column(&table, "CPU a\nrequest", ALIGN_RIGHT);
    table_column(&table, "at break\nCPU", ALIGN_RIGHT);
    table_column(&table, "at break\nmemory", ALIGN_RIGHT);
    table_column(&table, "idle\nmemory", ALIGN_RIGHT);
    table_column(&table, "cold\nstart", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].step_count > 0) {
            figures_row(&table, findings, &findings->backends[i]);
        }
    }
    page->style->table(page, &table);
    *ret_dash = table_has(&table, "-");
    table_release(&table);
}

static void write_figures_legend(struct page *page, const struct findings *findings, bool dash)
{
    struct table legend;
    struct text cpu = {0};

    table_init_facts(&legend);
    table_fact(&legend, "last good", "at the highest load that held; at break: at the lowest load above it that broke");
    table_fact(&legend, "p50, p99",
               "half, and 99 of 100, requests were answered within this time, counted from the moment "
               "they were due to the last byte of the response");
    text_add(&cpu, "of the service's processes: 100 % is ");
    if (findings->service_core_count == 1) {
        text_add(&cpu, "its one core");
    } else {
        text_format(&cpu, "all of its %u cores", findings->service_core_count);
    }
    text_add(&cpu,
             ". About a third of a small service's CPU is the kernel handing its responses to a load generator on "
             "the same machine. CPU a request: that time by the requests answered, at the last good load");
    table_fact(&legend, "CPU", cpu.data);
    table_fact(&legend, "memory",
               "resident memory of its processes, the highest in the step; pages they share count once a "
               "process (for the memory limit only once). Idle: before any load");
    table_fact(&legend, "cold start", "from starting the process to its first response");
    if (dash) {
        table_fact(&legend, "-", "no such step, or too few requests for the figure (p99 takes 1,000)");
    }
    page_legend_table(page, &legend);
    text_release(&cpu);
}

void summary_write(struct page *page, const struct findings *findings)
{
    bool dash = false;

    page->style->section(page, "What each service holds, and what breaks");
    write_verdicts(page, findings);
    write_verdict_legend(page, several_trials(findings));
    page->style->part(page, "What that costs:");
    write_figures(page, findings, &dash);
    write_figures_legend(page, findings, dash);
}
