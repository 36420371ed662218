#include "analysis/comparison/comparison.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/ranking.h"
#include "analysis/comparison/builds.h"
#include "analysis/comparison/change.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *compared_name(enum compared compared)
{
    static const char *const names[COMPARED_COUNT] = {[COMPARED_CAPACITY] = "capacity",
                                                      [COMPARED_RELATIVE] = "relative",
                                                      [COMPARED_CPU] = "cpu",
                                                      [COMPARED_MEMORY] = "memory",
                                                      [COMPARED_P99] = "p99"};
    return names[compared];
}

const struct step_finding *comparison_first_break(const struct backend_finding *finding)
{
    return capacity_judged(finding) ? finding->first_break : NULL;
}

/* --- who is there ------------------------------------------------------------------------------------------------ */

const struct backend_finding *comparison_backend(const struct findings *findings, const char *name)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (strcmp(findings->backends[i].record->name, name) == 0) {
            return &findings->backends[i];
        }
    }
    return NULL;
}

const struct backend_finding *comparison_finding(const struct comparison *comparison,
                                                 const struct compared_backend *backend, size_t side,
                                                 const struct findings *findings)
{
    const char *service = comparison->runs[side].service;
    return comparison_backend(findings, service != NULL ? service : backend->name);
}

static bool is_there(const struct comparison *comparison, const char *name)
{
    for (size_t i = 0; i < comparison->backend_count; i++) {
        if (strcmp(comparison->backends[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_backend(struct comparison *comparison, const char *name)
{
    struct compared_backend *backend = list_add(comparison->backends, comparison->backend_count);

    backend->name = name;
    backend->sides = mem_new(comparison->run_count, sizeof *backend->sides);
    for (size_t run = 0; run < comparison->run_count; run++) {
        backend->sides[run].finding = comparison_finding(comparison, backend, run, comparison->runs[run].findings);
        backend->judged += capacity_judged(backend->sides[run].finding);
    }
    comparison->shared_count += backend->judged == comparison->run_count;
}

static size_t count_runs(const struct comparison *comparison)
{
    size_t count = comparison->run_count;

    for (size_t run = 0; run < comparison->run_count; run++) {
        count += comparison->runs[run].more_count;
    }
    return count;
}

/* The highest level of the ladder that the service holds in every run that judged it. Within a run it is that of the
 * run's own pairs. */
static uint64_t common_level(const struct comparison *comparison, const struct compared_backend *backend)
{
    const struct backend_finding **findings = mem_new(count_runs(comparison), sizeof(const struct backend_finding *));
    size_t count = 0;

    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct compared_run *side = &comparison->runs[run];
        findings[count++] = backend->sides[run].finding;
        for (size_t i = 0; i < side->more_count; i++) {
            findings[count++] = comparison_finding(comparison, backend, run, side->more[i]);
        }
    }
    uint64_t level = capacity_common_level(findings, count);
    free(findings);
    return comparison->paired ? comparison->runs[0].findings->common_level : level;
}

/* "next against main"; of more sides "main, next and third". */
static char *name_of(const struct compared_run *runs, size_t count)
{
    struct text name = {0};

    if (count == 2) {
        return mem_format("%s against %s", runs[1].service, runs[0].service);
    }
    for (size_t i = 0; i < count; i++) {
        const char *before = i + 1 < count ? ", " : " and ";
        text_format(&name, "%s%s", i > 0 ? before : "", runs[i].service);
    }
    return text_take(&name);
}

static bool is_paired(const struct compared_run *runs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (runs[i].service == NULL || runs[i].more_count > 0 || runs[i].findings != runs[0].findings) {
            return false;
        }
    }
    return true;
}

static void add_backends(struct comparison *comparison)
{
    if (comparison->name != NULL) {
        add_backend(comparison, comparison->name);
        return;
    }
    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct findings *findings = comparison->runs[run].findings;
        for (size_t i = 0; i < findings->backend_count; i++) {
            if (!is_there(comparison, findings->backends[i].record->name)) {
                add_backend(comparison, findings->backends[i].record->name);
            }
        }
    }
}

/* --- what broke, in which order ---------------------------------------------------------------------------------- */

/* By the loads at which they break. Limits that are not told apart have the same place; 0: it was not seen to break. */
static void places_of(const struct backend_finding *finding, size_t places[LIMIT_PLACES])
{
    memset(places, 0, LIMIT_PLACES * sizeof *places);
    for (size_t i = 0; i < finding->limit_count && finding->limits[i].breaks; i++) {
        places[finding->limits[i].place] = finding->limits[i].order;
    }
}

static enum agreement agreement_of(const struct backend_finding *a, const struct backend_finding *b)
{
    size_t in_a[LIMIT_PLACES], in_b[LIMIT_PLACES];
    bool first = false;

    places_of(a, in_a);
    places_of(b, in_b);
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        first = first || (in_a[i] == 1 && in_b[i] == 1);
    }
    if (!first) {
        return AGREEMENT_NONE;
    }
    return memcmp(in_a, in_b, sizeof in_a) == 0 ? AGREEMENT_SAME : AGREEMENT_FIRST;
}

static void find_order(struct compared_backend *backend, size_t runs)
{
    const struct backend_finding *first = NULL;

    backend->cause_same = true;
    for (size_t run = 0; run < runs; run++) {
        const struct backend_finding *finding = backend->sides[run].finding;
        const struct step_finding *step = comparison_first_break(finding);
        if (step == NULL) {
            continue;
        }
        if (first == NULL) {
            first = finding;
            continue;
        }
        enum agreement agreement = agreement_of(first, finding);
        if (agreement > backend->order) {
            backend->order = agreement;
        }
        backend->cause_same = backend->cause_same && first->first_break->cause.cause == step->cause.cause;
    }
}

static void find_environment(struct compared_backend *backend, size_t runs)
{
    const struct backend_record *first = NULL;

    backend->environment_same = true;
    for (size_t run = 0; run < runs; run++) {
        const struct backend_finding *finding = backend->sides[run].finding;
        if (finding == NULL) {
            continue;
        }
        if (first == NULL) {
            first = finding->record;
        }
        const char *a = first->environment, *b = finding->record->environment;
        backend->environment_same = backend->environment_same && strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
    }
}

/* --- in which order the services break --------------------------------------------------------------------------- */

static bool turned(const struct comparison *comparison, const struct compared_backend *a,
                   const struct compared_backend *b)
{
    bool before = false, after = false;

    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct backend_finding *mine = a->sides[run].finding, *other = b->sides[run].finding;
        before = before || ranking_above(other, mine);
        after = after || ranking_above(mine, other);
    }
    return before && after;
}

