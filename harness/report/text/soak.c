#include "report/text/soak.h"

#include "report/text/table.h"
#include "report/words/breach.h"
#include "report/words/figures.h"
#include "report/words/leak_words.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>

/* ---- the sentence ---- */

/* " (p99 310 ms against 50 ms)": what broke first, all of it. */
static void add_broken(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    const struct step_verdict *verdict = &step->verdict;
    size_t first = breach_first_count(verdict);
    const char *cause = reason_cause(step);

    breach_limits(out, verdict, first);
    text_add(out, " (");
    for (size_t i = 0; i < first; i++) {
        text_add(out, i > 0 ? "; " : "");
        breach_write(out, findings, step, &verdict->breaches[i]);
    }
    text_add(out, ")");
    if (cause != NULL && verdict->breaches[0].limit != LIMIT_CRASH) {
        text_format(out, ", because %s", cause);
    }
}

static void say_broke(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->soak.step;

    if (backend->holds) {
        text_add(out, " It holds ");
        figures_level(out, &findings->scenario, backend->holds_at);
        text_add(out, " in steps, but a");
    } else {
        text_add(out, " A");
    }
    text_add(out, " steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " broke it ");
    if (step->verdict.breaches[0].at_ns > 0) {
        text_add(out, "after ");
        figures_time(out, step->verdict.breaches[0].at_ns);
    } else {
        text_add(out, "at once");
    }
    text_add(out, ": ");
    add_broken(out, findings, step);
    text_add(out, "; ");
}

static void say_held(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    text_add(out, " It held a steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " for ");
    figures_time(out, step->record->load.measured_ns);
    text_add(out, ": ");
}

static void say_unknown(struct text *out, const struct findings *findings, const struct step_finding *step)
{
    struct text why = {0};

    reason_invalid(&why, &step->verdict);
    text_add(out, " Whether it holds a steady load of ");
    figures_level(out, &findings->scenario, step->record->level);
    text_format(out, " is not known%s%s%s: ", why.length > 0 ? " (" : "", why.length > 0 ? why.data : "",
                why.length > 0 ? ")" : "");
    text_release(&why);
}

void soak_sentence(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->soak.step;

    if (step == NULL) {
        return;
    }
    if (step->verdict.verdict == VERDICT_INVALID) {
        say_unknown(out, findings, step);
    } else if (step->verdict.breach_count > 0) {
        say_broke(out, findings, backend);
    } else {
        say_held(out, findings, step);
    }
    leak_words(out, &backend->soak.memory, findings->scenario.limits.memory_bytes);
    text_add(out, ".");
}

/* ---- the table ---- */

static void load_cell(struct table *table, const struct findings *findings, const struct step_finding *step)
{
    struct text cell = {0};
    figures_level(&cell, &findings->scenario, step->record->level);
    table_take(table, &cell);
}

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
    load_cell(table, findings, backend->soak.step);
    held_cell(table, backend->soak.step);
    figures_size(&cell, memory->start_bytes);
    table_take(table, &cell);
    figures_size(&cell, memory->end_bytes);
    table_take(table, &cell);
    leak_estimate(&cell, memory);
    table_take(table, &cell);
    leak_interval(&cell, memory);
    table_take(table, &cell);
    leak_limit(&cell, memory);
    table_take(table, &cell);
}

static void write_legend(struct page *page)
{
    static const char *const rows[][2] = {
        {"held", "whether every limit held for all of that time"},
        {"memory",
         "resident memory (pages that processes share count once) in the first window of that time and in the "
         "last"},
        {"rise a minute", "the slope of the straight line through the windows; none seen: its interval holds 0, or "
                          "both ends are the same; too short: too few windows to tell"},
        {"interval", "of 95 %, in which windows count for less the more each is like the one before it"},
        {"limit in", "how long until the limit on memory, if it went on rising like that"},
    };
    struct table legend;

    table_init_facts(&legend);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        table_fact(&legend, rows[i][0], rows[i][1]);
    }
    page->style->part(page, "The columns:");
    page->style->facts(page, &legend);
    table_release(&legend);
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
