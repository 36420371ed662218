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

/* The samples that have one part: how many, the first and the last. */
struct part_span {
    size_t count, first, last; /* indexes of the step's samples */
};

enum { PARTS = 7 };

/* All parts, in the order of their bits. */
struct spans {
    struct part_span parts[PARTS];
};

static const struct part_span *span_of(const struct spans *spans, enum sample_part part)
{
    size_t number = 0;

    while (part >> number != 1) {
        number++;
    }
    return &spans->parts[number];
}

static void add_to_spans(struct spans *spans, const struct sample *sample, size_t index)
{
    for (size_t i = 0; i < PARTS; i++) {
        struct part_span *span = &spans->parts[i];
        if ((sample->absent >> i & 1) == 0) {
            span->first = span->count == 0 ? index : span->first;
            span->last = index;
            span->count++;
        }
    }
}

/* Sums over samples. What the first one counts of the time before it is left out. */
struct sums {
    double threads, stopped, blocked;
    double active, busiest_ns; /* without the first */
};

static void add_threads(struct sums *sums, const struct sample *sample, bool first)
{
    sums->threads += (double)sample->threads;
    sums->stopped += sample->stopped_processes > 0;
    sums->blocked += sample->blocked_processes > 0;
    if (!first) {
        sums->active += (double)sample->active_threads;
        sums->busiest_ns += (double)sample->busiest_thread_cpu_ns;
    }
}

static double span_ns(const struct step_record *step, const struct part_span *span)
{
    return counter_amount(step_record_sample_ns(step, span->first), step_record_sample_ns(step, span->last));
}

/* All samples in the range. */
static void follow_samples(const struct step_record *step, const struct part_span *range, struct spans *spans,
                           struct host_usage *usage)
{
    struct sums sums = {0};
    double cost_ns = 0;

    for (size_t i = range->first; i <= range->last; i++) {
        struct sample sample = step_record_sample(step, i);
        bool has_threads = (sample.absent & SAMPLE_THREADS) == 0;
        bool has_memory = (sample.absent & SAMPLE_MEMORY) == 0;
        if (has_memory && span_of(spans, SAMPLE_MEMORY)->count == 0) {
            usage->rss_first_bytes = sample.rss_bytes;
        }
        follow_moment(&sample, usage);
        if (has_threads) {
            add_threads(&sums, &sample, span_of(spans, SAMPLE_THREADS)->count == 0);
        }
        cost_ns += i == range->first ? 0 : (double)sample.cost_ns;
        add_to_spans(spans, &sample, i);
    }
    const struct part_span *span = span_of(spans, SAMPLE_THREADS);
    double count = (double)span->count;
    usage->threads = sums.threads / count; /* NAN where it was never read */
    usage->active_threads = sums.active / (count - 1);
    usage->stopped_share = sums.stopped / count;
    usage->blocked_share = sums.blocked / count;
    usage->busiest_thread_share = sums.busiest_ns / span_ns(step, span);
    usage->sampling_share = cost_ns / span_ns(step, range);
}

/* A part that was read fewer than twice has no amounts. Moments need one reading. */
static uint64_t absent_parts(const struct spans *spans)
{
    const uint64_t moments = SAMPLE_MEMORY | SAMPLE_FILE_DESCRIPTORS | SAMPLE_ACCEPT_QUEUE;
    uint64_t absent = 0;

    for (size_t i = 0; i < PARTS; i++) {
        size_t least = (moments >> i & 1) != 0 ? 1 : 2;
        absent |= (uint64_t)(spans->parts[i].count < least) << i;
    }
    return absent;
}

/* The first and last sample that have a part, and the time between them. */
struct ends {
    struct sample from, to;
    double time_ns;
};

static struct ends ends_of(const struct step_record *step, const struct spans *spans, enum sample_part part)
{
    const struct part_span *span = span_of(spans, part);

    return (struct ends){.from = step_record_sample(step, span->first),
                         .to = step_record_sample(step, span->last),
                         .time_ns = span_ns(step, span)};
}

