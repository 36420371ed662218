#include "report/compare/comparison_report.h"

#include "analysis/capacity/capacity.h"
#include "report/compare/comparison_conclusion.h"
#include "report/compare/comparison_runs.h"
#include "report/compare/comparison_verdict.h"
#include "report/compare/comparison_words.h"
#include "report/text/cell.h"
#include "report/text/markdown.h"
#include "report/text/table.h"
#include "report/text/terminal.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reason.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* --- what each run holds, and what broke ------------------------------------------------------------------------- */

/* The service, once for all of its runs, or that of each side, and the run. */
static void name_cells(struct table *table, const struct comparison *comparison, const struct compared_backend *backend,
                       size_t run)
{
    if (comparison->name != NULL) {
        table_cell(table, "%s", comparison->runs[run].service);
    } else if (run == 0) {
        table_cell(table, "%s", backend->name);
    } else {
        table_cell(table, "%s", "");
    }
    table_cell(table, "%s", comparison_words_letter(run));
}

/* Of the first run only whether there is a figure. */
static void change_cell(struct table *table, size_t run, const struct compared_figure *figure)
{
    struct text cell = {0};

    text_add(&cell, "");
    if (run > 0) {
        comparison_words_change(&cell, &figure->change);
    } else if (isnan(figure->middle)) {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void relative_cell(struct table *table, const struct compared_figure *figure)
{
    struct text cell = {0};
    figures_share(&cell, figure->middle);
    table_take(table, &cell);
}

static void cause_cell(struct table *table, const struct compared_side *side)
{
    const struct step_finding *step = comparison_first_break(side->finding);
    struct text cell = {0};

    reason_absence(&cell, side->finding);
    if (cell.length == 0 && step == NULL) {
        text_add(&cell, "-");
    } else if (cell.length == 0) {
        text_add(&cell, reason_cause_or_none(step));
    }
    table_take(table, &cell);
}

static void holds_cell(struct table *table, const struct comparison *comparison, size_t run,
                       const struct backend_finding *finding)
{
    struct text cell = {0};
    if (finding != NULL && capacity_judged(finding)) {
        limit_phrase_held(&cell, &comparison->runs[run].findings->scenario, finding);
    } else {
        text_add(&cell, "-");
    }
    table_take(table, &cell);
}

static void verdict_row(struct table *table, const struct comparison *comparison,
                        const struct compared_backend *backend, size_t run)
{
    const struct compared_side *side = &backend->sides[run];
    struct text order = {0};

    name_cells(table, comparison, backend, run);
    limit_phrase_order(&order, side->finding);
    table_take(table, &order);
    cause_cell(table, side);
    holds_cell(table, comparison, run, side->finding);
    change_cell(table, run, &side->figures[COMPARED_CAPACITY]);
    relative_cell(table, &side->figures[COMPARED_RELATIVE]);
    change_cell(table, run, &side->figures[COMPARED_RELATIVE]);
}

static void write_verdicts(struct page *page, const struct comparison *comparison)
{
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_tint(&table, TINT_STRONG);
    table_column(&table, "run", ALIGN_LEFT);
    table_column(&table, "breaks, in this order", ALIGN_LEFT);
    table_tint(&table, TINT_BAD);
    table_column(&table, "because", ALIGN_LEFT);
    table_column(&table, "holds", ALIGN_RIGHT);
    table_tint(&table, TINT_GOOD);
    table_column(&table, "against A", ALIGN_LEFT);
    table_column(&table, "of\nreference", ALIGN_RIGHT);
    table_column(&table, "against A", ALIGN_LEFT);
    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t run = 0; run < comparison->run_count; run++) {
            verdict_row(&table, comparison, &comparison->backends[i], run);
        }
    }
    page->style->section(page, "What breaks, and what each service holds");
    page->style->table(page, &table);
    table_release(&table);
}

