#include "report/standing/box_table.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/standing/box_phrase.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static void box_cell(struct table *table, const struct box_step *step)
{
    struct text cell = {0};
    box_phrase(&cell, &step->box);
    table_take(table, &cell);
}

static void holds_cell(struct table *table, const struct findings *findings, const struct box_step *step)
{
    struct text cell = {0};
    limit_phrase_held(&cell, &findings->scenario, step->finding);
    table_take(table, &cell);
}

static void ratio_cell(struct table *table, const struct box_step *step)
{
    struct text cell = {0};
    box_phrase_ratio(&cell, step);
    table_take(table, &cell);
}

static void first_cell(struct table *table, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend->first_break == NULL) {
        text_add(&cell, "-");
    } else {
        limit_phrase_first_names(&cell, backend);
        if (backend->first_break->cause.cause != CAUSE_UNKNOWN) {
            text_format(&cell, " (%s)", cause_name(backend->first_break->cause.cause));
        }
    }
    table_take(table, &cell);
}

static bool limits_memory(const struct findings *findings)
{
    return findings->box_steps[0].box.memory_bytes > 0;
}

static void row(struct table *table, const struct findings *findings, const struct box_step *step)
{
    table_cell(table, "%s", step->finding->record->unboxed);
    box_cell(table, step);
    holds_cell(table, findings, step);
    first_cell(table, step->finding);
    if (isnan(step->times)) {
        table_cell(table, "-");
    } else {
        table_cell(table, "%.3g times", step->times);
    }
    ratio_cell(table, step);
    cell_number(table, step->finding->efficiency.good_rps_per_core);
    if (limits_memory(findings)) {
        cell_number(table, step->rps_per_gib);
    }
}

static void write_legend(struct page *page)
{
    struct table legend;

    table_init_facts(&legend);
    table_fact(&legend, "the box", "so many times what the service's next smaller box has");
    table_fact(
        &legend, "buys",
        "so many times what the service holds in that one. Over several trials with its 95 % interval; with one, "
        "as far apart as the intervals of the two capacities allow");
    table_fact(&legend, "good/s",
               "right responses in time a second at the highest load held, by the cores that it may use there, and by "
               "the memory of a box that limits it");
    page_legend_table(page, &legend);
}

void box_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (findings->box_step_count == 0) {
        return;
    }
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "in a box of", ALIGN_LEFT);
    table_column(&table, "holds", ALIGN_LEFT);
    table_column(&table, "breaks first on", ALIGN_LEFT);
    table_column(&table, "the box", ALIGN_RIGHT);
    table_column(&table, "buys", ALIGN_LEFT);
    table_column(&table, "good/s\na core", ALIGN_RIGHT);
    if (limits_memory(findings)) {
        table_column(&table, "good/s\na GiB", ALIGN_RIGHT);
    }
    for (size_t i = 0; i < findings->box_step_count; i++) {
        row(&table, findings, &findings->box_steps[i]);
    }
    page->style->section(page, "What a larger box buys");
    page->style->table(page, &table);
    table_release(&table);
    write_legend(page);
}
