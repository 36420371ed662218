#include "load/traffic/schedule.h"

#include "base/clock.h"

#include <math.h>

/* Of the seed: what requests draw comes from others (load/traffic/composer.c). */
#define SCHEDULE_STREAM 0

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

/* Exponential gaps add up in a double: exact to a nanosecond for 104 days. The requests of other threads are passed
 * over one by one, so that every thread adds up the same gaps in the same order. */
static void poisson(struct schedule *schedule, uint64_t gaps)
{
    for (uint64_t i = 0; i < gaps; i++) {
        schedule->at_ns -= log(random_unit(&schedule->random)) * schedule->mean_gap_ns;
    }
    if (schedule->at_ns < 2 * (double)schedule->length_ns) {
        schedule->due_ns = due_at(schedule, (uint64_t)schedule->at_ns);
    } else {
        schedule->due_ns = SCHEDULE_END;
    }
}

/* Every moment from its number, so that no rounding adds up. */
static void even(struct schedule *schedule)
{
    uint64_t due = (uint64_t)((unsigned __int128)schedule->number * schedule->rate_ns / schedule->rate);
    schedule->due_ns = due_at(schedule, due);
}

/* To the request schedule->number, which is `gaps` behind the one at hand. */
static void advance(struct schedule *schedule, uint64_t gaps)
{
    if (schedule->arrivals == ARRIVALS_POISSON) {
        poisson(schedule, gaps);
    } else {
        even(schedule);
    }
}

void schedule_next(struct schedule *schedule)
{
    if (schedule->due_ns != SCHEDULE_END) {
        schedule->number += schedule->stride;
        advance(schedule, schedule->stride);
    }
}

void schedule_init(struct schedule *schedule, const struct planned_step *step, unsigned thread, unsigned threads)
{
    *schedule = (struct schedule){
        .due_ns = SCHEDULE_END,
        .length_ns = step->warmup_ns + step->measure_ns,
        .flat_ns = step->warmup_ns,
        .spikes = step->spikes,
        .arrivals = step->arrivals,
        .rate = step->rate,
        .rate_ns = step->rate_ns > 0 ? step->rate_ns : CLOCK_SECOND_NS,
        .number = thread,
        .stride = threads,
    };
    if (step->spikes > 0) {
        schedule->part_ns = step->measure_ns / (2 * step->spikes + 1);
    }
    random_init(&schedule->random, step->seed, SCHEDULE_STREAM);
    if (step->rate > 0) {
        schedule->mean_gap_ns = (double)schedule->rate_ns / (double)step->rate;
        advance(schedule, (uint64_t)thread + 1);
    }
}
