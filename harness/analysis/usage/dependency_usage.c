#include "analysis/usage/dependency_usage.h"

#include "analysis/usage/counter.h"

#include <math.h>
#include <stddef.h>

/* Sessions are read at single moments: a mean over fewer readings says nothing. */
#define READINGS_LEAST 4

struct span {
    uint64_t from_ns, to_ns;
};

static bool within(const struct span *span, uint64_t at_ns)
{
    return at_ns >= span->from_ns && at_ns <= span->to_ns;
}

/* From the first reading in the measured part to the last. */
static bool follow_calls(const struct dependency_load *load, const struct span *span, struct dependency_usage *usage)
{
    const struct call_sample *from = NULL, *to = NULL;
    double in_flight = 0, count = 0;

    for (size_t i = 0; i < load->call_count; i++) {
        if (within(span, load->calls[i].at_ns)) {
            to = &load->calls[i];
            if (from == NULL) {
                from = to;
            }
            in_flight += (double)to->in_flight;
            count++;
        }
    }
    if (from == NULL || to->at_ns <= from->at_ns) {
        return false;
    }
    double answered = counter_amount(from->answered, to->answered);
    usage->time_share = counter_amount(from->visit_ns, to->visit_ns) / counter_amount(from->at_ns, to->at_ns);
    usage->call_ns = answered > 0 ? counter_amount(from->time_ns, to->time_ns) / answered : 0;
    usage->calls_in_flight = in_flight / count;
    return true;
}

static bool follow_sessions(const struct dependency_load *load, const struct span *span, struct dependency_usage *usage)
{
    double count = 0;

    for (size_t i = 0; i < load->session_count; i++) {
        const struct session_sample *sample = &load->sessions[i];
        if (within(span, sample->at_ns)) {
            usage->sessions += (double)sample->sessions;
            usage->sessions_active += (double)sample->active;
            usage->sessions_idle_open += (double)sample->idle_open;
            usage->sessions_on_locks += (double)sample->on_locks;
            usage->sessions_on_inner += (double)sample->on_inner;
            usage->sessions_on_disk += (double)sample->on_disk;
            count++;
        }
    }
    if (count < READINGS_LEAST) {
        return false;
    }
    usage->sessions /= count;
    usage->sessions_active /= count;
    usage->sessions_idle_open /= count;
    usage->sessions_on_locks /= count;
    usage->sessions_on_inner /= count;
    usage->sessions_on_disk /= count;
    usage->time_share = usage->sessions_active;
    return true;
}

bool dependency_usage_find(const struct step_record *step, struct dependency_usage *ret_usage)
{
    const struct load_record *load = &step->load;
    const struct span span = {load->started_ns, load->started_ns + load->measured_ns};
    struct dependency_usage most = {0};

    for (size_t i = 0; i < step->dependency_count && load->mean_in_flight > 0; i++) {
        const struct dependency_load *dependency = &step->dependencies[i];
        struct dependency_usage one = {.name = dependency->name};
        if (!follow_calls(dependency, &span, &one) && !follow_sessions(dependency, &span, &one)) {
            continue;
        }
        one.time_share = fmin(1, one.time_share / load->mean_in_flight);
        if (most.name == NULL || one.time_share > most.time_share) {
            most = one;
        }
    }
    if (most.name != NULL) {
        *ret_usage = most;
    }
    return most.name != NULL;
}
