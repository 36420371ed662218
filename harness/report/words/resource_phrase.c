#include "report/words/resource_phrase.h"

#include "report/words/figures.h"

#include <math.h>
#include <stdint.h>

/* Digits that a load is known to: one that was run, and one that is projected. */
#define DIGITS_MEASURED  3
#define DIGITS_PROJECTED 2

const char *resource_phrase_name(enum resource resource)
{
    static const char *const names[RESOURCE_COUNT] = {
        [RESOURCE_CPU] = "cores",
        [RESOURCE_THREAD] = "one thread",
        [RESOURCE_QUOTA] = "CPU quota",
        [RESOURCE_MEMORY] = "memory",
        [RESOURCE_FILE_DESCRIPTORS] = "file descriptors",
        [RESOURCE_ACCEPT_QUEUE] = "accept queue",
        [RESOURCE_CONNECTIONS] = "client connections",
        [RESOURCE_POOL] = "session pool",
        [RESOURCE_DEPENDENCY] = "dependency",
        [RESOURCE_NETWORK] = "network",
    };
    return names[resource];
}

/* As the first of a sentence. */
static const char *clause_of(enum resource resource)
{
    static const char *const clauses[RESOURCE_COUNT] = {
        [RESOURCE_CPU] = "its cores are",
        [RESOURCE_THREAD] = "one thread is",
        [RESOURCE_QUOTA] = "its CPU quota is",
        [RESOURCE_MEMORY] = "its memory is",
        [RESOURCE_FILE_DESCRIPTORS] = "its file descriptors are",
        [RESOURCE_ACCEPT_QUEUE] = "its accept queue is",
        [RESOURCE_CONNECTIONS] = "the connections of its clients are",
        [RESOURCE_POOL] = "its pool of sessions is",
        [RESOURCE_DEPENDENCY] = "its dependency is",
        [RESOURCE_NETWORK] = "its network is",
    };
    return clauses[resource];
}

/* The levels of a strange run log can be anything, and so can what is projected from them. */
static uint64_t rounded(double load, int digits)
{
    double unit = pow(10, fmax(0, floor(log10(fmax(load, 1))) + 1 - digits));
    double whole = round(load / unit) * unit;
    return whole < 0x1p63 ? (uint64_t)whole : INT64_MAX;
}

static int digits_of(const struct resource_finding *found)
{
    return found->measured ? DIGITS_MEASURED : DIGITS_PROJECTED;
}

void resource_phrase_load(struct text *out, const struct scenario *scenario, const struct resource_finding *found)
{
    if (isnan(found->exhausted_at)) {
        text_add(out, "-");
        return;
    }
    uint64_t load = rounded(found->exhausted_at, digits_of(found));
    text_add(out, found->measured ? "" : "about ");
    if (scenario != NULL) {
        figures_level(out, scenario, load);
    } else {
        figures_count(out, load);
    }
}

void resource_phrase_interval(struct text *out, const struct resource_finding *found)
{
    if (isnan(found->exhausted_at)) {
        text_add(out, "-");
        return;
    }
    uint64_t low = rounded(found->low, digits_of(found));
    uint64_t high = isfinite(found->high) ? rounded(found->high, digits_of(found)) : UINT64_MAX;
    if (low == high) {
        text_add(out, "-");
        return;
    }
    if (low > 0) {
        figures_count(out, low);
        text_add(out, high == UINT64_MAX ? " or more" : " to ");
    }
    if (high != UINT64_MAX) {
        figures_count(out, high);
    }
    if (low == 0) {
        text_add(out, " or less");
    }
}

static void add_one(struct text *out, const struct findings *findings, const struct resource_finding *found, bool first)
{
    if (first) {
        text_format(out, "%s used up", clause_of(found->resource));
    } else {
        text_format(out, "; %s", resource_phrase_name(found->resource));
    }
    text_add(out, " at ");
    resource_phrase_load(out, &findings->scenario, found);
    if (found->measured) {
        text_add(out, " (measured)");
    } else {
        text_add(out, " (projected, ");
        resource_phrase_interval(out, found);
        text_add(out, ")");
    }
}

bool resource_phrase_write(struct text *out, const struct findings *findings, const struct backend_finding *backend,
                           size_t most)
{
    size_t count = 0;

    while (count < most && count < backend->resource_count && !isnan(backend->resources[count].exhausted_at)) {
        add_one(out, findings, &backend->resources[count], count == 0);
        count++;
    }
    return count > 0;
}

/* All that end like this, behind `lead`. */
static void add_rest(struct text *out, const struct backend_finding *backend, enum resource_end end, const char *lead)
{
    size_t before = out->length, count = 0;

    for (size_t i = 0; i < backend->resource_count; i++) {
        if (backend->resources[i].end == end) {
            if (count++ == 0) {
                figures_separate(out, before, "; ");
                text_format(out, "%s: ", lead);
            } else {
                text_add(out, ", ");
            }
            text_add(out, resource_phrase_name(backend->resources[i].resource));
        }
    }
}

bool resource_phrase_rest(struct text *out, const struct findings *findings, const struct backend_finding *backend)
{
    struct text rest = {0}, far = {0};
    uint64_t highest = 0;

    for (size_t i = 0; i < backend->resource_count; i++) {
        if (backend->resources[i].end == RESOURCE_END_FAR && backend->resources[i].used_at > highest) {
            highest = backend->resources[i].used_at;
        }
    }
    text_add(&far, "not within 16 times ");
    figures_level(&far, &findings->scenario, highest);
    add_rest(&rest, backend, RESOURCE_END_FAR, far.data);
    add_rest(&rest, backend, RESOURCE_END_FLAT, "did not grow with the load");
    add_rest(&rest, backend, RESOURCE_END_OPEN, "not used up in any step");
    add_rest(&rest, backend, RESOURCE_END_UNKNOWN, "not known");
    bool any = rest.length > 0;
    if (any) {
        text_add(out, rest.data);
    }
    text_release(&far);
    text_release(&rest);
    return any;
}
