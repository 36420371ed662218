#include "analysis/warnings/disturbance_warnings.h"

#include "analysis/warnings/warning_list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

#include <math.h>

/* How many levels are named before it is said how many more there are. */
#define LEVELS_NAMED 3

/* Of one core, summed over all of the machine. */
#define STEAL_SAID 0.02

/* Whether the step held, and not undisturbed. */
static bool held_disturbed(const struct step_finding *step, enum disturbance_kind kind)
{
    return step->verdict.verdict == VERDICT_PASS && step->disturbance.by[kind];
}

/* Whether an earlier step says of the same level what this one does. */
static bool said_before(const struct backend_finding *backend, size_t index, enum disturbance_kind kind)
{
    for (size_t i = 0; i < index; i++) {
        if (held_disturbed(&backend->steps[i], kind) &&
            backend->steps[i].record->level == backend->steps[index].record->level) {
            return true;
        }
    }
    return false;
}

/* The next of those steps whose level was not said before; the number of steps: there is none. */
static size_t next_level(const struct backend_finding *backend, size_t from, enum disturbance_kind kind)
{
    while (from < backend->step_count &&
           (!held_disturbed(&backend->steps[from], kind) || said_before(backend, from, kind))) {
        from++;
    }
    return from;
}

/* "500 and 1,000", "500, 1,000, 2,000 and 2 more": the levels of those steps. */
static void add_levels(struct text *out, const struct backend_finding *backend, enum disturbance_kind kind)
{
    size_t count = 0, named = 0;
    char level[UNITS_TEXT];

    for (size_t i = next_level(backend, 0, kind); i < backend->step_count; i = next_level(backend, i + 1, kind)) {
        count++;
    }
    for (size_t i = next_level(backend, 0, kind); i < backend->step_count && named < LEVELS_NAMED;
         i = next_level(backend, i + 1, kind)) {
        const char *last = count > LEVELS_NAMED ? ", " : " and ";
        units_write_count(level, backend->steps[i].record->level);
        if (named > 0) {
            text_add(out, named + 1 == count ? last : ", ");
        }
        text_add(out, level);
        named++;
    }
    if (count > named) {
        text_format(out, " and %zu more", count - named);
    }
}

static double largest_share(const struct backend_finding *backend, enum disturbance_kind kind)
{
    double largest = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        if (held_disturbed(&backend->steps[i], kind)) {
            largest = fmax(largest, backend->steps[i].disturbance.shares[kind]);
        }
    }
    return largest;
}

/* What took, and of what; between them stands how much. */
static const struct {
    const char *before, *after;
    enum warning_kind kind;
    const char *command;
} words[DISTURBANCE_COUNT] = {
    [DISTURBANCE_FOREIGN] = {"other programs took up to ", " of the service's cores", WARNING_MACHINE,
                             WARNING_WHO_WORKS},
    [DISTURBANCE_STEAL] = {"the hypervisor took up to ", " of the service's cores", WARNING_MACHINE, NULL},
    [DISTURBANCE_STARVED] = {"other programs kept a generator thread from its core for up to ", " of the time",
                             WARNING_MACHINE, WARNING_WHO_WORKS},
    [DISTURBANCE_BUSY] = {"a generator thread was busy for up to ", " of the time", WARNING_GENERATOR, NULL},
};

/* Of the steps that held all the same. Returns whether there are any. */
static bool warn_of_kind(struct findings *findings, const struct backend_finding *backend, enum disturbance_kind kind)
{
    struct text levels = {0};

    add_levels(&levels, backend, kind);
    bool any = levels.length > 0;
    if (any) {
        char *text = mem_format("%s%.0f %%%s while %s held %s: its response times there are longer than its own",
                                words[kind].before, largest_share(backend, kind) * 100, words[kind].after,
                                backend->record->name, levels.data);
        warning_add(findings, words[kind].kind, text, warning_untold(findings, words[kind].command));
    }
    text_release(&levels);
    return any;
}

/* Less than disturbs one step, or in steps that did not hold. */
static void warn_of_steal(struct findings *findings, const struct backend_finding *backend)
{
    double steal = 0;

    for (size_t i = 0; i < backend->step_count; i++) {
        steal = fmax(steal, backend->steps[i].usage.host.steal_share);
    }
    if (steal > STEAL_SAID) {
        warning_add(
            findings, WARNING_MACHINE,
            mem_format("the hypervisor took up to %.0f %% of a core away while %s was measured: measure again when the "
                       "machine's neighbours are quiet, or on one of your own",
                       steal * 100, backend->record->name),
            NULL);
    }
}

void disturbance_warnings_find(struct findings *findings, const struct backend_finding *backend)
{
    bool told[DISTURBANCE_COUNT];

    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        told[i] = warn_of_kind(findings, backend, (enum disturbance_kind)i);
    }
    if (!told[DISTURBANCE_STEAL]) {
        warn_of_steal(findings, backend);
    }
}
