#include "analysis/cause/pause.h"

#include "base/list.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define EVENTS_LEAST 4

/* An event is where the period has it when it is off by less than this share of the period; so many of the events must
 * be, and so many of the periods within the measured parts must have one. */
#define OFF_MOST  0.1
#define FIT_LEAST 0.9
#define MET_LEAST 0.75

/* A pause leaves time between two of it. */
#define PERIOD_LEAST 1.5

/* The distance of two events is taken for up to so many periods, since measured parts have time between them. */
#define PERIODS_MOST 4

/* After a stall it takes a while until what waited is served. */
#define AFTER 1.0

/* This share of the late responses must be due in or after stalls. */
#define EXPLAINED_LEAST 0.7

struct event {
    double at_ns, length_ns;
};

struct event_list {
    struct event *events;
    size_t count;
};

/* The lattice of moments at which the period has a pause. */
struct lattice {
    double first_ns, period_ns;
};

static int by_time(const void *left, const void *right)
{
    const struct event *a = left, *b = right;
    return (a->at_ns > b->at_ns) - (a->at_ns < b->at_ns);
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double longest(const struct step_record *step)
{
    double most = 0;
    for (size_t i = 0; i < step->load.stalls.count; i++) {
        most = fmax(most, (double)step->load.stalls.stalls[i].length_ns);
    }
    return most;
}

/* On the clock, which all steps of the trial share. */
static void gather(struct event_list *list, const struct step_record *step, double least_ns)
{
    for (size_t i = 0; i < step->load.stalls.count; i++) {
        const struct stall *stall = &step->load.stalls.stalls[i];
        if ((double)stall->length_ns >= least_ns) {
            *list_add(list->events, list->count) =
                (struct event){(double)step->load.started_ns + (double)stall->at_ns, (double)stall->length_ns};
        }
    }
}

/* Counts periods from each event to the next, so that an inexact period does not add up, and fits a line. */
static struct lattice fit(const struct event_list *list, double period_ns)
{
    double n = 0, count = (double)list->count, sum_n = 0, sum_t = 0, sum_nn = 0, sum_nt = 0;
    double origin_ns = list->events[0].at_ns;

    for (size_t i = 0; i < list->count; i++) {
        double at_ns = list->events[i].at_ns - origin_ns;
        n += i > 0 ? round((list->events[i].at_ns - list->events[i - 1].at_ns) / period_ns) : 0;
        sum_n += n;
        sum_t += at_ns;
        sum_nn += n * n;
        sum_nt += n * at_ns;
    }
    double spread = count * sum_nn - sum_n * sum_n;
    double slope = spread > 0 ? (count * sum_nt - sum_n * sum_t) / spread : 0;
    return (struct lattice){.first_ns = origin_ns + (sum_t - slope * sum_n) / count, .period_ns = slope};
}

static bool on_lattice(const struct lattice *lattice, double at_ns)
{
    double periods = (at_ns - lattice->first_ns) / lattice->period_ns;
    return fabs(periods - round(periods)) <= OFF_MOST;
}

static bool fits(const struct lattice *lattice, const struct event_list *list)
{
    double count = 0;
    for (size_t i = 0; i < list->count; i++) {
        count += on_lattice(lattice, list->events[i].at_ns);
    }
    return count >= FIT_LEAST * (double)list->count;
}

/* How many moments of the lattice lie well within the step's measured part. */
static double moments_in(const struct lattice *lattice, const struct step_record *step, double length_ns)
{
    double slack_ns = OFF_MOST * lattice->period_ns, from_ns = (double)step->load.started_ns + slack_ns;
    double to_ns = (double)step->load.started_ns + (double)step->load.measured_ns - length_ns - slack_ns;

    if (to_ns <= from_ns) {
        return 0;
    }
    return fmax(0, floor((to_ns - lattice->first_ns) / lattice->period_ns) -
                       ceil((from_ns - lattice->first_ns) / lattice->period_ns) + 1);
}

/* A pause that needs load, as one that collects garbage, need not be in every step. */
static bool has_event(const struct event_list *list, const struct step_record *step)
{
    double from_ns = (double)step->load.started_ns, to_ns = from_ns + (double)step->load.measured_ns;

    for (size_t i = 0; i < list->count; i++) {
        if (list->events[i].at_ns >= from_ns && list->events[i].at_ns <= to_ns) {
            return true;
        }
    }
    return false;
}

static bool met(const struct lattice *lattice, const struct event_list *list, const struct cause_context *context,
                double length_ns)
{
    double moments = 0;
    for (size_t i = 0; i < context->step_count; i++) {
        if (has_event(list, context->steps[i].record)) {
            moments += moments_in(lattice, context->steps[i].record, length_ns);
        }
    }
    return (double)list->count >= MET_LEAST * moments;
}

static double median_length(const struct event_list *list)
{
    double *lengths = mem_new(list->count, sizeof *lengths);
    for (size_t i = 0; i < list->count; i++) {
        lengths[i] = list->events[i].length_ns;
    }
    qsort(lengths, list->count, sizeof *lengths, by_size);
    double median = lengths[list->count / 2];
    free(lengths);
    return median;
}

/* The longest period that holds. */
static bool find_lattice(const struct event_list *list, const struct cause_context *context, double length_ns,
                         struct lattice *ret_lattice)
{
    bool found = false;

    for (size_t i = 1; i < list->count; i++) {
        for (int periods = 1; periods <= PERIODS_MOST; periods++) {
            double period_ns = (list->events[i].at_ns - list->events[i - 1].at_ns) / periods;
            struct lattice lattice = fit(list, period_ns);
            bool longer = !found || lattice.period_ns > ret_lattice->period_ns;
            if (lattice.period_ns >= PERIOD_LEAST * length_ns && longer && fits(&lattice, list) &&
                met(&lattice, list, context, length_ns)) {
                *ret_lattice = lattice;
                found = true;
            }
        }
    }
    return found;
}

void pause_find(const struct step_record *step, const struct cause_context *context, struct pause *ret_pause)
{
    const struct context_step own = {.record = step};
    const struct cause_context alone = {.steps = &own, .step_count = 1};
    const struct cause_context *around = context->step_count > 0 ? context : &alone;
    struct event_list list = {0};
    struct lattice lattice = {0};
    double least_ns = longest(step) / 2;

    *ret_pause = (struct pause){0};
    for (size_t i = 0; i < around->step_count && least_ns > 0; i++) {
        gather(&list, around->steps[i].record, least_ns);
    }
    if (list.count >= EVENTS_LEAST) {
        qsort(list.events, list.count, sizeof *list.events, by_time);
        double length_ns = median_length(&list);
        if (find_lattice(&list, around, length_ns, &lattice)) {
            *ret_pause = (struct pause){.found = true,
                                        .count = list.count,
                                        .period_ns = (uint64_t)lattice.period_ns,
                                        .length_ns = (uint64_t)length_ns};
        }
    }
    free(list.events);
}

/* Whether requests of the interval were due in a stall, or in the time after it. */
static bool touched(const struct load_record *load, size_t interval)
{
    double from_ns = (double)(interval * load->interval_ns), to_ns = from_ns + (double)load->interval_ns;

    for (size_t i = 0; i < load->stalls.count; i++) {
        const struct stall *stall = &load->stalls.stalls[i];
        double begin_ns = (double)stall->at_ns, length_ns = (double)stall->length_ns;
        if (begin_ns < to_ns && begin_ns + (1 + AFTER) * length_ns > from_ns) {
            return true;
        }
    }
    return false;
}

bool pause_explains(const struct step_record *step, uint64_t allowed_ns)
{
    const struct load_record *load = &step->load;
    double late = 0, explained = 0;

    for (size_t i = 0; i < load->interval_count; i++) {
        double above = (double)histogram_count_above(&load->intervals[i].response, allowed_ns);
        late += above;
        explained += touched(load, i) ? above : 0;
    }
    return late > 0 && explained >= EXPLAINED_LEAST * late;
}
