#include "report/resource/resource_table.h"

#include "analysis/usage/host_usage.h"
#include "base/mem.h"
#include "plan/scenario/doubling.h"
#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/resource_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* How much is in use as a share of all there is, of which HOST_USAGE_SATURATED counts as all. */
static void share_cell(struct text *cell, const struct resource_finding *found)
{
    figures_share(cell, found->used / (found->most / HOST_USAGE_SATURATED));
}

static void used_cell(struct table *table, const struct resource_finding *found)
{
    struct text cell = {0};

    switch (found->resource) {
    case RESOURCE_CPU:
    case RESOURCE_THREAD:
    case RESOURCE_QUOTA:
    case RESOURCE_DEPENDENCY:
        share_cell(&cell, found);
        break;
    case RESOURCE_MEMORY:
        figures_size(&cell, (uint64_t)found->used);
        text_add(&cell, " of ");
        figures_size(&cell, (uint64_t)found->most);
        break;
    default:
        figures_count(&cell, (uint64_t)round(found->used));
        text_add(&cell, " of ");
        figures_count(&cell, (uint64_t)found->most);
        break;
    }
    table_take(table, &cell);
}

/* Whose unit goes with a load in the table; NULL: the unit is long, and stands in the legend. */
static const struct scenario *unit_of(const struct findings *findings)
{
    return doubling_of_connections(findings->scenario.doubling) ? NULL : &findings->scenario;
}

static void used_at_cell(struct table *table, const struct findings *findings, const struct resource_finding *found)
{
    if (unit_of(findings) != NULL) {
        cell_level(table, &findings->scenario, found->used_at);
    } else {
        cell_count(table, found->used_at);
    }
}

/* In how many trials it was used up, where there were several. */
static void known_cell(struct table *table, const struct resource_finding *found)
{
    if (found->measured && found->trials > 1) {
        table_cell(table, "measured, in %u of %u", found->exhausted_in, found->trials);
    } else {
        table_cell(table, "%s", found->measured ? "measured" : "projected");
    }
}

static void write_row(struct table *table, const struct findings *findings, const char *service,
                      const struct resource_finding *found)
{
    struct text cell = {0};

    table_cell(table, "%s", service);
    table_cell(table, "%s", resource_phrase_name(found->resource));
    resource_phrase_load(&cell, unit_of(findings), found);
    table_take(table, &cell);
    resource_phrase_interval(&cell, found);
    table_take(table, &cell);
    known_cell(table, found);
    if (isfinite(found->used) && isfinite(found->most) && found->used_at > 0) {
        used_cell(table, found);
        used_at_cell(table, findings, found);
    } else {
        table_cell(table, "-");
        table_cell(table, "-");
    }
}

/* The name stands in the first row of a service only. */
static void write_rows(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->resource_count && !isnan(backend->resources[i].exhausted_at); i++) {
        write_row(table, findings, i == 0 ? backend->record->name : "", &backend->resources[i]);
    }
}

/* Append the names of all services from number `from` on of which the same is said; the first of them stands there. */
static void add_alike(struct text *out, const struct findings *findings, size_t from, struct text *rests)
{
    for (size_t i = from; i < findings->backend_count; i++) {
        if (rests[i].length > 0 && (i == from || strcmp(rests[i].data, rests[from].data) == 0)) {
            figures_separate(out, i - from, ", ");
            text_add(out, findings->backends[i].record->name);
            if (i > from) {
                text_release(&rests[i]); /* is said */
            }
        }
    }
}

static void write_rest(struct page *page, const struct findings *findings)
{
    struct text *rests = mem_new(findings->backend_count, sizeof *rests);

    for (size_t i = 0; i < findings->backend_count; i++) {
        resource_phrase_rest(&rests[i], findings, &findings->backends[i]);
    }
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (rests[i].length > 0) {
            struct text item = {0};
            add_alike(&item, findings, i, rests);
            text_format(&item, ": %s", rests[i].data);
            page->style->item(page, item.data);
            text_release(&item);
            text_release(&rests[i]);
        }
    }
    free(rests);
}

static void write_legend(struct page *page, const struct findings *findings, const struct table *table)
{
    struct table facts;

    table_init_facts(&facts);
    if (unit_of(findings) == NULL) {
        table_fact(&facts, "loads", figures_level_unit(&findings->scenario));
    }
    table_fact(&facts, "used up at",
               "the load at which nothing is left of it: seen in a step, or where the line through the loads that did "
               "not break reaches what there is");
    table_fact(&facts, "between",
               "measured: the highest load with some left, and the lowest without; projected: the 95 % interval");
    table_fact(&facts, "in use",
               "at the highest load that did not break. Cores and threads count as used up from 90 % on: reading the "
               "host and the kernel leave a rest");
    if (table_has(table, resource_phrase_name(RESOURCE_CONNECTIONS))) {
        table_fact(&facts, resource_phrase_name(RESOURCE_CONNECTIONS),
                   "those that the load generator may open: they are all in use when responses come too late");
    }
    page_legend_table(page, &facts);
}

static bool told(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        for (size_t k = 0; k < findings->backends[i].resource_count; k++) {
            if (findings->backends[i].resources[k].known) {
                return true;
            }
        }
    }
    return false;
}

void resource_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (!told(findings)) {
        return;
    }
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "what", ALIGN_LEFT);
    table_column(&table, "used up at", ALIGN_RIGHT);
    table_column(&table, "between", ALIGN_RIGHT);
    table_column(&table, "known by", ALIGN_LEFT);
    table_column(&table, "in use", ALIGN_RIGHT);
    table_column(&table, "at", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        write_rows(&table, findings, &findings->backends[i]);
    }
    page->style->section(page, "What runs out first");
    if (table_rows(&table) > 0) {
        page->style->table(page, &table);
        write_legend(page, findings, &table);
    } else {
        page->style->paragraph(page, "Nothing was used up, nor does anything grow so fast that it would be.");
    }
    write_rest(page, findings);
    table_release(&table);
}
