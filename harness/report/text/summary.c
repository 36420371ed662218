#include "report/text/summary.h"

#include "report/text/table.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>

static bool several_trials(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].trials > 1) {
            return true;
        }
    }
    return false;
}

static void holds_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend->holds) {
        text_add(&cell, backend->breaks ? "" : ">= ");
        figures_level(&cell, &findings->scenario, backend->holds_at);
    } else if (backend->breaks) {
        text_add(&cell, "< ");
        figures_level(&cell, &findings->scenario, backend->breaks_at);
    } else {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void trials_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

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
    table_take(table, &cell);
}

static void breaks_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend->breaks) {
        figures_level(&cell, &findings->scenario, backend->breaks_at);
    } else {
        text_add(&cell, backend->holds ? "not seen" : "-");
    }
    table_take(table, &cell);
}

/* "latency at 1.25 s", "latency and queue at 1.25 s" */
static void first_cell(struct table *table, const struct step_finding *step)
{
    struct text cell = {0};

    if (step == NULL || step->verdict.breach_count == 0) {
        text_add(&cell, "-");
    } else {
        breach_limits(&cell, &step->verdict, breach_first_count(&step->verdict));
        text_add(&cell, step->verdict.breaches[0].at_ns == 0 ? " at the start" : " at ");
        if (step->verdict.breaches[0].at_ns != 0) {
            figures_time(&cell, step->verdict.breaches[0].at_ns);
        }
    }
    table_take(table, &cell);
}

static void cause_cell(struct table *table, const struct backend_finding *backend)
{
    const char *cause = backend->first_break != NULL ? reason_cause(backend->first_break) : NULL;

    if (backend->record->skipped != NULL) {
        table_cell(table, "took no part: %s", backend->record->skipped);
    } else if (backend->distrusted != NULL) {
        table_cell(table, "ITS ANSWERS DO NOT ADD UP");
    } else if (backend->step_count == 0) {
        table_cell(table, "no step was run");
    } else if (!backend->holds && !backend->breaks) {
        table_cell(table, "no valid step");
    } else if (!backend->breaks) {
        table_cell(table, "-");
    } else {
        table_cell(table, "%s", cause != NULL ? cause : "the figures name no cause");
    }
}

/* What broke after the first in the same step. */
static void next_cell(struct table *table, const struct step_finding *step)
{
    struct text cell = {0};
    size_t count = step != NULL ? step->verdict.breach_count : 0;

    for (size_t i = step != NULL ? breach_first_count(&step->verdict) : 0; i < count; i++) {
        text_format(&cell, "%s%s at ", cell.length > 0 ? ", " : "", limit_name(step->verdict.breaches[i].limit));
        figures_time(&cell, step->verdict.breaches[i].at_ns);
    }
    if (cell.length == 0) {
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
    table_column(&table, "breaks at", ALIGN_RIGHT);
    table_column(&table, "broke first", ALIGN_LEFT);
    table_column(&table, "because", ALIGN_LEFT);
    table_column(&table, "then", ALIGN_LEFT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        table_cell(&table, "%s", backend->record->name);
        holds_cell(&table, findings, backend);
        if (trials) {
            trials_cell(&table, findings, backend);
        }
        breaks_cell(&table, findings, backend);
        first_cell(&table, backend->first_break);
        cause_cell(&table, backend);
        next_cell(&table, backend->first_break);
    }
    page->style->table(page, &table);
    table_release(&table);
}

static void write_verdict_legend(struct page *page, bool trials)
{
    struct table legend;

    table_init_facts(&legend);
    table_fact(&legend, "holds",
               "the highest load that kept every limit, below the first that broke one; >= where no break "
               "was found, < where even the first step broke");
    if (trials) {
        table_fact(&legend, "trials",
                   "how many valid climbs of the ladder there were, and what it held in them; \"holds\" is the "
                   "middle one");
    }
    table_fact(&legend, "breaks at", "the lowest load that broke a limit");
    table_fact(&legend, "broke first",
               "what broke first when the load doubled, and how far into the measured time of that step: "
               "latency, errors, throughput, memory, queue (requests pile up) or crash");
    table_fact(&legend, "because", "what the service's CPU, threads, memory and connections show behind it");
    table_fact(&legend, "then", "limits that broke later in the same step");
    page->style->facts(page, &legend);
    table_release(&legend);
}

static void time_or_dash(struct table *table, uint64_t ns)
{
    struct text cell = {0};
    figures_time(&cell, ns == 0 ? NO_TIME : ns);
    table_take(table, &cell);
}

static void size_cell(struct table *table, uint64_t bytes)
{
    struct text cell = {0};
    figures_size(&cell, bytes);
    table_take(table, &cell);
}

static void response_cell(struct table *table, const struct findings *findings, const struct step_finding *step,
                          uint64_t ns)
{
    struct text cell = {0};
    if (step != NULL) {
        figures_response(&cell, &findings->scenario, step, ns);
    } else {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void cpu_cell(struct table *table, const struct findings *findings, const struct step_finding *step)
{
    struct text cell = {0};
    if (step != NULL) {
        figures_cpu(&cell, findings, step);
    } else {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void figures_row(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *good = backend->last_good, *broken = backend->lowest_break;

    table_cell(table, "%s", backend->record->name);
    response_cell(table, findings, good, good != NULL ? good->p50_ns : NO_TIME);
    response_cell(table, findings, good, good != NULL ? good->p99_ns : NO_TIME);
    cpu_cell(table, findings, good);
    size_cell(table, good != NULL ? good->host.rss_peak_bytes : 0);
    time_or_dash(table, good != NULL ? good->cpu_ns_per_request : 0);
    cpu_cell(table, findings, broken);
    size_cell(table, broken != NULL ? broken->host.rss_peak_bytes : 0);
    size_cell(table, backend->record->idle.rss_bytes);
    time_or_dash(table, backend->record->cold_start_ns);
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
    table_fact(&legend, "last good", "at the load under \"holds\" above; at break: at the load under \"breaks at\"");
    table_fact(&legend, "p50, p99",
               "half, and 99 of 100, requests were answered within this time, counted from the moment "
               "they were due to the last byte of the answer");
    text_add(&cpu, "of the service's processes: 100 % is ");
    if (findings->service_core_count == 1) {
        text_add(&cpu, "its one core");
    } else {
        text_format(&cpu, "all of its %u cores", findings->service_core_count);
    }
    text_add(&cpu, ". About a third of a small service's CPU is the kernel handing its answers to a load generator on "
                   "the same machine. CPU a request: that time by the requests answered, at the last good load");
    table_fact(&legend, "CPU", cpu.data);
    table_fact(&legend, "memory",
               "resident memory of its processes, the highest in the step; pages they share count once a "
               "process (for the memory limit only once). Idle: before any load");
    table_fact(&legend, "cold start", "from starting the process to its first answer");
    if (dash) {
        table_fact(&legend, "-", "no such step, or too few requests for the figure (p99 takes 1,000)");
    }
    page->style->facts(page, &legend);
    table_release(&legend);
    text_release(&cpu);
}

void summary_write(struct page *page, const struct findings *findings)
{
    bool dash = false;

    page->style->section(page, "What each service holds, and what breaks");
    write_verdicts(page, findings);
    page->style->part(page, "The columns:");
    write_verdict_legend(page, several_trials(findings));
    page->style->part(page, "What that costs:");
    write_figures(page, findings, &dash);
    page->style->part(page, "The columns:");
    write_figures_legend(page, findings, dash);
}
