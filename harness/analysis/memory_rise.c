#include "analysis/memory_rise.h"

#include "analysis/held_memory.h"
#include "base/mem.h"

#include <stdlib.h>

/* Windows that were over before the process was. */
static size_t windows_lived(const struct step_record *step)
{
    const struct load_record *load = &step->load;
    size_t lived = load->window_ns > 0 ? load->window_count : 0;

    if (step->death.died && lived > 0) {
        uint64_t died_ns = step->death.at_ns > load->started_ns ? step->death.at_ns - load->started_ns : 0;
        uint64_t whole = died_ns / load->window_ns;
        lived = whole < lived ? (size_t)whole : lived;
    }
    return lived;
}

/* The mean held in each window; one without a reading goes on with what was read last. 0: nothing was read in the first. */
static double *window_means(const struct step_record *step, size_t windows)
{
    double *means = mem_new(windows, sizeof *means);
    size_t at = 0;

    for (size_t i = 0; i < windows; i++) {
        uint64_t from_ns = step->load.started_ns + i * step->load.window_ns, to_ns = from_ns + step->load.window_ns;
        double sum = 0, count = 0;
        for (; at < step->sample_count && step->samples[at].at_ns < to_ns; at++) {
            if (step->samples[at].at_ns >= from_ns && step->samples[at].rss_bytes > 0) {
                sum += held_memory(step, &step->samples[at]);
                count++;
            }
        }
        means[i] = count > 0 ? sum / count : i > 0 ? means[i - 1] : 0;
    }
    return means;
}

static void to_seconds(struct trend *trend, double window_s)
{
    trend->slope /= window_s;
    trend->low /= window_s;
    trend->high /= window_s;
}

/* A half with a rise left in it may level off within itself: what comes to its level ever slower does. */
static bool levels_off(const double *means, size_t windows)
{
    bool less = true, over = false;

    while (less && !over) {
        struct trend first, second;
        size_t half = windows / 2;
        trend_find(means, half, &first);
        means += windows - half;
        windows = half;
        trend_find(means, half, &second);
        less = second.known && second.high < first.slope;
        over = less && second.low <= 0;
    }
    return over;
}

void memory_rise_find(const struct step_record *step, uint64_t limit_bytes, struct memory_rise *ret_rise)
{
    struct memory_rise rise = {0};
    size_t windows = windows_lived(step);
    double *means = window_means(step, windows);

    if (windows >= 2 && means[0] > 0) {
        rise.known = true;
        rise.start_bytes = (uint64_t)means[0];
        rise.end_bytes = (uint64_t)means[windows - 1];
        trend_find(means, windows, &rise.a_second);
        to_seconds(&rise.a_second, (double)step->load.window_ns / 1e9);
        rise.rises = rise.a_second.known && rise.a_second.low > 0;
        rise.levels_off = rise.rises && levels_off(means, windows);
        if (rise.rises && !rise.levels_off && limit_bytes > rise.end_bytes) {
            rise.limit_after_s = (double)(limit_bytes - rise.end_bytes) / rise.a_second.slope;
        }
    }
    free(means);
    *ret_rise = rise;
}
