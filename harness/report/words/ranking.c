#include "report/words/ranking.h"

#include "base/list.h"

void group_add(struct group *group, const struct backend_finding *backend)
{
    *list_add(group->members, group->count) = backend;
}

bool ranking_outlasts(const struct backend_finding *backend, const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct backend_finding *other = group->members[i];
        if (other == backend || (other->holds && other->holds_at >= backend->holds_at)) {
            return false;
        }
    }
    return true;
}

bool ranking_judged(const struct backend_finding *backend)
{
    return backend->record->skipped == NULL && (backend->holds || backend->breaks);
}

static bool within_a_doubling(uint64_t a, uint64_t b)
{
    return a < 2 * b && b < 2 * a;
}

/* A search finds levels apart that lie closer together than it looked; and with one trial of either there is no
 * interval, so that less than a whole doubling between them says nothing. */
static bool brackets_overlap(const struct backend_finding *a, const struct backend_finding *b)
{
    bool near = a->breaks && b->breaks && within_a_doubling(a->holds_at, b->holds_at) &&
                within_a_doubling(a->breaks_at, b->breaks_at);
    bool once = a->trials < 2 || b->trials < 2;

    return near && (once || (a->holds_at < b->breaks_at && b->holds_at < a->breaks_at));
}

bool ranking_overlap(const struct backend_finding *a, const struct backend_finding *b)
{
    if (brackets_overlap(a, b)) {
        return true;
    }
    return (a->trials > 1 || b->trials > 1) && a->holds_least <= b->holds_most && b->holds_least <= a->holds_most;
}

const struct backend_finding *ranking_first(const struct findings *findings)
{
    const struct backend_finding *first = NULL;
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (ranking_judged(backend) && backend->breaks && (first == NULL || backend->breaks_at < first->breaks_at)) {
            first = backend;
        }
    }
    return first;
}

const struct backend_finding *ranking_longest(const struct findings *findings)
{
    const struct backend_finding *longest = NULL;
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        if (ranking_judged(backend) && backend->holds && (longest == NULL || backend->holds_at > longest->holds_at)) {
            longest = backend;
        }
    }
    return longest;
}

struct group ranking_hold(const struct findings *findings)
{
    struct group group = {0};
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (ranking_judged(&findings->backends[i]) && findings->backends[i].holds) {
            group_add(&group, &findings->backends[i]);
        }
    }
    return group;
}

struct group ranking_break_with(const struct findings *findings, const struct backend_finding *first)
{
    struct group group = {0};
    for (size_t i = 0; first != NULL && i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        bool same = backend->breaks_at == first->breaks_at || ranking_overlap(backend, first);
        if (ranking_judged(backend) && backend->breaks && same) {
            group_add(&group, backend);
        }
    }
    return group;
}

struct group ranking_hold_with(const struct findings *findings, const struct backend_finding *longest)
{
    struct group group = {0};
    for (size_t i = 0; longest != NULL && i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        bool same = backend->holds_at == longest->holds_at || ranking_overlap(backend, longest);
        if (ranking_judged(backend) && backend->holds && same) {
            group_add(&group, backend);
        }
    }
    return group;
}