static void forget_threads(struct host_usage *usage)
{
    usage->threads = usage->active_threads = usage->stopped_share = usage->blocked_share = NAN;
    usage->busiest_thread_share = usage->block_wait_share = NAN;
    usage->run_delay_share = usage->run_delay_per_thread = usage->waiting_share = NAN;
}

/* Time that threads waited for a core, beside the time that they had one. */
static void compare_waits(const struct ends *ends, struct host_usage *usage)
{
    double delay_ns = counter_amount(ends->from.run_delay_ns, ends->to.run_delay_ns);
    double own_ns = counter_amount(ends->from.cpu_ns, ends->to.cpu_ns);

    usage->run_delay_share = delay_ns / ends->time_ns;
    usage->run_delay_per_thread = usage->active_threads > 0 ? usage->run_delay_share / usage->active_threads : NAN;
    usage->waiting_share = delay_ns + own_ns > 0 ? delay_ns / (delay_ns + own_ns) : NAN;
    usage->block_wait_share = counter_amount(ends->from.block_wait_ns, ends->to.block_wait_ns) / ends->time_ns;
    usage->major_faults = counter_growth(ends->from.major_faults, ends->to.major_faults);
}

static void compare_groups(const struct ends *ends, struct host_usage *usage)
{
    const struct sample *from = &ends->from, *to = &ends->to;
    double shared_ns = counter_amount(from->group_throttled_ns, to->group_throttled_ns);
    double own_ns = counter_amount(from->service_group_throttled_ns, to->service_group_throttled_ns);
    double periods = counter_amount(from->service_group_periods, to->service_group_periods);
    double throttled = counter_amount(from->service_group_throttled_periods, to->service_group_throttled_periods);

    usage->throttled_share = fmin(1, fmax(own_ns, shared_ns) / ends->time_ns);
    usage->throttled_periods_share = periods > 0 ? fmin(1, throttled / periods) : 0;
    usage->group_oom_kills = counter_growth(from->service_group_oom_kills, to->service_group_oom_kills);
}

/* The busier direction. A link that has carried nothing since the machine started was not read. */
static void compare_link(const struct ends *ends, struct host_usage *usage)
{
    const struct sample *from = &ends->from, *to = &ends->to;
    double received = counter_amount(from->link_received_bytes, to->link_received_bytes);
    double sent = counter_amount(from->link_sent_bytes, to->link_sent_bytes);
    bool known = to->link_received_bytes > 0 && to->link_sent_bytes > 0;

    usage->link_bytes_per_s = known ? fmax(received, sent) * 1e9 / ends->time_ns : NAN;
    usage->link_share = to->link_bytes_per_s > 0 ? usage->link_bytes_per_s / (double)to->link_bytes_per_s : NAN;
}

/* The share of the cores is known only where their number is. */
static void compare_machine(const struct ends *ends, unsigned service_core_count, struct host_usage *usage)
{
    const struct sample *from = &ends->from, *to = &ends->to;
    double busy_ns = counter_amount(from->service_cores_busy_ns, to->service_cores_busy_ns), time_ns = ends->time_ns;

    usage->service_cores_busy = service_core_count > 0 ? busy_ns / (time_ns * service_core_count) : NAN;
    usage->kernel_cores = counter_amount(from->service_cores_kernel_ns, to->service_cores_kernel_ns) / time_ns;
    usage->accept_queue_overflows = counter_growth(from->listen_overflows, to->listen_overflows);
    usage->retransmits = counter_growth(from->retransmits, to->retransmits);
    compare_link(ends, usage);
    usage->oom_kills = counter_growth(from->oom_kills, to->oom_kills);
    usage->swapped_pages = counter_growth(from->swapped_pages, to->swapped_pages);
    usage->steal_share = counter_amount(from->steal_ns, to->steal_ns) / time_ns;
    usage->service_steal_cores = counter_amount(from->service_cores_steal_ns, to->service_cores_steal_ns) / time_ns;
    usage->foreign_cores = busy_ns / time_ns;
}

static void forget_machine(struct host_usage *usage)
{
    usage->service_cores_busy = usage->kernel_cores = usage->steal_share = usage->service_steal_cores = NAN;
    usage->foreign_cores = usage->link_bytes_per_s = usage->link_share = NAN;
}

