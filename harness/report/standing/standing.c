#include "report/standing/standing.h"

#include "analysis/capacity/capacity.h"
#include "plan/scenario/doubling.h"
#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/figures.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static bool any_judged(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (capacity_judged(&findings->backends[i])) {
            return true;
        }
    }
    return false;
}

/* --- capacity and scores ------------------------------------------------------------------------------------------ */

static void capacity_cell(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (!backend->holds) {
        text_add(&cell, "-");
    } else {
        figures_level(&cell, &findings->scenario, backend->holds_at);
        if (backend->capacity_confidence > 0) {
            text_add(&cell, " (");
            figures_count(&cell, backend->capacity_low);
            text_add(&cell, " to ");
            figures_count(&cell, backend->capacity_high);
            text_add(&cell, ", ");
            figures_share(&cell, backend->capacity_confidence);
            text_add(&cell, " CI)");
        }
    }
    table_take(table, &cell);
}

/* "3.77 ms (3.10 ms to 4.40 ms)" */
static void p99_cell(struct table *table, const struct findings *findings, const struct step_finding *step)
{
    struct text cell = {0};

    if (step == NULL || step->p99_ns == NO_TIME) {
        text_add(&cell, "-");
    } else {
        figures_response(&cell, &findings->scenario, step, step->p99_ns);
        if (step->p99_bounds.known) {
            text_add(&cell, " (");
            figures_time(&cell, step->p99_bounds.low_ns);
            text_add(&cell, " to ");
            figures_time(&cell, step->p99_bounds.high_ns);
            text_add(&cell, ")");
        }
    }
    table_take(table, &cell);
}

static void time_cell(struct table *table, double ns)
{
    if (ns > 0 && ns < 0x1p63) {
        cell_time(table, (uint64_t)ns);
    } else {
        table_cell(table, "-");
    }
}

static void memory_cell(struct table *table, double bytes)
{
    if (bytes >= 0 && bytes < 0x1p63) {
        cell_size(table, (uint64_t)(bytes + 0.5));
    } else {
        table_cell(table, "-");
    }
}

static void write_scores(struct page *page, const struct findings *findings)
{
    struct text cpu = {0};
    struct table table;

    text_add(&cpu, "CPU time a request");
    if (findings->common_level > 0) {
        text_add(&cpu, "\nat ");
        figures_level(&cpu, &findings->scenario, findings->common_level);
    }
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "highest load\nheld", ALIGN_LEFT);
    table_column(&table, "p99 there\n(95 % CI)", ALIGN_LEFT);
    table_column(&table, "mean capacity\nover SLOs", ALIGN_RIGHT);
    table_column(&table, cpu.data, ALIGN_RIGHT);
    table_column(&table, "goodput\na core", ALIGN_RIGHT);
    table_column(&table, "goodput\na 100 MB", ALIGN_RIGHT);
    if (doubling_of_connections(findings->scenario.doubling)) {
        bool streams = findings->scenario.doubling == DOUBLING_SUBSCRIBERS;
        table_column(&table, streams ? "memory a\nsubscriber" : "memory a\nconnection", ALIGN_RIGHT);
    }
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (capacity_judged(backend)) {
            table_cell(&table, "%s", backend->record->name);
            capacity_cell(&table, findings, backend);
            p99_cell(&table, findings, backend->last_good);
            cell_number(&table, backend->efficiency.critical_capacity);
            time_cell(&table, backend->efficiency.cpu_ns_per_request);
            cell_number(&table, backend->efficiency.good_rps_per_core);
            cell_number(&table, backend->efficiency.good_rps_per_100mb);
            if (doubling_of_connections(findings->scenario.doubling)) {
                memory_cell(&table, backend->efficiency.bytes_per_connection);
            }
        }
    }
    page->style->table(page, &table);
    table_release(&table);
    text_release(&cpu);
}