static void write_verdict_legend(struct page *page, const struct comparison *comparison)
{
    const char *against = "change from run A, with the interval that trials give; ~ no difference seen; here: within "
                          "these two runs; unpaired trials, the median of all ratios (Hodges and Lehmann), at 95 % or "
                          "what stands there";

    if (comparison->paired) {
        against = "change from A, by the ratios within blocks of trials, with the interval of 95 % (Student's t on "
                  "logarithms); ~ no difference seen, among all rows of the run together (Holm)";
    } else if (comparison->repeated) {
        against =
            "change from A, with the interval of 95 % that whole runs give (Student's t on logarithms, a median a "
            "run); ~ no difference seen, among all figures and services together (Holm)";
    }
    const struct page_fact facts[] = {
        {"breaks", "by the load at which each limit breaks, the lowest first; limits whose intervals overlap stand "
                   "together"},
        {"holds", "the load at which the first limit to break is just kept, with its 95 % interval; \"between\": only "
                  "these two loads are known; >=: no break was found; below: no load was seen to hold"},
        {"of reference", "the highest load that was run and held, to what a minimal C service answered on the same "
                         "machine in the same run: what is "
                         "left when the machines' own speed is taken out"},
        {"against A", against},
    };

    page_legend(page, facts, sizeof facts / sizeof facts[0]);
}

/* --- what it costs ----------------------------------------------------------------------------------------------- */

static void figure_cell(struct table *table, const struct compared_figure *figure, enum compared compared)
{
    struct text cell = {0};
    if (isnan(figure->middle)) {
        text_add(&cell, "-");
    } else if (compared == COMPARED_MEMORY) {
        figures_size(&cell, (uint64_t)figure->middle);
    } else {
        figures_time(&cell, (uint64_t)figure->middle);
    }
    table_take(table, &cell);
}

static void cost_row(struct table *table, const struct comparison *comparison, const struct compared_backend *backend,
                     size_t run)
{
    static const enum compared columns[] = {COMPARED_CPU, COMPARED_MEMORY, COMPARED_P99};

    name_cells(table, comparison, backend, run);
    cell_level(table, &comparison->runs[run].findings->scenario, backend->common_level);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        figure_cell(table, &backend->sides[run].figures[columns[i]], columns[i]);
        change_cell(table, run, &backend->sides[run].figures[columns[i]]);
    }
}

static void write_cost_table(struct page *page, const struct comparison *comparison)
{
    struct table table;

    table_init(&table);
    table_column(&table, "service", ALIGN_LEFT);
    table_tint(&table, TINT_STRONG);
    table_column(&table, "run", ALIGN_LEFT);
    table_column(&table, "at", ALIGN_RIGHT);
    table_column(&table, "CPU a\nrequest", ALIGN_RIGHT);
    table_column(&table, "against A", ALIGN_LEFT);
    table_column(&table, "memory", ALIGN_RIGHT);
    table_column(&table, "against A", ALIGN_LEFT);
    table_column(&table, "p99", ALIGN_RIGHT);
    table_column(&table, "against A", ALIGN_LEFT);
    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct compared_backend *backend = &comparison->backends[i];
        for (size_t run = 0; backend->common_level > 0 && backend->judged > 1 && run < comparison->run_count; run++) {
            cost_row(&table, comparison, backend, run);
        }
    }
    if (table_rows(&table) > 0) {
        page->style->table(page, &table);
    }
    table_release(&table);
}

static void write_costs(struct page *page, const struct comparison *comparison)
{
    struct text without = {0};

    page->style->section(page, "What that costs, at the highest load of the ladder that all of them hold");
    write_cost_table(page, comparison);
    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct compared_backend *backend = &comparison->backends[i];
        if (backend->common_level == 0 && backend->judged > 1) {
            figures_separate(&without, without.length, ", ");
            text_add(&without, backend->name);
        }
    }
    if (without.length > 0) {
        struct text out = {0};
        text_format(&out, "No load that all runs hold: %s.", without.data);
        page->style->paragraph(page, out.data);
        text_release(&out);
    }
    text_release(&without);
}

/* --- in sentences ------------------------------------------------------------------------------------------------ */

static void write_forced(struct page *page, const struct comparison *comparison)
{
    struct text out = {0};

    if (comparison->unlike_count == 0) {
        return;
    }
    text_add(&out, "NOT COMPARABLE: ");
    comparison_words_unlike(&out, comparison);
    text_add(&out,
             ". They stand beside each other because --force was given; what differs below may come from that alone.");
    page->style->paragraph(page, out.data);
    text_release(&out);
}

static void item_from(struct page *page, struct text *text)
{
    if (text->length > 0) {
        page->style->item(page, text->data);
    }
    text_release(text);
}

