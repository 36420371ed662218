#include "report/standing/fault_table.h"

#include "analysis/fault_cost.h"
#include "report/text/cell.h"
#include "report/text/table.h"

#include <stdlib.h>

static void add_rows(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    struct fault_cost *costs;
    size_t count = fault_costs_find(findings, backend, &costs);

    for (size_t i = 0; i < count; i++) {
        const struct fault_cost *cost = &costs[i];
        table_cell(table, "%s", backend->record->name);
        cell_level(table, &findings->scenario, cost->level);
        cell_count(table, cost->faults);
        cell_count(table, cost->others_lost);
        table_cell(table, "%.3g", fault_cost_lost(cost));
        cell_time_or_none(table, (uint64_t)fault_cost_below_ns(cost));
        cell_time_or_none(table, cost->silence_ns);
    }
    free(costs);
}

void fault_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (!scenario_has_faults(&findings->scenario)) {
        return;
    }
    page->style->section(page, "What faults cost the others");
    page->style->paragraph(
        page, "Faults: requests that make the service fail. Lost: other requests that were answered wrongly, "
              "late or not at all, and how many of them for each fault. Below full: how long for each fault "
              "fewer than 95 % of the requests due were answered rightly in time. Silent: the longest time "
              "without any response.");
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "load", ALIGN_RIGHT);
    table_column(&table, "faults", ALIGN_RIGHT);
    table_column(&table, "others\nlost", ALIGN_RIGHT);
    table_column(&table, "for each\nfault", ALIGN_RIGHT);
    table_column(&table, "below full\nfor each", ALIGN_RIGHT);
    table_column(&table, "silent", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        add_rows(&table, findings, &findings->backends[i]);
    }
    page->style->table(page, &table);
    table_release(&table);
}
