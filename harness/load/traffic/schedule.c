#include "load/traffic/schedule.h"

#include "base/clock.h"

#include <math.h>

/* The moment at which a flat schedule of twice the time in its spikes has come to `flat_ns`. */
static uint64_t in_spikes(const struct schedule *schedule, uint64_t flat_ns)
{
    uint64_t part_ns = schedule->part_ns;

    if (part_ns == 0 || flat_ns < schedule->flat_ns) {
        return flat_ns;
    }
    uint64_t past_ns = flat_ns - schedule->flat_ns; /* each spike stands for two parts in it */
    uint64_t spikes = past_ns / (3 * part_ns);
    if (spikes >= schedule->spikes) {
        return flat_ns - schedule->spikes * part_ns;
    }
    uint64_t inside_ns = past_ns - spikes * 3 * part_ns;
    uint64_t here_ns = inside_ns < part_ns ? inside_ns : part_ns + (inside_ns - part_ns) / 2;
    return schedule->flat_ns + spikes * 2 * part_ns + here_ns;
}

static uint64_t due_at(const struct schedule *schedule, uint64_t flat_ns)
{
    uint64_t due_ns = in_spikes(schedule, flat_ns);
    return due_ns < schedule->length_ns ? due_ns : SCHEDULE_END;
}

/* Exponential gaps add up in a double: exact to a nanosecond for 104 days. */
static void next_poisson(struct schedule *schedule)
{
    schedule->at_ns -= log(random_unit(&schedule->random)) * schedule->mean_gap_ns;
    if (schedule->at_ns < 2 * (double)schedule->length_ns) {
        schedule->due_ns = due_at(schedule, (uint64_t)schedule->at_ns);
    } else {
        schedule->due_ns = SCHEDULE_END;
    }
}

/* Every moment from its number, so that no rounding adds up. */
static void next_even(struct schedule *schedule)
{
    uint64_t due = (uint64_t)((unsigned __int128)schedule->number * schedule->rate_ns / schedule->rate);
    schedule->due_ns = due_at(schedule, due);
    schedule->number += schedule->stride;
}

static void advance(struct schedule *schedule)
{
    if (schedule->arrivals == ARRIVALS_POISSON) {
        next_poisson(schedule);
    } else {
        next_even(schedule);
    }
}

void schedule_next(struct schedule *schedule)
{
    if (schedule->due_ns != SCHEDULE_END) {
        advance(schedule);
    }
}

void schedule_init(struct schedule *schedule, const struct planned_step *step, unsigned thread, unsigned threads)
{
    uint64_t rate = step->rate;

    if (step->arrivals == ARRIVALS_POISSON) {
        rate = step_share(step->rate, thread, threads);
    }
    *schedule = (struct schedule){
        .due_ns = SCHEDULE_END,
        .length_ns = step->warmup_ns + step->measure_ns,
        .flat_ns = step->warmup_ns,
        .spikes = step->spikes,
        .arrivals = step->arrivals,
        .rate = rate,
        .rate_ns = step->rate_ns > 0 ? step->rate_ns : CLOCK_SECOND_NS,
        .number = thread,
        .stride = threads,
    };
    if (step->spikes > 0) {
        schedule->part_ns = step->measure_ns / (2 * step->spikes + 1);
    }
    random_init(&schedule->random, step->seed, thread);
    if (rate > 0) {
        schedule->mean_gap_ns = (double)schedule->rate_ns / (double)rate;
        advance(schedule);
    }
}
