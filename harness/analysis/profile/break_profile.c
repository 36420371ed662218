#include "analysis/profile/break_profile.h"

#include "base/list.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the stacks ---- */

struct leaf {
    const char *name; /* of the innermost function; not ended */
    size_t length;
    uint64_t count;
};

/* The next line of folded stacks; NULL behind the last one. */
static const char *next_leaf(const char *line, struct leaf *ret_leaf)
{
    size_t length = strcspn(line, "\n");

    if (length == 0) {
        return NULL;
    }
    const char *space = memrchr(line, ' ', length);
    size_t stack = space != NULL ? (size_t)(space - line) : length;
    const char *semicolon = memrchr(line, ';', stack);
    const char *name = semicolon != NULL ? semicolon + 1 : line;
    *ret_leaf = (struct leaf){name, stack - (size_t)(name - line), space != NULL ? strtoull(space + 1, NULL, 10) : 0};
    return line + length + (line[length] == '\n');
}

/* perf gives an address, or this, where it knows no name. */
static int is_unresolved(const struct leaf *leaf)
{
    return strncmp(leaf->name, "0x", 2) == 0 || strncmp(leaf->name, "[unknown]", strlen("[unknown]")) == 0;
}

static struct profile_function *function_of(struct break_profile *profile, const struct leaf *leaf)
{
    for (size_t i = 0; i < profile->count; i++) {
        if (strlen(profile->functions[i].name) == leaf->length &&
            strncmp(profile->functions[i].name, leaf->name, leaf->length) == 0) {
            return &profile->functions[i];
        }
    }
    struct profile_function *function = list_add(profile->functions, profile->count);
    function->name = mem_copy(leaf->name, leaf->length);
    return function;
}

static void add_broke(struct break_profile *profile)
{
    double samples = (double)profile->broke->samples;
    struct leaf leaf;

    for (const char *at = profile->broke->stacks; at != NULL && (at = next_leaf(at, &leaf)) != NULL;) {
        double share = (double)leaf.count / samples;
        if (is_unresolved(&leaf)) {
            profile->unresolved += share;
        } else {
            function_of(profile, &leaf)->share += share;
        }
    }
}

static void add_held(struct break_profile *profile)
{
    double samples = (double)profile->held->samples;
    struct leaf leaf;

    for (const char *at = profile->held->stacks; at != NULL && (at = next_leaf(at, &leaf)) != NULL;) {
        if (!is_unresolved(&leaf)) {
            function_of(profile, &leaf)->before += (double)leaf.count / samples;
        }
    }
}

static int by_share(const void *a, const void *b)
{
    const struct profile_function *first = a, *second = b;

    if (first->share != second->share) {
        return first->share < second->share ? 1 : -1;
    }
    return strcmp(first->name, second->name);
}

/* ---- all ---- */

static const struct profile_record *last_of(const struct run_log *log, const char *backend, int broke)
{
    const struct profile_record *found = NULL;

    for (size_t i = 0; i < log->profile_count; i++) {
        if (log->profiles[i].broke == broke && strcmp(log->profiles[i].backend, backend) == 0) {
            found = &log->profiles[i];
        }
    }
    return found;
}

void break_profile_find(const struct run_log *log, const char *backend, struct break_profile *ret_profile)
{
    struct break_profile profile = {.broke = last_of(log, backend, 1), .held = last_of(log, backend, 0)};

    if (profile.broke != NULL && profile.broke->samples > 0) {
        add_broke(&profile);
        if (profile.held != NULL && profile.held->samples > 0) {
            add_held(&profile);
        }
    }
    for (size_t i = 0; i < profile.count && (profile.held == NULL || profile.held->samples == 0); i++) {
        profile.functions[i].before = NAN;
    }
    if (profile.count > 0) {
        qsort(profile.functions, profile.count, sizeof *profile.functions, by_share);
    }
    *ret_profile = profile;
}

void break_profile_release(struct break_profile *profile)
{
    for (size_t i = 0; i < profile->count; i++) {
        free(profile->functions[i].name);
    }
    free(profile->functions);
    *profile = (struct break_profile){0};
}

size_t break_profile_grown(const struct break_profile *profile, double least)
{
    size_t most = profile->count;

    for (size_t i = 0; i < profile->count; i++) {
        const struct profile_function *function = &profile->functions[i];
        double grew = function->share - function->before;
        if (grew >= least) { /* not for NAN */
            least = grew;
            most = i;
        }
    }
    return most;
}
