#include "load/unsent.h"

struct flight unsent_flight(const struct recorder *recorder, uint64_t due_ns)
{
    return (struct flight){.due_ns = due_ns, .interval = recorder_interval(recorder, due_ns)};
}

void unsent_drop(struct demand *demand, struct recorder *recorder, uint64_t now_ns,
                 void (*record)(struct recorder *recorder, const struct flight *flight, uint64_t now_ns))
{
    for (uint64_t due_ns; (due_ns = demand_due_ns(demand)) <= now_ns; demand_drop(demand, now_ns)) {
        struct flight flight = unsent_flight(recorder, due_ns);
        record(recorder, &flight, now_ns);
    }
}

bool unsent_turn_away(struct demand *demand, struct recorder *recorder, uint64_t due_ns, uint64_t now_ns)
{
    if (!demand_turn_away(demand)) {
        return false;
    }
    struct flight flight = unsent_flight(recorder, due_ns);
    recorder_no_room(recorder, &flight, now_ns);
    return true;
}
