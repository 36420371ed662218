#include "analysis/usage/host_usage.h"

#include "analysis/usage/counter.h"
#include "analysis/usage/dependency_cpu.h"
#include "analysis/usage/sample_range.h"

#include <math.h>
#include <stddef.h>

/* Cores are saturated as well where this share of them is gone, and the service itself used at least its part of it. */
#define BUSY_LEAST 0.95
#define OWN_LEAST  0.5

/* Threads that waited for a core for more than this share of the time lacked one. */
#define RUN_DELAY_MOST 0.10

/* The CPU quota stopped the service for more than this share of the time, or in more than this share of its periods, in
 * each of which it delays whatever came. */
#define THROTTLED_MOST         0.1
#define THROTTLED_PERIODS_MOST 0.2

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static void follow_file_descriptors(const struct sample *sample, struct host_usage *usage)
{
    double share = (double)sample->file_descriptors_most * (double)usage->file_descriptor_limit;
    double most = (double)usage->file_descriptors_most * (double)sample->file_descriptor_limit;

    usage->file_descriptors_peak = larger(usage->file_descriptors_peak, sample->file_descriptors);
    if (sample->file_descriptor_limit > 0 && (usage->file_descriptor_limit == 0 || share > most)) {
        usage->file_descriptors_most = sample->file_descriptors_most;
        usage->file_descriptor_limit = sample->file_descriptor_limit;
    }
}

/* The figures of one sample that stand for a moment, not for a total. */
static void follow_moment(const struct sample *sample, struct host_usage *usage)
{
    usage->rss_peak_bytes = larger(usage->rss_peak_bytes, sample->rss_bytes);
    usage->accept_queue_peak = larger(usage->accept_queue_peak, sample->accept_queue);
    usage->memory_limit_peak_bytes = larger(usage->memory_limit_peak_bytes, sample->service_group_memory_bytes);
    follow_file_descriptors(sample, usage);
    if (sample->service_group_quota_cores > 0) { /* one that was lifted meanwhile still held */
        usage->quota_cores = sample->service_group_quota_cores;
    }
    if (sample->service_group_memory_limit_bytes > 0) {
        usage->memory_limit_bytes = sample->service_group_memory_limit_bytes;
    }
}

/* Sums over samples. What the first one counts of the time before it is left out. */
struct sums {
    double threads, stopped, blocked;
    double active, busiest_ns, cost_ns; /* without the first */
};

static void add_sample(struct sums *sums, const struct sample *sample, bool first)
{
    sums->threads += (double)sample->threads;
    sums->stopped += sample->stopped_processes > 0;
    sums->blocked += sample->blocked_processes > 0;
    if (!first) {
        sums->active += (double)sample->active_threads;
        sums->busiest_ns += (double)sample->busiest_thread_cpu_ns;
        sums->cost_ns += (double)sample->cost_ns;
    }
}

static void follow_samples(const struct step_record *step, size_t first, size_t count, double time_ns,
                           struct host_usage *usage)
{
    struct sums sums = {0};

    for (size_t i = 0; i < count; i++) {
        struct sample sample = step_record_sample(step, first + i);
        if (i == 0) {
            usage->rss_first_bytes = sample.rss_bytes;
        }
        follow_moment(&sample, usage);
        add_sample(&sums, &sample, i == 0);
    }
    usage->threads = sums.threads / (double)count;
    usage->active_threads = sums.active / (double)(count - 1);
    usage->stopped_share = sums.stopped / (double)count;
    usage->blocked_share = sums.blocked / (double)count;
    usage->busiest_thread_share = sums.busiest_ns / time_ns;
    usage->sampling_share = sums.cost_ns / time_ns;
}

/* Time that threads waited for a core, beside the time that they had one. */
static void compare_waits(const struct sample *from, const struct sample *to, double time_ns, struct host_usage *usage)
{
    double delay_ns = counter_amount(from->run_delay_ns, to->run_delay_ns);
    double own_ns = counter_amount(from->cpu_ns, to->cpu_ns);

    usage->run_delay_share = delay_ns / time_ns;
    usage->run_delay_per_thread = usage->active_threads > 0 ? usage->run_delay_share / usage->active_threads : NAN;
    usage->waiting_share = delay_ns + own_ns > 0 ? delay_ns / (delay_ns + own_ns) : NAN;
    usage->block_wait_share = counter_amount(from->block_wait_ns, to->block_wait_ns) / time_ns;
    usage->major_faults = counter_growth(from->major_faults, to->major_faults);
}

