#include "load/recorder/flights.h"

void flights_init(struct flights *flights, uint64_t start_ns, uint64_t measure_ns, uint64_t end_ns)
{
    *flights = (struct flights){.measure_ns = measure_ns, .end_ns = end_ns, .changed_ns = start_ns};
}

/* How much of the time between the two was measured. */
static double measured_between(const struct flights *flights, uint64_t from_ns, uint64_t to_ns)
{
    uint64_t from = from_ns > flights->measure_ns ? from_ns : flights->measure_ns;
    uint64_t to = to_ns < flights->end_ns ? to_ns : flights->end_ns;

    return to > from ? (double)(to - from) : 0;
}

static void go_on_to(struct flights *flights, uint64_t now_ns)
{
    flights->total_ns += (double)flights->count * measured_between(flights, flights->changed_ns, now_ns);
    if (now_ns >= flights->end_ns && flights->changed_ns < flights->end_ns) {
        flights->at_end = flights->count;
    }
    flights->changed_ns = now_ns;
}

void flights_add(struct flights *flights, uint64_t now_ns)
{
    go_on_to(flights, now_ns);
    flights->count++;
}

void flights_remove(struct flights *flights, uint64_t now_ns, uint64_t sent_ns, bool carried)
{
    go_on_to(flights, now_ns);
    flights->count--;
    if (carried) {
        flights->carried_ns += measured_between(flights, sent_ns, now_ns);
    }
}

void flights_complete(struct flights *flights)
{
    go_on_to(flights, flights->end_ns);
}
