#include "report/text/request_classes.h"

#include "report/text/table.h"
#include "report/words/breach.h"
#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>

/* So many times as often failed, or as late, is another story than that of the step. */
#define TIMES_AS_MUCH 2

#define NAMED_MOST 3 /* kinds in a sentence */

/* ---- the kinds that failed more than others ---- */

static struct tally tally_of(const struct step_finding *step)
{
    struct tally tally = {0};
    for (size_t i = 0; i < step->class_count; i++) {
        tally_add(&tally, &step->kinds[i].tally);
    }
    return tally;
}

static bool stands_out(const struct request_class *kind, const struct tally *all)
{
    uint64_t failed = tally_failed(&kind->tally), offered = kind->tally.offered;
    double share = all->offered > 0 ? (double)tally_failed(all) / (double)all->offered : 0;

    return failed > 0 && (double)failed >= TIMES_AS_MUCH * share * (double)offered &&
           request_classes_beyond_chance(failed, offered, share);
}

static int expected_status(const struct findings *findings, size_t kind)
{
    const struct traffic *traffic = &findings->scenario.traffic;
    return kind < traffic->request_count ? traffic->requests[kind].expect_status : 0;
}

/* "all 40 of "no id" (instead of 422)" */
static void add_kind(struct text *out, const struct findings *findings, const struct step_finding *step, size_t index,
                     enum failure mostly)
{
    const struct request_class *kind = &step->kinds[index];
    uint64_t failed = tally_failed(&kind->tally);
    enum failure own = breach_main_failure(&kind->tally);
    int status = expected_status(findings, index);

    text_add(out, failed == kind->tally.offered ? "all " : "");
    figures_count(out, failed);
    if (failed < kind->tally.offered) {
        text_add(out, " of ");
        figures_count(out, kind->tally.offered);
    }
    text_format(out, " of \"%s\"", kind->name);
    if (own == FAILURE_STATUS && status > 0) {
        text_format(out, own == mostly ? " (instead of %d)" : " (a wrong status instead of %d)", status);
    } else if (own != mostly) {
        text_format(out, " (%s)", breach_failure_words(own));
    }
}

void request_classes_failed(struct text *out, const struct findings *findings, const struct step_finding *step,
                            enum failure mostly)
{
    struct tally all = tally_of(step);
    size_t named = 0, more = 0;

    for (size_t i = 0; i < step->class_count && step->class_count > 1; i++) {
        if (!stands_out(&step->kinds[i], &all)) {
            continue;
        }
        if (named < NAMED_MOST) {
            text_add(out, named == 0 ? ": " : ", ");
            add_kind(out, findings, step, i, mostly);
            named++;
        } else {
            more++;
        }
    }
    if (more > 0) {
        text_format(out, " and %zu more kind%s", more, more == 1 ? "" : "s");
    }
}

/* ---- those that are to be refused ---- */

static const struct step_finding *step_of(const struct backend_finding *backend)
{
    return backend->last_good != NULL ? backend->last_good : backend->first_break;
}

static void add_refused(struct text *out, const struct step_finding *step)
{
    const struct request_class *refused = &step->refused;
    uint64_t failed = tally_failed(&refused->tally), all = refused->tally.offered + step->served.tally.offered;

    text_add(out, "its ");
    figures_share(out, (double)refused->tally.offered / (double)all);
    text_add(out, " to be refused ");
    if (failed == 0) {
        text_add(out, "all got their 4xx");
    } else if (failed == refused->tally.offered) {
        text_format(out, "never got their 4xx (%s)", breach_failure_words(breach_main_failure(&refused->tally)));
    } else {
        text_add(out, "got their 4xx but for ");
        figures_count(out, failed);
        text_add(out, " of ");
        figures_count(out, refused->tally.offered);
        text_format(out, " (%s)", breach_failure_words(breach_main_failure(&refused->tally)));
    }
}

void request_classes_sentence(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = step_of(backend);

    if (step == NULL || step->refused.tally.offered == 0) {
        return;
    }
    text_add(out, " At ");
    figures_level(out, &findings->scenario, step->record->level);
    text_add(out, " ");
    add_refused(out, step);
    if (step->served.p99_ns != NO_TIME) {
        text_add(out, "; the others beside them: p99 ");
        figures_response(out, &findings->scenario, step, step->served.p99_ns);
    }
    text_add(out, ".");
}

