#include "analysis/cause/saturation.h"

#include "analysis/cause/backlog.h"
#include "analysis/cause/waiting.h"
#include "analysis/usage/counter.h"
#include "analysis/usage/sample_range.h"
#include "analysis/verdict/disturbance.h"

#include <math.h>

/* Threads that lack nothing wait for a core, of the time in which they could run, for no more than the share that it is
 * busy. From the first share on they lacked one, from the second on in one sample, which so many of the samples must
 * show; below the last share of busy cores there was one. */
#define HELD_LEAST   0.75
#define HELD_SAMPLE  0.5
#define HELD_SAMPLES 0.7
#define IDLE_BELOW   0.7

/* Others have a good part of the cores from this share on. */
#define OTHERS_LEAST 0.25

/* Their work grew with the load where it is so many times what it was at half of it or less, and more by such a share.
 */
#define GREW_RATIO 1.5
#define GREW_LEAST 0.1

/* More CPU a response than this, against half the load, went elsewhere. */
#define WASTED_RATIO 2.0

bool saturation_of_cores(const struct symptoms *symptoms)
{
    const struct step_usage *usage = symptoms->usage;
    return host_usage_cores_saturated(&usage->host, usage->cores) ||
           host_usage_cores_saturated(&symptoms->breaking, usage->cores) ||
           host_usage_cores_saturated(&symptoms->spike, usage->cores);
}

bool saturation_of_thread(const struct symptoms *symptoms)
{
    return host_usage_thread_saturated(&symptoms->usage->host) || host_usage_thread_saturated(&symptoms->breaking) ||
           host_usage_thread_saturated(&symptoms->spike);
}

bool saturation_near_of_thread(const struct symptoms *symptoms)
{
    return symptoms->usage->cores > 1 && symptoms->queueing.one_thread && backlog_of_busy_service(symptoms) &&
           !saturation_of_cores(symptoms) && !saturation_of_thread(symptoms);
}

bool saturation_near_of_cores(const struct symptoms *symptoms)
{
    return backlog_of_busy_service(symptoms) && !saturation_of_cores(symptoms) && !saturation_of_thread(symptoms) &&
           !saturation_near_of_thread(symptoms);
}

bool saturation_by_anyone(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    return host->service_cores_busy + host->service_steal_cores / symptoms->usage->cores >= HOST_USAGE_SATURATED;
}

static double others_cores(const struct step_record *step, const struct host_usage *host, bool cores_shared)
{
    return disturbance_foreign_cores(&step->load, host, cores_shared) - host->kernel_cores;
}

static double others_now(const struct symptoms *symptoms)
{
    return others_cores(symptoms->step, &symptoms->usage->host, symptoms->context->cores_shared);
}

bool saturation_beside_others(const struct symptoms *symptoms)
{
    return symptoms_late(symptoms) && saturation_by_anyone(symptoms) &&
           others_now(symptoms) >= OTHERS_LEAST * symptoms->usage->cores;
}

/* Step by step from half the load downwards: near saturation their work hardly grows any more. What is found to have
 * worked more at a lower load does not follow the load. */
static bool others_grew(const struct symptoms *symptoms)
{
    const struct context_step *lower = context_lower(symptoms->context, symptoms->step);
    double now = others_now(symptoms), above = now;

    while (lower != NULL && lower->usage->host.known) {
        double before = others_cores(lower->record, &lower->usage->host, symptoms->context->cores_shared);
        if (before > above) {
            return false;
        }
        if (now >= GREW_RATIO * before && now - before >= GREW_LEAST * symptoms->usage->cores) {
            return true;
        }
        above = before;
        lower = context_lower(symptoms->context, lower->record);
    }
    return false;
}

bool saturation_by_others(const struct symptoms *symptoms)
{
    bool theirs = others_now(symptoms) >= symptoms->usage->host.service_cores || !saturation_of_cores(symptoms);
    bool lacked = host_usage_has(&symptoms->usage->host, SAMPLE_THREADS) && !waiting_without_delay(symptoms);
    return saturation_beside_others(symptoms) && theirs && (lacked || others_grew(symptoms));
}

static bool held_all_along(const struct step_record *step)
{
    size_t first, count = sample_range_measured(step, &first);
    double held = 0, ran = 0;

    for (size_t i = first + 1; i < first + count; i++) {
        struct sample before = step_record_sample(step, i - 1), now = step_record_sample(step, i);
        if (((before.absent | now.absent) & (SAMPLE_CPU | SAMPLE_THREADS)) != 0) {
            continue;
        }
        double delay_ns = counter_amount(before.run_delay_ns, now.run_delay_ns);
        double cpu_ns = counter_amount(before.cpu_ns, now.cpu_ns);
        ran += delay_ns + cpu_ns > 0;
        held += delay_ns + cpu_ns > 0 && delay_ns >= HELD_SAMPLE * (delay_ns + cpu_ns);
    }
    return ran > 0 && held >= HELD_SAMPLES * ran;
}

static bool held_back(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;

    /* Comparing with NAN, where the share is not known, is false. A quota stops all threads: one that ran all the time
     * was not stopped, and what the others waited for was the scheduler. */
    return symptoms_late(symptoms) && !host_usage_thread_saturated(host) && host->waiting_share >= HELD_LEAST &&
           host_usage_waits_for_cores(host) && host->service_cores_busy < IDLE_BELOW && held_all_along(symptoms->step);
}

bool saturation_of_quota(const struct symptoms *symptoms)
{
    return host_usage_throttled(&symptoms->usage->host) || held_back(symptoms);
}

static double cpu_a_response(const struct step_record *record, const struct host_usage *host)
{
    double completed = (double)record->load.tally.completed;
    return host_usage_has(host, SAMPLE_CPU) && completed > 0
               ? host->service_cores * (double)record->load.measured_ns / completed
               : NAN;
}

bool saturation_of_descriptors(const struct symptoms *symptoms)
{
    const struct context_step *lower = context_lower(symptoms->context, symptoms->step);

    if (lower == NULL || !symptoms_file_descriptors_exhausted(symptoms)) {
        return false;
    }
    double now = cpu_a_response(symptoms->step, &symptoms->usage->host);
    return now >= WASTED_RATIO * cpu_a_response(lower->record, &lower->usage->host);
}
