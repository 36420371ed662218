#include "report/standing/summary.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>

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
    table_column(&table, "at capacity:\np50", ALIGN_RIGHT);
    table_column(&table, "\np99", ALIGN_RIGHT);
    table_column(&table, "\nCPU", ALIGN_RIGHT);
    table_column(&table, "\nRSS", ALIGN_RIGHT);
    table_column(&table, "CPU time\na request", ALIGN_RIGHT);
    table_column(&table, "at the break:\nCPU", ALIGN_RIGHT);
    table_column(&table, "\nRSS", ALIGN_RIGHT);
    table_column(&table, "idle\nRSS", ALIGN_RIGHT);
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
    table_fact(&legend, "at capacity",
               "at the highest load that held; at the break: at the lowest load above it that broke");
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
             "the same machine. CPU time a request: that time by the requests answered, at the highest load that held");
    table_fact(&legend, "CPU", cpu.data);
    table_fact(&legend, "RSS",
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

    page->style->section(page, "What that costs");
    write_figures(page, findings, &dash);
    write_figures_legend(page, findings, dash);
}