/* ---- the tables ---- */

static bool some_stand_out(const struct step_finding *step)
{
    struct tally all = {0};
    bool found = false;

    if (step != NULL) {
        all = tally_of(step);
    }
    for (size_t i = 0; step != NULL && i < step->class_count && step->class_count > 1; i++) {
        found = found || stands_out(&step->kinds[i], &all);
    }
    return found;
}

static bool times_differ(const struct step_finding *step)
{
    uint64_t least = NO_TIME, most = 0;

    for (size_t i = 0; step != NULL && i < step->class_count; i++) {
        uint64_t ns = step->kinds[i].p99_ns;
        least = ns < least ? ns : least;
        most = ns != NO_TIME && ns > most ? ns : most;
    }
    return least != NO_TIME && most / TIMES_AS_MUCH >= least;
}

static bool tells(const struct backend_finding *backend)
{
    const struct step_finding *good = backend->last_good, *broken = backend->first_break;
    bool refuses = step_of(backend) != NULL && step_of(backend)->refused.tally.offered > 0;
    return refuses || times_differ(good) || some_stand_out(good) || some_stand_out(broken);
}

static void count_cell(struct table *table, uint64_t count)
{
    struct text cell = {0};
    figures_count(&cell, count);
    table_take(table, &cell);
}

static void time_cell(struct table *table, const struct findings *findings, const struct step_finding *step,
                      uint64_t ns)
{
    struct text cell = {0};
    figures_response(&cell, &findings->scenario, step, ns);
    table_take(table, &cell);
}

static void add_columns(struct table *table, const struct step_finding *step, const char *const headers[5])
{
    for (size_t i = 0; step != NULL && i < 5; i++) {
        table_column(table, headers[i], ALIGN_RIGHT);
    }
}

static void add_cells(struct table *table, const struct findings *findings, const struct step_finding *step, size_t i)
{
    if (step == NULL) {
        return;
    }
    if (i >= step->class_count) {
        for (int cell = 0; cell < 5; cell++) {
            table_cell(table, "-");
        }
        return;
    }
    const struct request_class *kind = &step->kinds[i];
    count_cell(table, kind->tally.offered);
    count_cell(table, kind->tally.good);
    count_cell(table, tally_failed(&kind->tally));
    time_cell(table, findings, step, kind->p50_ns);
    time_cell(table, findings, step, kind->p99_ns);
}

static void write_service(struct page *page, const struct findings *findings, const struct backend_finding *backend)
{
    static const char *const held[] = {"held:\noffered", "\ngood", "\nfailed", "\np50", "\np99"};
    static const char *const broke[] = {"broke:\noffered", "\ngood", "\nfailed", "\np50", "\np99"};
    const struct step_finding *good = backend->last_good, *broken = backend->first_break;
    const struct step_finding *names = good != NULL ? good : broken;
    struct text title = {0};
    struct table table;

    text_add(&title, backend->record->name);
    for (int i = 0; i < 2; i++) {
        const struct step_finding *step = i == 0 ? good : broken;
        if (step != NULL) {
            text_add(&title, i == 0 ? ", held at " : ", broke at ");
            figures_level(&title, &findings->scenario, step->record->level);
        }
    }
    text_add(&title, ":");
    table_init(&table);
    table_column(&table, "request", ALIGN_LEFT);
    add_columns(&table, good, held);
    add_columns(&table, broken, broke);
    for (size_t i = 0; i < names->class_count; i++) {
        table_cell(&table, "%s%s", names->kinds[i].name, names->kinds[i].expectation == EXPECT_ERROR ? " (4xx)" : "");
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
        if (!tells(&findings->backends[i])) {
            continue;
        }
        if (!begun) {
            page->style->section(page, "By kind of request");
            page->style->paragraph(page,
                                   "At the highest load that held, and where it broke first. Offered: sent in the "
                                   "measured time. Good: answered as the scenario expects, within the deadline; "
                                   "for a kind marked 4xx that is a refusal. Of a kind with few requests there is no "
                                   "p99.");
            begun = true;
        }
        write_service(page, findings, &findings->backends[i]);
    }
}
