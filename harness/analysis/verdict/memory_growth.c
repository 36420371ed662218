#include "analysis/verdict/memory_growth.h"

#include "analysis/usage/memory_usage.h"
#include "analysis/usage/sample_range.h"

#include <math.h>
#include <stddef.h>

/* What a service may grow by while it warms up, and for how many times the measured part it may go on growing. */
#define GROWTH_LEAST  (16.0 * 1048576)
#define GROWTH_SHARE  0.25
#define HORIZON       5.0
#define SAMPLES_LEAST 12

enum { QUARTERS = 4 };

/* NAN: not read. */
static double held(const struct step_record *step, size_t index)
{
    struct sample sample = step_record_sample(step, index);
    return (sample.absent & SAMPLE_MEMORY) != 0 ? NAN : memory_usage_bytes(&step->memory, sample.rss_bytes);
}

/* Of the samples that have it; NAN: none has. */
static double mean_held(const struct step_record *step, size_t from, size_t to)
{
    double sum = 0, count = 0;
    for (size_t i = from; i < to; i++) {
        double bytes = held(step, i);
        sum += isnan(bytes) ? 0 : bytes;
        count += !isnan(bytes);
    }
    return sum / count;
}

static bool levels_off(const double means[QUARTERS])
{
    double mean_rise = (means[QUARTERS - 1] - means[0]) / (QUARTERS - 1);
    for (size_t i = 1; i < QUARTERS; i++) {
        if (!(means[i] - means[i - 1] >= mean_rise / 2)) {
            return true;
        }
    }
    return false;
}

bool memory_growth_find(const struct step_record *step, uint64_t limit_bytes, struct memory_growth *ret_growth)
{
    size_t first, count = sample_range_measured(step, &first);
    double means[QUARTERS], seconds = (double)step->load.measured_ns / 1e9;

    if (limit_bytes == 0 || count < SAMPLES_LEAST) {
        return false;
    }
    for (size_t i = 0; i < QUARTERS; i++) {
        means[i] = mean_held(step, first + count * i / QUARTERS, first + count * (i + 1) / QUARTERS);
    }
    double last = means[QUARTERS - 1], allowed_growth = fmax(GROWTH_LEAST, GROWTH_SHARE * means[0]);
    double rate = (last - means[QUARTERS - 2]) * QUARTERS / seconds;
    double allowed_rate = ((double)limit_bytes - last) / (HORIZON * seconds);
    if (!(last - means[0] >= allowed_growth) || levels_off(means) || !(rate > allowed_rate)) {
        return false; /* also where a quarter was not read */
    }
    size_t at = first;
    while (at + 1 < first + count && !(held(step, at) >= means[0] + allowed_growth)) {
        at++;
    }
    *ret_growth = (struct memory_growth){
        .at_ns = step_record_sample_ns(step, at) - step->load.started_ns,
        .bytes_per_s = rate,
        .allowed_bytes_per_s = allowed_rate,
    };
    return true;
}
