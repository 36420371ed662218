#include "analysis/warnings/fleet_warnings.h"

#include "analysis/warnings/warning_list.h"
#include "base/mem.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>

#define DIFFERENCE_MOST 0.2

/* Below it the p99 is made of too few responses for a difference to mean anything. */
#define SAMPLES_LEAST 1000

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* The median p99 of all but one of them; the mean of two in the middle. */
static uint64_t others_ns(const struct generator_loads *loads, size_t but)
{
    uint64_t *times = mem_new(loads->count, sizeof *times);
    size_t count = 0;

    for (size_t i = 0; i < loads->count; i++) {
        if (i != but) {
            times[count++] = loads->items[i].p99_ns;
        }
    }
    qsort(times, count, sizeof *times, compare);
    uint64_t median = (times[(count - 1) / 2] + times[count / 2]) / 2;
    free(times);
    return median;
}

static bool enough(const struct generator_loads *loads)
{
    for (size_t i = 0; i < loads->count; i++) {
        if (loads->items[i].p99_samples < SAMPLES_LEAST) {
            return false;
        }
    }
    return loads->count > 1;
}

const struct generator_load *fleet_odd_one(const struct generator_loads *loads, uint64_t *ret_others_ns)
{
    const struct generator_load *found = NULL;
    double most = log(1 + DIFFERENCE_MOST);

    for (size_t i = 0; enough(loads) && i < loads->count; i++) {
        uint64_t rest_ns = others_ns(loads, i);
        double apart = fabs(log(fmax(1, (double)loads->items[i].p99_ns) / fmax(1, (double)rest_ns)));
        if (apart > most) {
            most = apart;
            found = &loads->items[i];
            *ret_others_ns = rest_ns;
        }
    }
    return found;
}

static void warn_of(struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->last_good != NULL ? backend->last_good : backend->first_break;
    char own[UNITS_TEXT], others[UNITS_TEXT], level[UNITS_TEXT];
    uint64_t rest_ns = 0;

    if (step == NULL) {
        return;
    }
    const struct generator_load *odd = fleet_odd_one(&step->record->generators, &rest_ns);
    if (odd == NULL) {
        return;
    }
    units_write_duration(own, odd->p99_ns);
    units_write_duration(others, rest_ns);
    units_write_count(level, step->record->level);
    warning_add(findings, WARNING_GENERATOR,
                mem_format("the generator on %s saw another p99 of %s at %s than the others: %s, and they %s; the "
                           "network between them and the service, or that host, may be why",
                           odd->host, backend->record->name, level, own, others),
                NULL);
}

void fleet_warnings_find(struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        warn_of(findings, &findings->backends[i]);
    }
}