static void write_scores_legend(struct page *page, const struct findings *findings)
{
    struct table legend;
    struct text cpu = {0};

    table_init_facts(&legend);
    table_fact(&legend, "highest held",
               "the highest load that was run and held. Over trials the middle one, in "
               "brackets the interval by their order and its confidence");
    table_fact(&legend, "p99 there",
               "with its 95 % interval, from how much the intervals of the step differ, for times that follow "
               "each other are alike");
    table_fact(
        &legend, "mean capacity over SLOs",
        "the geometric mean of what it holds under p99 limits of 10, 25, 50, 100 and 250 ms, the other limits as they "
        "are; - where one of the five is not between two steps of this run");
    if (findings->common_level > 0) {
        text_add(&cpu, "of the service's processes, at ");
        figures_level(&cpu, &findings->scenario, findings->common_level);
        text_add(&cpu, ", the highest load of the ladder that all hold");
    } else {
        text_add(&cpu, "there is no load that all hold");
    }
    table_fact(&legend, "CPU time a request", cpu.data);
    table_fact(&legend, "goodput",
               "right responses in time a second at the highest load held, by the cores that it may use and by the "
               "memory that it holds");
    if (doubling_of_connections(findings->scenario.doubling)) {
        bool streams = findings->scenario.doubling == DOUBLING_SUBSCRIBERS;
        table_fact(&legend, streams ? "memory a subscriber" : "memory a connection",
                   "by how much its memory rises for each further one, over its good steps");
    }
    page_legend_table(page, &legend);
    text_release(&cpu);
}

/* --- the cost of ownership ---------------------------------------------------------------------------------------- */

static bool any_change(const struct findings *findings)
{
    bool any = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        any = any || findings->backends[i].record->change_lines > 0;
    }
    return any;
}

static void cell_change(struct table *table, const struct backend_record *record)
{
    if (record->change_lines > 0) {
        table_cell(table, "%" PRIu64 ", %" PRIu64, record->change_files, record->change_lines);
    } else {
        table_cell(table, "-");
    }
}

static void write_ownership(struct page *page, const struct findings *findings)
{
    bool changes = any_change(findings);
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "cold\nstart", ALIGN_RIGHT);
    table_column(&table, "first\nrequest", ALIGN_RIGHT);
    table_column(&table, "idle\nRSS", ALIGN_RIGHT);
    table_column(&table, "artifact", ALIGN_RIGHT);
    table_column(&table, "depen-\ndencies", ALIGN_RIGHT);
    table_column(&table, "clean\nbuild", ALIGN_RIGHT);
    table_column(&table, "build after\na change", ALIGN_RIGHT);
    table_column(&table, "source\nlines", ALIGN_RIGHT);
    if (changes) {
        table_column(&table, "a field more:\nfiles, lines", ALIGN_RIGHT);
    }
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *record = findings->backends[i].record;
        if (capacity_judged(&findings->backends[i])) {
            table_cell(&table, "%s", record->name);
            time_cell(&table, (double)record->cold_start_ns);
            time_cell(&table, (double)record->first_request_ns);
            cell_size(&table, record->idle.rss_bytes);
            cell_size(&table, record->artifact_bytes > 0 ? record->artifact_bytes + record->runtime_bytes : 0);
            cell_number(&table, record->attached == NULL ? (double)record->dependencies : NAN);
            time_cell(&table, (double)record->build_clean_ns);
            time_cell(&table, (double)record->build_changed_ns);
            cell_number(&table, record->source_lines > 0 ? (double)record->source_lines : NAN);
            if (changes) {
                cell_change(&table, record);
            }
        }
    }
    page->style->table(page, &table);
    table_release(&table);
}

void standing_write(struct page *page, const struct findings *findings)
{
    if (!any_judged(findings)) {
        return;
    }
    page->style->section(page, "Scores");
    write_scores(page, findings);
    write_scores_legend(page, findings);
    page->style->part(page,
                      "Footprint (artifact: with the runtime, in runs that count it; builds: of runs with --share):");
    write_ownership(page, findings);
}