/* What the reader came for. */
static void write_answer(struct page *page, const struct comparison *comparison)
{
    page->style->section(page, comparison->run_count == 2 ? "Is B better?" : "Which is better?");
    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t run = 1; run < comparison->run_count; run++) {
            struct text item = {0};
            comparison_verdict_write(&item, comparison, &comparison->backends[i], run);
            item_from(page, &item);
        }
    }
}

static void write_conclusions(struct page *page, const struct comparison *comparison)
{
    struct text order = {0}, trials = {0};

    page->style->section(page, "What differs");
    comparison_conclusion_order(&order, comparison);
    item_from(page, &order);
    for (size_t run = 1; run < comparison->run_count; run++) {
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            struct text change = {0};
            comparison_conclusion_change(&change, comparison, run, (enum compared)k);
            item_from(page, &change);
        }
    }
    comparison_conclusion_trials(&trials, comparison);
    item_from(page, &trials);
}

static void write_backends(struct page *page, const struct comparison *comparison)
{
    page->style->part(page, "The order of failure inside each service:");
    for (size_t i = 0; i < comparison->backend_count; i++) {
        struct text sentence = {0};
        comparison_conclusion_backend(&sentence, comparison, &comparison->backends[i]);
        item_from(page, &sentence);
    }
}

static bool spoils(const struct warning *warning)
{
    return warning->kind == WARNING_MACHINE || warning->kind == WARNING_GENERATOR;
}

static bool begin_warning(struct page *page, bool any)
{
    if (!any) {
        page->style->section(page, "Warnings");
    }
    return true;
}

/* A service of several builds in one side is no one service; another build in another side may be just what is
 * compared, and the reader has to know it. */
static bool write_builds(struct page *page, const struct comparison *comparison)
{
    bool any = false;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        const struct compared_backend *backend = &comparison->backends[i];
        for (size_t run = 0; run < comparison->run_count; run++) {
            struct text item = {0};
            if (backend->sides[run].mixed) {
                any = begin_warning(page, any);
                comparison_words_mixed(&item, backend, run);
                item_from(page, &item);
            }
        }
        if (!backend->build_same) {
            struct text item = {0};
            any = begin_warning(page, any);
            comparison_words_builds(&item, backend);
            item_from(page, &item);
        }
    }
    return any;
}

/* What spoils one of the runs spoils the comparison. Returns whether any warning stands there now. */
static bool write_warnings_of(struct page *page, const struct findings *findings, const char *letter, bool any)
{
    for (size_t i = 0; i < findings->warning_count; i++) {
        struct text item = {0};
        if (!spoils(&findings->warnings[i])) {
            continue;
        }
        any = begin_warning(page, any);
        text_format(&item, "%s: %s", letter, findings->warnings[i].text);
        item_from(page, &item);
    }
    return any;
}

static void write_warnings(struct page *page, const struct comparison *comparison)
{
    bool any = write_builds(page, comparison);

    for (size_t run = 0; run < (comparison->paired ? 1 : comparison->run_count); run++) {
        const struct compared_run *side = &comparison->runs[run];
        any = write_warnings_of(page, side->findings, comparison_words_letter(run), any);
        for (size_t i = 0; i < side->more_count; i++) {
            any = write_warnings_of(page, side->more[i], comparison_words_letter(run), any);
        }
    }
}

static void write_page(struct page *page, const struct comparison *comparison)
{
    struct text title = {0};

    text_format(&title, "twofold: %s, %zu %s compared", comparison->runs[0].findings->scenario.name,
                comparison->run_count, comparison->name != NULL ? "services" : "runs");
    page->style->title(page, title.data);
    text_release(&title);
    write_forced(page, comparison);
    write_answer(page, comparison);
    write_verdicts(page, comparison);
    write_verdict_legend(page, comparison);
    write_backends(page, comparison);
    write_costs(page, comparison);
    write_conclusions(page, comparison);
    write_warnings(page, comparison);
    comparison_runs_write(page, comparison);
}

void comparison_report_text(const struct comparison *comparison, const struct page_look *look, bool explained,
                            struct text *out)
{
    struct page page = {.style = &terminal_style,
                        .out = out,
                        .width = page_width(look->width),
                        .colour = look->colour,
                        .explained = explained};
    write_page(&page, comparison);
}

void comparison_report_markdown(const struct comparison *comparison, bool explained, struct text *out)
{
    struct page page = {.style = &markdown_style, .out = out, .width = PAGE_WIDTH, .explained = explained};
    write_page(&page, comparison);
}
