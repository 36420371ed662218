#include "analysis/verdict/memory_growth.h"

#include <math.h>

/* What a service may rise by while it warms up, and how long it may go on rising: so many times the measured part. */
#define GROWTH_LEAST  (16.0 * 1048576)
#define GROWTH_SHARE  0.25
#define HORIZON       5.0
#define SAMPLES_LEAST 12

enum { QUARTERS = 4 };

double memory_held(const struct step_record *step, const struct sample *sample)
{
    const struct memory_reading *memory = &step->memory;
    double real = memory->pss_bytes > 0 && memory->rss_bytes > 0
                      ? fmin(1, (double)memory->pss_bytes / (double)memory->rss_bytes)
                      : 1;
    return (double)sample->rss_bytes * real;
}

size_t memory_growth_samples(const struct step_record *step, size_t *ret_first)
{
    uint64_t start_ns = step->load.started_ns, end_ns = start_ns + step->load.measured_ns;
    size_t first = 0, end;

    while (first < step->sample_count && step->samples[first].at_ns < start_ns) {
        first++;
    }
    end = first;
    while (end < step->sample_count && step->samples[end].at_ns <= end_ns) {
        end++;
    }
    *ret_first = first;
    return end - first;
}

static double mean_held(const struct step_record *step, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) {
        sum += memory_held(step, &step->samples[i]);
    }
    return sum / (double)(to - from);
}

static bool levels_off(const double means[QUARTERS])
{
    double mean_rise = (means[QUARTERS - 1] - means[0]) / (QUARTERS - 1);
    for (size_t i = 1; i < QUARTERS; i++) {
        if (means[i] - means[i - 1] < mean_rise / 2) {
            return true;
        }
    }
    return false;
}

bool memory_growth_find(const struct step_record *step, uint64_t limit_bytes, struct memory_growth *ret_growth)
{
    size_t first, count = memory_growth_samples(step, &first);
    double means[QUARTERS], seconds = (double)step->load.measured_ns / 1e9;

    if (limit_bytes == 0 || count < SAMPLES_LEAST) {
        return false;
    }
    for (size_t i = 0; i < QUARTERS; i++) {
        means[i] = mean_held(step, first + count * i / QUARTERS, first + count * (i + 1) / QUARTERS);
    }
    double last = means[QUARTERS - 1], allowed = fmax(GROWTH_LEAST, GROWTH_SHARE * means[0]);
    double rate = (last - means[QUARTERS - 2]) * QUARTERS / seconds;
    double allowed_rate = ((double)limit_bytes - last) / (HORIZON * seconds);
    if (last - means[0] < allowed || levels_off(means) || rate <= allowed_rate) {
        return false;
    }
    size_t at = first;
    while (at + 1 < first + count && memory_held(step, &step->samples[at]) < means[0] + allowed) {
        at++;
    }
    *ret_growth = (struct memory_growth){
        .at_ns = step->samples[at].at_ns - step->load.started_ns,
        .bytes_per_s = rate,
        .allowed_rate = allowed_rate,
    };
    return true;
}
