#include "report/text/session_table.h"

#include "plan/traffic/session_description.h"
#include "report/text/cell.h"
#include "report/words/figures.h"

void session_table_add_fact(struct table *facts, const struct traffic *traffic)
{
    struct text out = {0};

    for (size_t i = 0; i < traffic->session_count; i++) {
        figures_separate(&out, i, ". ");
        session_describe(traffic, &traffic->sessions[i], &out);
    }
    if (traffic->session_count > 0) {
        table_cell(facts, "sessions");
        table_take(facts, &out);
    }
}

static void share_cell(struct table *table, double share)
{
    struct text cell = {0};

    figures_share(&cell, share);
    table_take(table, &cell);
}

static void add_row(struct table *table, const struct findings *findings, const struct backend_finding *backend,
                    const struct step_finding *step)
{
    if (step == NULL) {
        return;
    }
    const struct session_tally *sessions = &step->record->load.sessions;
    uint64_t ended = sessions->finished + sessions->abandoned;
    table_cell(table, "%s", backend->record->name);
    cell_level(table, &findings->scenario, step->record->level);
    table_cell(table, step == backend->last_good ? "held" : "broke");
    cell_count(table, sessions->begun);
    cell_count(table, sessions->finished);
    cell_count(table, sessions->abandoned);
    share_cell(table, ended > 0 ? (double)sessions->abandoned / (double)ended : 0);
    cell_count(table, sessions->unfinished);
    cell_count(table, sessions->most);
}

void session_table_write(struct page *page, const struct findings *findings)
{
    struct table table;

    if (findings->scenario.doubling != DOUBLING_SESSIONS) {
        return;
    }
    page->style->section(page, "Sessions");
    page_explain(page, "At the highest load that held, and where it broke first. Begun: users who arrived in the "
                       "measured time. Finished: took all their steps. Abandoned: ended by a request that failed; "
                       "the steps after it were not sent. Unfinished: still under way when the time was over. "
                       "At once: the most users under way at a time, those who think included.");
    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_column(&table, "load", ALIGN_RIGHT);
    table_column(&table, "", ALIGN_LEFT);
    table_column(&table, "begun", ALIGN_RIGHT);
    table_column(&table, "finished", ALIGN_RIGHT);
    table_column(&table, "aban-\ndoned", ALIGN_RIGHT);
    table_column(&table, "of those\nended", ALIGN_RIGHT);
    table_column(&table, "un-\nfinished", ALIGN_RIGHT);
    table_column(&table, "at once", ALIGN_RIGHT);
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        add_row(&table, findings, backend, backend->last_good);
        add_row(&table, findings, backend, backend->first_break);
    }
    page->style->table(page, &table);
    table_release(&table);
}
