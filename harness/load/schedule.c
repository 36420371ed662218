#include "load/schedule.h"

#include "base/clock.h"

#include <math.h>

/* Exponential gaps add up in a double: exact to a nanosecond for 104 days. */
static void next_poisson(struct schedule *schedule)
{
    schedule->at_ns -= log(random_unit(&schedule->random)) * schedule->mean_gap_ns;
    schedule->due_ns = schedule->at_ns < (double)schedule->length_ns ? (uint64_t)schedule->at_ns : SCHEDULE_END;
}

/* Every moment from its number, so that no rounding adds up. */
static void next_even(struct schedule *schedule)
{
    uint64_t due = (uint64_t)((unsigned __int128)schedule->number * CLOCK_SECOND_NS / schedule->rate);
    schedule->due_ns = due < schedule->length_ns ? due : SCHEDULE_END;
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

void schedule_init(struct schedule *schedule, const struct schedule_options *options)
{
    uint64_t rate = options->rate;
    if (options->arrivals == ARRIVALS_POISSON) {
        rate = options->rate / options->threads + (options->thread < options->rate % options->threads ? 1 : 0);
    }
    *schedule = (struct schedule){
        .due_ns = SCHEDULE_END,
        .length_ns = options->length_ns,
        .arrivals = options->arrivals,
        .rate = rate,
        .number = options->thread,
        .stride = options->threads,
        .mean_gap_ns = rate > 0 ? (double)CLOCK_SECOND_NS / (double)rate : 0,
    };
    random_init(&schedule->random, options->seed, options->thread);
    if (rate > 0) {
        advance(schedule);
    }
}
