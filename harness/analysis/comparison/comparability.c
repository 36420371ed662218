#include "analysis/comparison/comparability.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "plan/scenario/doubling.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct list {
    struct setup_difference *items;
    size_t count;
};

/* Takes the two texts. */
static void add(struct list *list, const char *key, size_t run, char *first, char *here)
{
    if (strcmp(first, here) == 0) {
        free(first);
        free(here);
        return;
    }
    *list_add(list->items, list->count) =
        (struct setup_difference){.key = key, .run = run, .here = here, .first = first};
}

static char *count_of(uint64_t count)
{
    return mem_format("%" PRIu64, count);
}

static char *time_of(uint64_t ns)
{
    char words[UNITS_TEXT];
    units_write_duration(words, ns);
    return mem_string(words);
}

/* "rate from 500 in 9 steps" */
static char *ladder_of(const struct scenario *scenario)
{
    return mem_format("%s from %" PRIu64 " in %u steps", doubling_name(scenario->doubling), scenario->from,
                      scenario->steps);
}

/* The record of the same service in the other run; NULL: it took no part in one of the two. */
static const struct backend_record *shared(const struct backend_record *record, const struct findings *other)
{
    for (size_t i = 0; i < other->backend_count; i++) {
        const struct backend_record *its = other->backends[i].record;
        if (record->skipped == NULL && its->skipped == NULL && strcmp(its->name, record->name) == 0) {
            return its;
        }
    }
    return NULL;
}

/* "go with 1, rust with 1": the services that took part in both with another number of workers. */
static char *workers_of(const struct findings *findings, const struct findings *other)
{
    struct text out = {0};

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *mine = findings->backends[i].record, *its = shared(mine, other);
        if (its != NULL && its->workers != mine->workers) {
            text_format(&out, "%s%s with %u", out.length > 0 ? ", " : "", mine->name, mine->workers);
        }
    }
    return text_take(&out);
}

/* "limits.p99=20ms": what the command line set of the scenario. */
static char *overridden_of(const struct findings *findings)
{
    const char *overridden = findings->log->run.overridden;
    return mem_string(overridden != NULL ? overridden : "nothing");
}

static const char *named(const char *box)
{
    return box != NULL ? box : "none";
}

/* "go in cpus=0.5": the services that took part in both in another box. Where a run has several boxes they are in the
 * names, so that the runs may share no service: then it is what the runs say. */
static char *boxes_of(const struct findings *findings, const struct findings *other)
{
    struct text out = {0};
    bool any = false;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_record *mine = findings->backends[i].record, *its = shared(mine, other);
        any = any || its != NULL;
        if (its != NULL && strcmp(named(its->box), named(mine->box)) != 0) {
            text_format(&out, "%s%s in %s", out.length > 0 ? ", " : "", mine->name, named(mine->box));
        }
    }
    if (!any) {
        text_add(&out, named(findings->log->run.box));
    }
    return text_take(&out);
}

static void compare(struct list *list, const struct findings *first, const struct findings *here, size_t run)
{
    const struct scenario *a = &first->scenario, *b = &here->scenario;
    size_t before = list->count;

    add(list, "scenario", run, mem_string(a->name), mem_string(b->name));
    add(list, "deadline", run, time_of(a->deadline_ns), time_of(b->deadline_ns));
    add(list, "connections", run, count_of(a->connections_most), count_of(b->connections_most));
    add(list, "double", run, ladder_of(a), ladder_of(b));
    if (list->count == before) {
        add(list, "overridden", run, overridden_of(first), overridden_of(here));
    }
    if (list->count == before) {
        add(list, "scenario hash", run, mem_string(first->log->run.scenario_hash),
            mem_string(here->log->run.scenario_hash));
    }
    add(list, "seed", run, count_of(first->log->run.seed), count_of(here->log->run.seed));
    add(list, "profile", run, mem_string(profile_name(first->profile)), mem_string(profile_name(here->profile)));
    add(list, "box", run, boxes_of(first, here), boxes_of(here, first));
    add(list, "workers", run, workers_of(first, here), workers_of(here, first));
}

void comparability_find(const struct findings *const *runs, size_t count, struct setup_difference **ret_list,
                        size_t *ret_count)
{
    struct list list = {0};

    for (size_t run = 1; run < count; run++) {
        compare(&list, runs[0], runs[run], run);
    }
    *ret_list = list.items;
    *ret_count = list.count;
}

void comparability_release(struct setup_difference *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(list[i].here);
        free(list[i].first);
    }
    free(list);
}