static void compare(const struct step_record *step, const struct spans *spans, unsigned service_core_count,
                    struct host_usage *usage)
{
    usage->service_cores = NAN;
    if (host_usage_has(usage, SAMPLE_CPU)) {
        struct ends ends = ends_of(step, spans, SAMPLE_CPU);
        usage->service_cores = counter_amount(ends.from.cpu_ns, ends.to.cpu_ns) / ends.time_ns;
    }
    if (host_usage_has(usage, SAMPLE_MACHINE)) {
        struct ends ends = ends_of(step, spans, SAMPLE_MACHINE);
        compare_machine(&ends, service_core_count, usage);
        double foreign = usage->foreign_cores - usage->service_cores;
        usage->foreign_cores = isnan(foreign) ? NAN : fmax(0, foreign);
    } else {
        forget_machine(usage);
    }
    if (host_usage_has(usage, SAMPLE_THREADS)) {
        struct ends ends = ends_of(step, spans, SAMPLE_THREADS);
        compare_waits(&ends, usage);
    } else {
        forget_threads(usage);
    }
    usage->throttled_share = usage->throttled_periods_share = NAN;
    if (host_usage_has(usage, SAMPLE_GROUP)) {
        struct ends ends = ends_of(step, spans, SAMPLE_GROUP);
        compare_groups(&ends, usage);
    }
}

/* The kernel charges a core's time tick by tick, to whoever runs when the tick comes: it misses what begins at a tick's
 * timer and ends before the next (7 % of a service's work where this was measured). A process's own time it takes at
 * every switch. So work that is known by process was done, whatever the core's count says; more than all cores it was
 * not, unless one process's count says so. */
static double known_work(const struct host_usage *usage, double beside, unsigned cores)
{
    return fmax(usage->service_cores, fmin(usage->service_cores + beside, cores));
}

/* What else is known of the cores: the dependencies' work on them. */
static void add_beside(double beside, unsigned service_core_count, struct host_usage *usage)
{
    if (!isnan(usage->foreign_cores)) {
        usage->foreign_cores = fmax(0, usage->foreign_cores - beside);
    }
    if (!isnan(usage->service_cores_busy) && !isnan(usage->service_cores)) {
        usage->service_cores_busy =
            fmax(usage->service_cores_busy, known_work(usage, beside, service_core_count) / service_core_count);
    }
}

void host_usage_between(const struct step_record *step, unsigned service_core_count, uint64_t from_ns, uint64_t to_ns,
                        struct host_usage *ret_usage)
{
    struct host_usage usage = {.not_watched = step->not_watched};
    struct part_span range = {0};
    struct spans spans = {0};

    range.count = sample_range_find(step, from_ns, to_ns, &range.first);
    range.last = range.first + range.count - 1;
    usage.known = !step->not_watched && range.count > 1 &&
                  step_record_sample_ns(step, range.last) > step_record_sample_ns(step, range.first);
    if (usage.known) {
        follow_samples(step, &range, &spans, &usage);
        usage.absent = absent_parts(&spans);
        compare(step, &spans, service_core_count, &usage);
        add_beside(dependency_cpu_on_service_cores(step, from_ns, to_ns), service_core_count, &usage);
    }
    *ret_usage = usage;
}

bool host_usage_has(const struct host_usage *usage, enum sample_part part)
{
    return usage->known && (usage->absent & part) == 0;
}

bool host_usage_thread_saturated(const struct host_usage *usage)
{
    return usage->busiest_thread_share >= HOST_USAGE_SATURATED;
}

/* Cores that the service's threads waited for need not be quite as busy to be saturated. */
bool host_usage_cores_saturated(const struct host_usage *usage, unsigned service_core_count)
{
    if (service_core_count == 0) {
        return false; /* nobody knows what is all of it */
    }
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

bool host_usage_link_full(const struct host_usage *usage)
{
    return usage->link_share >= HOST_USAGE_SATURATED; /* false where it is not known */
}

/* One more may have been opened and closed between two readings. */
bool host_usage_file_descriptors_exhausted(const struct host_usage *usage)
{
    return usage->file_descriptor_limit > 0 && usage->file_descriptors_most + 1 >= usage->file_descriptor_limit;
}
