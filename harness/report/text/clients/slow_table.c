#include "report/text/clients/slow_table.h"

#include "report/text/cell.h"
#include "report/words/figures.h"

#include <string.h>

/* "10 s", "9.9 s to 10.4 s", "not closed" where the service ended none before its request was whole. */
static void life_cell(struct table *table, const struct slow_tally *slow)
{
    struct text least = {0}, most = {0};

    if (slow_tally_ended(slow) == 0) {
        table_cell(table, "not closed");
        return;
    }
    figures_time(&least, slow->life_least_ns);
    figures_time(&most, slow->life_most_ns);
    if (strcmp(least.data, most.data) != 0) {
        text_format(&least, " to %s", most.data);
    }
    text_release(&most);
    table_take(table, &least);
}

static void add_row(struct table *table, const struct backend_finding *backend, const struct step_finding *step)
{
    if (step == NULL) {
        return;
    }
    const struct slow_tally *slow = &step->record->load.slow;
    table_cell(table, "%s", backend->record->name);
    cell_count(table, step->record->level);
    table_cell(table, step == backend->last_good ? "held" : "broke");
    cell_count(table, slow->open);
    cell_count(table, slow->opened);
    life_cell(table, slow);
    cell_count(table, slow->closed);
    cell_count(table, slow->timed_out);
    cell_count(table, slow->rejected);
    cell_count(table, slow->answered);
    cell_count(table, slow->refused);
}

void slow_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (findings->scenario.doubling != DOUBLING_SLOW) {
        return;
    }
    page->style->section(page, "Slow connections");
    page_explain(page, "At the highest load that held, and where it broke first: what the service did with the slow "
                       "connections, warm-up included. Closed after: from the first byte sent until the service ended "
                       "a connection whose request was not whole: without a word, with a 408, or with another "
                       "response. It is opened again then. Not closed: by none of them as long as the step lasted. "
                       "Answered: the request became whole. Refused: it could not be connected.");
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "slow", ALIGN_RIGHT);
    table_column(&table, "", ALIGN_LEFT);
    table_column(&table, "open at\nthe end", ALIGN_RIGHT);
    table_column(&table, "opened", ALIGN_RIGHT);
    table_column(&table, "closed after", ALIGN_LEFT);
    table_column(&table, "without\na word", ALIGN_RIGHT);
    table_column(&table, "with\n408", ALIGN_RIGHT);
    table_column(&table, "other\nresponse", ALIGN_RIGHT);
    table_column(&table, "an-\nswered", ALIGN_RIGHT);
    table_column(&table, "re-\nfused", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        add_row(&table, backend, backend->last_good);
        add_row(&table, backend, backend->first_break);
    }
    page->style->table(page, &table);
    table_release(&table);
}