static void compare_groups(const struct sample *from, const struct sample *to, double time_ns, struct host_usage *usage)
{
    double shared_ns = counter_amount(from->group_throttled_ns, to->group_throttled_ns);
    double own_ns = counter_amount(from->service_group_throttled_ns, to->service_group_throttled_ns);
    double periods = counter_amount(from->service_group_periods, to->service_group_periods);
    double throttled = counter_amount(from->service_group_throttled_periods, to->service_group_throttled_periods);

    usage->throttled_share = fmin(1, fmax(own_ns, shared_ns) / time_ns);
    usage->throttled_periods_share = periods > 0 ? fmin(1, throttled / periods) : 0;
    usage->group_oom_kills = counter_growth(from->service_group_oom_kills, to->service_group_oom_kills);
}

static void compare(const struct sample *from, const struct sample *to, unsigned service_core_count,
                    struct host_usage *usage)
{
    double time_ns = counter_amount(from->at_ns, to->at_ns);
    double busy_ns = counter_amount(from->service_cores_busy_ns, to->service_cores_busy_ns);
    double own_ns = counter_amount(from->cpu_ns, to->cpu_ns);

    usage->known = true;
    usage->service_cores = own_ns / time_ns;
    usage->service_cores_busy = busy_ns / (time_ns * service_core_count);
    usage->kernel_cores = counter_amount(from->service_cores_kernel_ns, to->service_cores_kernel_ns) / time_ns;
    usage->accept_queue_overflows = counter_growth(from->listen_overflows, to->listen_overflows);
    usage->retransmits = counter_growth(from->retransmits, to->retransmits);
    usage->oom_kills = counter_growth(from->oom_kills, to->oom_kills);
    usage->swapped_pages = counter_growth(from->swapped_pages, to->swapped_pages);
    usage->steal_share = counter_amount(from->steal_ns, to->steal_ns) / time_ns;
    usage->service_steal_cores = counter_amount(from->service_cores_steal_ns, to->service_cores_steal_ns) / time_ns;
    usage->foreign_cores = fmax(0, busy_ns - own_ns) / time_ns;
    compare_waits(from, to, time_ns, usage);
    compare_groups(from, to, time_ns, usage);
}

/* The kernel charges a core's time tick by tick, to whoever runs when the tick comes: it misses what begins at a tick's
 * timer and ends before the next (7 % of a service's work where this was measured). A process's own time it takes at
 * every switch. So work that is known by process was done, whatever the core's count says; more than all cores it was
 * not, unless one process's count says so. */
static double known_work(const struct host_usage *usage, double beside, unsigned cores)
{
    return fmax(usage->service_cores, fmin(usage->service_cores + beside, cores));
}

void host_usage_between(const struct step_record *step, unsigned service_core_count, uint64_t from_ns, uint64_t to_ns,
                        struct host_usage *ret_usage)
{
    struct host_usage usage = {.not_watched = step->not_watched};
    size_t first, count = sample_range_find(step, from_ns, to_ns, &first);

    if (step->not_watched) {
        *ret_usage = usage;
        return;
    }
    if (count > 1 && step_record_sample_ns(step, first + count - 1) > step_record_sample_ns(step, first)) {
        struct sample from = step_record_sample(step, first), to = step_record_sample(step, first + count - 1);
        follow_samples(step, first, count, counter_amount(from.at_ns, to.at_ns), &usage);
        compare(&from, &to, service_core_count, &usage);
    }
    double beside = dependency_cpu_on_service_cores(step, from_ns, to_ns);
    usage.foreign_cores = fmax(0, usage.foreign_cores - beside);
    usage.service_cores_busy =
        fmax(usage.service_cores_busy, known_work(&usage, beside, service_core_count) / service_core_count);
    *ret_usage = usage;
}

bool host_usage_thread_saturated(const struct host_usage *usage)
{
    return usage->busiest_thread_share >= HOST_USAGE_SATURATED;
}

/* Cores that the service's threads waited for need not be quite as busy to be saturated. */
bool host_usage_cores_saturated(const struct host_usage *usage, unsigned service_core_count)
{
    double own_share = usage->service_cores / service_core_count;
    double gone_share = usage->service_cores_busy + usage->service_steal_cores / service_core_count;
    double gone_least = host_usage_waits_for_cores(usage) ? HOST_USAGE_SATURATED : BUSY_LEAST;
    return own_share >= HOST_USAGE_SATURATED || (gone_share >= gone_least && own_share >= OWN_LEAST);
}

/* A thread that is ready while its group is throttled waits as well, but for its quota: no core would help it. */
bool host_usage_waits_for_cores(const struct host_usage *usage)
{
    double for_quota = usage->throttled_share * fmax(1, usage->active_threads);

    return usage->run_delay_share - for_quota > RUN_DELAY_MOST;
}

bool host_usage_throttled(const struct host_usage *usage)
{
    return usage->throttled_share > THROTTLED_MOST || usage->throttled_periods_share > THROTTLED_PERIODS_MOST;
}

/* One more may have been opened and closed between two readings. */
bool host_usage_file_descriptors_exhausted(const struct host_usage *usage)
{
    return usage->file_descriptor_limit > 0 && usage->file_descriptors_most + 1 >= usage->file_descriptor_limit;
}
