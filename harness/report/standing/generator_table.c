#include "report/standing/generator_table.h"

#include "report/text/cell.h"
#include "report/words/figures.h"

#include <stdbool.h>

static void share_cell(struct table *table, double share)
{
    struct text cell = {0};

    figures_share(&cell, share);
    table_take(table, &cell);
}

static void add_rows(struct table *table, const struct findings *findings, const struct backend_finding *backend,
                     const struct step_finding *step)
{
    for (size_t i = 0; step != NULL && i < step->record->generators.count; i++) {
        const struct generator_load *load = &step->record->generators.items[i];
        table_cell(table, "%s", backend->record->name);
        cell_level(table, &findings->scenario, step->record->level);
        table_cell(table, "%s", step == backend->last_good ? "held" : "broke");
        table_cell(table, "%s", load->host);
        cell_count(table, load->offered);
        cell_time_or_none(table, load->p99_ns);
        cell_time_or_none(table, load->send_lag_p99_ns);
        share_cell(table, load->busiest_thread);
        share_cell(table, load->starved_thread);
        cell_time_or_none(table, load->late_ns);
        cell_time_or_none(table, load->clock_error_ns);
        cell_time_or_none(table, load->round_trip_ns);
    }
}

void generator_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (findings->log->generator_count == 0) {
        return;
    }
    page->style->section(page, "Generators");
    page->style->paragraph(
        page, "Each host sent its share of one schedule, at the highest load that held, and where it broke "
              "first. Send lag: how late requests left, p99. Late: after the agreed start. Clock: its "
              "error against the others', at most. Round trip: the bare one of the network to the service's host, "
              "before the load.");
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "load", ALIGN_RIGHT);
    table_column(&table, "", ALIGN_LEFT);
    table_column(&table, "host", ALIGN_LEFT);
    table_column(&table, "offered", ALIGN_RIGHT);
    table_column(&table, "p99", ALIGN_RIGHT);
    table_column(&table, "send lag", ALIGN_RIGHT);
    table_column(&table, "busy", ALIGN_RIGHT);
    table_column(&table, "no core", ALIGN_RIGHT);
    table_column(&table, "late", ALIGN_RIGHT);
    table_column(&table, "clock", ALIGN_RIGHT);
    table_column(&table, "round trip", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        add_rows(&table, findings, backend, backend->last_good);
        add_rows(&table, findings, backend, backend->first_break);
    }
    page->style->table(page, &table);
    table_release(&table);
}
