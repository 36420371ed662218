#include "report/classes/request_classes.h"

#include "report/text/cell.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/request_class_phrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Classes whose response times differ by so many times tell another story than the step. */
#define TIMES_AS_LONG 2

/* Figures of a step for each class. */
#define FIGURES 5

static bool times_differ(const struct step_finding *step)
{
    uint64_t least = NO_TIME, most = 0;

    for (size_t i = 0; step != NULL && i < step->class_count; i++) {
        uint64_t ns = step->classes[i].p99_ns;
        if (ns < least) {
            least = ns;
        }
        if (ns != NO_TIME && ns > most) {
            most = ns;
        }
    }
    return least != NO_TIME && most / TIMES_AS_LONG >= least;
}

static bool worth_a_table(const struct backend_finding *backend)
{
    const struct step_finding *step = request_class_phrase_step(backend);
    bool errors_expected = step != NULL && step->expected_errors.tally.offered > 0;

    return errors_expected || times_differ(backend->last_good) || request_class_phrase_differs(backend->last_good) ||
           request_class_phrase_differs(backend->first_break);
}

static void add_columns(struct table *table, const struct step_finding *step, const char *const headers[FIGURES])
{
    for (size_t i = 0; step != NULL && i < FIGURES; i++) {
        table_column(table, headers[i], ALIGN_RIGHT);
    }
}

static void add_cells(struct table *table, const struct findings *findings, const struct step_finding *step, size_t i)
{
    if (step == NULL) {
        return;
    }
    if (i >= step->class_count) {
        for (int cell = 0; cell < FIGURES; cell++) {
            table_cell(table, "-");
        }
        return;
    }
    const struct request_class *class = &step->classes[i];
    cell_count(table, class->tally.offered);
    cell_count(table, class->tally.good);
    cell_count(table, tally_failed(&class->tally));
    cell_response(table, &findings->scenario, step, class->p50_ns);
    cell_response(table, &findings->scenario, step, class->p99_ns);
}

static void add_load(struct text *title, const struct findings *findings, const char *what,
                     const struct step_finding *step)
{
    if (step != NULL) {
        text_format(title, ", %s ", what);
        figures_level(title, &findings->scenario, step->record->level);
    }
}

static void write_service(struct page *page, const struct findings *findings, const struct backend_finding *backend)
{
    static const char *const held[FIGURES] = {"held:\noffered", "\ngood", "\nfailed", "\np50", "\np99"};
    static const char *const broke[FIGURES] = {"broke:\noffered", "\ngood", "\nfailed", "\np50", "\np99"};
    const struct step_finding *good = backend->last_good, *broken = backend->first_break;
    const struct step_finding *names = request_class_phrase_step(backend);
    struct text title = {0};
    struct table table;

    text_add(&title, backend->record->name);
    add_load(&title, findings, "held at", good);
    add_load(&title, findings, "broke at", broken);
    text_add(&title, ":");
    table_init(&table);
    table_column(&table, "request", ALIGN_LEFT);
    add_columns(&table, good, held);
    add_columns(&table, broken, broke);
    for (size_t i = 0; i < names->class_count; i++) {
        const struct request_class *class = &names->classes[i];
        table_cell(&table, "%s%s", class->name, class->expectation == EXPECT_ERROR ? " (4xx)" : "");
        add_cells(&table, findings, good, i);
        add_cells(&table, findings, broken, i);
    }
    page->style->part(page, title.data);
    page->style->table(page, &table);
    table_release(&table);
    text_release(&title);
}

void request_classes_write(struct page *page, const struct findings *findings)
{
    bool begun = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        if (!worth_a_table(&findings->backends[i])) {
            continue;
        }
        if (!begun) {
            page->style->section(page, "By request class");
            page_explain(page, "At the highest load that held, and where it broke first. Offered: sent in the "
                               "measured time. Good: answered as the scenario expects, within the deadline; "
                               "for a class marked 4xx that is an expected error. Of a class with few requests "
                               "there is no p99.");
            begun = true;
        }
        write_service(page, findings, &findings->backends[i]);
    }
}
