#include "report/text/soak.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/after/leak_phrase.h"
#include "report/words/breach.h"
#include "report/words/figures.h"

#include <stddef.h>

static void held_cell(struct table *table, const struct step_finding *step)
{
    const struct step_verdict *verdict = &step->verdict;
    struct text cell = {0};

    if (verdict->verdict == VERDICT_INVALID) {
        text_add(&cell, "not known");
    } else if (verdict->breach_count > 0) {
        text_add(&cell, "no: ");
        breach_limits(&cell, verdict, breach_first_count(verdict));
        text_add(&cell, " at ");
        figures_time(&cell, verdict->breaches[0].at_ns);
    } else {
        text_add(&cell, "yes, ");
        figures_time(&cell, step->record->load.measured_ns);
    }
    table_take(table, &cell);
}

static void write_row(struct table *table, const struct findings *findings, const struct backend_finding *backend)
{
    const struct leak *memory = &backend->soak.memory;
    struct text cell = {0};

    table_cell(table, "%s", backend->record->name);
    cell_level(table, &findings->scenario, backend->soak.step->record->level);
    held_cell(table, backend->soak.step);
    cell_size(table, memory->start_bytes);
    cell_size(table, memory->end_bytes);
    leak_phrase_estimate(&cell, memory);
    table_take(table, &cell);
    leak_phrase_interval(&cell, memory);
    table_take(table, &cell);
    leak_phrase_limit(&cell, memory);
    table_take(table, &cell);
}

static void write_legend(struct page *page)
{
    static const struct page_fact facts[] = {
        {"held", "whether every limit held for all of that time"},
        {"memory",
         "resident memory (pages that processes share count once) in the first interval of that time and in the "
         "last"},
        {"rise a minute",
         "the slope of the straight line through the intervals of that time; none seen: its confidence "
         "interval holds 0, or both ends are the same; too short: too few intervals to tell"},
        {"interval", "the confidence interval of 95 %, in which intervals of time count for less the more each is like "
                     "the one before it"},
        {"limit in", "how long until the limit on memory, if it went on rising like that"},
    };
    page_legend(page, facts, sizeof facts / sizeof facts[0]);
}

void soak_write(struct page *page, const struct findings *findings)
{
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "steady\nload", ALIGN_RIGHT);
    table_column(&table, "held", ALIGN_LEFT);
    table_column(&table, "memory\nat first", ALIGN_RIGHT);
    table_column(&table, "memory\nat last", ALIGN_RIGHT);
    table_column(&table, "rise\na minute", ALIGN_RIGHT);
    table_column(&table, "interval", ALIGN_RIGHT);
    table_column(&table, "limit\nin", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].soak.step != NULL) {
            write_row(&table, findings, &findings->backends[i]);
        }
    }
    if (table_rows(&table) > 0) {
        page->style->section(page, "Under a steady load");
        page->style->table(page, &table);
        write_legend(page);
    }
    table_release(&table);
}
