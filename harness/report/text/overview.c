#include "report/text/overview.h"

#include "analysis/capacity/ranking.h"
#include "base/list.h"
#include "report/text/table.h"
#include "report/words/figures.h"
#include "report/words/limit_phrase.h"
#include "report/words/reliability/death_phrase.h"
#include "report/words/reliability/trial_phrase.h"
#include "report/words/standing/language_phrase.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The services of all runs, each once, by name. */
struct services {
    const char **names;
    size_t count;
};

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool has(const struct services *services, const char *name)
{
    for (size_t i = 0; i < services->count; i++) {
        if (strcmp(services->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static struct services services_of(const struct findings *const *runs, size_t count)
{
    struct services services = {0};

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < runs[i]->backend_count; j++) {
            const char *name = runs[i]->backends[j].record->name;
            if (!has(&services, name)) {
                *list_add(services.names, services.count) = name;
            }
        }
    }
    if (services.count > 1) {
        qsort(services.names, services.count, sizeof *services.names, by_name);
    }
    return services;
}

static const struct backend_finding *find(const struct findings *run, const char *name)
{
    for (size_t i = 0; i < run->backend_count; i++) {
        if (strcmp(run->backends[i].record->name, name) == 0) {
            return &run->backends[i];
        }
    }
    return NULL;
}

/* "; crash in its soak; of its trials 2 did not start" */
static void add_incidents(struct text *cell, const struct backend_finding *backend)
{
    struct text death = {0}, failed = {0};

    if (death_phrase_cell(&death, backend)) {
        text_format(cell, "; %s", death.data);
    }
    if (trial_phrase_failed(&failed, backend)) {
        text_format(cell, "; of its trials %s", failed.data);
    }
    text_release(&death);
    text_release(&failed);
}

/* "16,000/s, then latency (cpu)". */
static void service_cell(struct table *table, const struct findings *run, const struct backend_finding *backend)
{
    struct text cell = {0};

    if (backend == NULL) {
        text_add(&cell, "-");
    } else if (backend->record->skipped != NULL) {
        text_add(&cell, "left out");
    } else if (!backend->holds && !backend->breaks) {
        text_add(&cell, "not valid");
        add_incidents(&cell, backend);
    } else {
        figures_capacity(&cell, &run->scenario, backend);
        if (backend->first_break != NULL) {
            const struct step_finding *step = backend->first_break;
            text_add(&cell, ", then ");
            limit_phrase_first_names(&cell, backend);
            if (step->cause.cause != CAUSE_UNKNOWN) {
                text_format(&cell, " (%s)", cause_name(step->cause.cause));
            }
        }
        add_incidents(&cell, backend);
    }
    table_take(table, &cell);
}

/* The scenario, and where several runs are of one, when the run began. */
static void add_name(struct text *out, const struct findings *const *runs, size_t count, size_t index)
{
    const struct findings *run = runs[index];
    size_t alike = 0;

    for (size_t i = 0; i < count; i++) {
        alike += strcmp(runs[i]->scenario.name, run->scenario.name) == 0;
    }
    text_add(out, run->scenario.name);
    if (alike > 1 && run->log->run.started != NULL) {
        text_format(out, ", %.10s %.5s", run->log->run.started,
                    strlen(run->log->run.started) > 11 ? run->log->run.started + 11 : "");
    }
}

static void add_row(struct table *table, const struct findings *run, const struct services *services)
{
    struct ranking ranking;

    ranking_find(run, &ranking);
    for (size_t i = 0; i < services->count; i++) {
        service_cell(table, run, find(run, services->names[i]));
    }
    table_cell(table, "%s", ranking.leader != NULL ? ranking.leader->record->name : "not certain");
    ranking_release(&ranking);
}

static void write_legend(struct page *page)
{
    page->style->paragraph(
        page, "A cell: the highest load that kept every limit (>=: no break was found; <: no load was seen to hold), "
              "what broke first above it, and in brackets the cause that the figures name. "
              "Ahead: the service that holds more than every other, by its trials beyond chance, or because "
              "a whole doubling lies between all of its trials and all of theirs.");
}

/* A line for each language of each run: machines and moments differ, so that services of two runs share no range. */
static void write_languages(struct page *page, const struct findings *const *runs, size_t count)
{
    bool headed = false;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < runs[i]->language_count; k++) {
            struct text line = {0};
            if (!headed) {
                page->style->section(page, "By language");
                headed = true;
            }
            add_name(&line, runs, count, i);
            text_add(&line, ": ");
            language_phrase(&line, runs[i], &runs[i]->languages[k]);
            page->style->item(page, line.data);
            text_release(&line);
        }
    }
}

void overview_write(struct page *page, const struct findings *const *runs, size_t count)
{
    struct services services = services_of(runs, count);
    struct table table;

    table_init(&table);
    table_column(&table, "scenario", ALIGN_LEFT);
    table_tint(&table, TINT_STRONG);
    for (size_t i = 0; i < services.count; i++) {
        table_column(&table, services.names[i], ALIGN_LEFT);
    }
    table_column(&table, "ahead", ALIGN_LEFT);
    table_tint(&table, TINT_GOOD);
    for (size_t i = 0; i < count; i++) {
        struct text name = {0};
        add_name(&name, runs, count, i);
        table_take(&table, &name);
        add_row(&table, runs[i], &services);
    }
    page->style->section(page, "Every scenario");
    page->style->table(page, &table);
    write_legend(page);
    write_languages(page, runs, count);
    table_release(&table);
    free(services.names);
}