static bool order_same(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct compared_backend *a = &comparison->backends[i], *b = &comparison->backends[j];
            bool both = a->judged == comparison->run_count && b->judged == comparison->run_count;
            if (both && turned(comparison, a, b)) {
                return false;
            }
        }
    }
    return true;
}

/* Lowest capacity first: whoever is above another comes behind it. */
static int by_capacity(const void *left, const void *right)
{
    const struct backend_finding *a = ((const struct comparison_place *)left)->finding;
    const struct backend_finding *b = ((const struct comparison_place *)right)->finding;
    return (a->holds_at > b->holds_at) - (a->holds_at < b->holds_at);
}

static int by_place(const void *left, const void *right)
{
    const struct comparison_place *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    return strcmp(a->finding->record->name, b->finding->record->name);
}

/* Whether each service from number `from` on is above each one before it. */
static bool parts_at(const struct comparison_place *order, size_t count, size_t from)
{
    for (size_t i = from; i < count; i++) {
        for (size_t k = 0; k < from; k++) {
            if (!ranking_above(order[i].finding, order[k].finding)) {
                return false;
            }
        }
    }
    return true;
}

struct comparison_place *comparison_order(const struct comparison *comparison, size_t run)
{
    struct comparison_place *order = mem_new(comparison->shared_count, sizeof *order);
    size_t count = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        if (comparison->backends[i].judged == comparison->run_count) {
            order[count++].finding = comparison->backends[i].sides[run].finding;
        }
    }
    qsort(order, count, sizeof *order, by_capacity);
    for (size_t i = 1; i < count; i++) {
        order[i].place = order[i - 1].place + parts_at(order, count, i);
    }
    qsort(order, count, sizeof *order, by_place);
    return order;
}

/* All runs in the order of their sides; what differs is told of the side. */
static void find_unlike(struct comparison *comparison)
{
    size_t count = count_runs(comparison), at = 0;
    const struct findings **findings = mem_new(count, sizeof(void *));
    size_t *sides = mem_new(count, sizeof *sides);

    for (size_t run = 0; run < comparison->run_count; run++) {
        const struct compared_run *side = &comparison->runs[run];
        for (size_t i = 0; i <= side->more_count; i++, at++) {
            findings[at] = i == 0 ? side->findings : side->more[i - 1];
            sides[at] = run;
        }
    }
    comparability_find(findings, count, &comparison->unlike, &comparison->unlike_count);
    for (size_t i = 0; i < comparison->unlike_count; i++) {
        comparison->unlike[i].run = sides[comparison->unlike[i].run];
    }
    free(sides);
    free(findings);
}

void comparison_make(struct comparison *comparison, const struct compared_run *runs, size_t count)
{
    struct comparison made = {.runs = mem_new(count, sizeof *made.runs), .run_count = count, .repeated = true};

    for (size_t run = 0; run < count; run++) {
        made.runs[run] = runs[run];
        made.repeated = made.repeated && runs[run].more_count > 0;
    }
    made.paired = is_paired(runs, count);
    made.name = runs[0].service != NULL ? name_of(runs, count) : NULL;
    find_unlike(&made);
    add_backends(&made);
    for (size_t i = 0; i < made.backend_count; i++) {
        made.backends[i].common_level = common_level(&made, &made.backends[i]);
        find_order(&made.backends[i], count);
        find_environment(&made.backends[i], count);
        builds_find(&made, &made.backends[i]);
    }
    change_find_all(&made);
    made.order_same = order_same(&made);
    *comparison = made;
}

void comparison_release(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t run = 0; run < comparison->run_count; run++) {
            for (size_t k = 0; k < COMPARED_COUNT; k++) {
                free(comparison->backends[i].sides[run].figures[k].trials);
            }
        }
        free(comparison->backends[i].sides);
    }
    comparability_release(comparison->unlike, comparison->unlike_count);
    free(comparison->backends);
    free(comparison->runs);
    free(comparison->name);
    *comparison = (struct comparison){0};
}
