#include "host/watch/sample_sum.h"

#include <math.h>
#include <stdbool.h>

#define OF_PROCESSES (SAMPLE_CPU | SAMPLE_MEMORY | SAMPLE_FILE_DESCRIPTORS | SAMPLE_THREADS)

/* The largest number that a sample takes, so that a strange page does no harm. */
#define NUMBER_MOST 9e18

static void add_threads(struct sample *sum, const struct sample *more)
{
    sum->processes += more->processes;
    sum->threads += more->threads;
    sum->run_delay_ns += more->run_delay_ns;
    sum->context_switches += more->context_switches;
    sum->active_threads += more->active_threads;
    sum->stopped_processes += more->stopped_processes;
    sum->blocked_processes += more->blocked_processes;
    sum->major_faults += more->major_faults;
    sum->block_wait_ns += more->block_wait_ns;
    if (more->busiest_thread_cpu_ns > sum->busiest_thread_cpu_ns) {
        sum->busiest_thread_cpu_ns = more->busiest_thread_cpu_ns;
    }
}

static double nearness(const struct sample *sample)
{
    double limit = (double)sample->file_descriptor_limit;
    return limit > 0 ? (double)sample->file_descriptors_most / limit : -1;
}

static void add_file_descriptors(struct sample *sum, const struct sample *more)
{
    sum->file_descriptors += more->file_descriptors;
    if (nearness(more) > nearness(sum)) {
        sum->file_descriptors_most = more->file_descriptors_most;
        sum->file_descriptor_limit = more->file_descriptor_limit;
    }
}

static void take_group(struct sample *into, const struct sample *from)
{
    into->service_group_throttled_periods = from->service_group_throttled_periods;
    into->service_group_periods = from->service_group_periods;
    into->service_group_throttled_ns = from->service_group_throttled_ns;
    into->service_group_memory_bytes = from->service_group_memory_bytes;
    into->service_group_memory_limit_bytes = from->service_group_memory_limit_bytes;
    into->service_group_oom_kills = from->service_group_oom_kills;
    into->service_group_quota_cores = from->service_group_quota_cores;
}

static void take_machine(struct sample *into, const struct sample *from)
{
    into->listen_overflows = from->listen_overflows;
    into->retransmits = from->retransmits;
    into->link_received_bytes = from->link_received_bytes;
    into->link_sent_bytes = from->link_sent_bytes;
    into->link_bytes_per_s = from->link_bytes_per_s;
    into->steal_ns = from->steal_ns;
    into->busy_ns = from->busy_ns;
    into->service_cores_busy_ns = from->service_cores_busy_ns;
    into->service_cores_kernel_ns = from->service_cores_kernel_ns;
    into->service_cores_steal_ns = from->service_cores_steal_ns;
    into->oom_kills = from->oom_kills;
    into->swapped_pages = from->swapped_pages;
    into->group_throttled_ns = from->group_throttled_ns;
    into->group_memory_bytes = from->group_memory_bytes;
    into->pressure_cpu = from->pressure_cpu;
    into->pressure_memory = from->pressure_memory;
    into->pressure_io = from->pressure_io;
}

/* The parts of which there is one, not one a place. */
static void take_missing(struct sample *sum, const struct sample *more)
{
    uint64_t missing = sum->absent & ~more->absent & ~(uint64_t)OF_PROCESSES;

    if ((missing & SAMPLE_GROUP) != 0) {
        take_group(sum, more);
    }
    if ((missing & SAMPLE_MACHINE) != 0) {
        take_machine(sum, more);
    }
    if ((missing & SAMPLE_ACCEPT_QUEUE) != 0) {
        sum->accept_queue = more->accept_queue;
    }
    sum->absent &= ~missing;
}

void sample_sum_add(struct sample *sum, const struct sample *more)
{
    take_missing(sum, more);
    sum->absent |= more->absent & OF_PROCESSES;
    sum->cpu_ns += more->cpu_ns;
    sum->rss_bytes += more->rss_bytes;
    sum->anonymous_bytes += more->anonymous_bytes;
    sum->cost_ns += more->cost_ns;
    add_threads(sum, more);
    add_file_descriptors(sum, more);
    if ((sum->absent & SAMPLE_CPU) != 0) {
        sum->cpu_ns = 0;
    }
    if ((sum->absent & SAMPLE_MEMORY) != 0) {
        sum->rss_bytes = sum->anonymous_bytes = 0;
    }
    if ((sum->absent & SAMPLE_FILE_DESCRIPTORS) != 0) {
        sum->file_descriptors = sum->file_descriptors_most = sum->file_descriptor_limit = 0;
    }
    if ((sum->absent & SAMPLE_THREADS) != 0) {
        sum->processes = sum->threads = sum->run_delay_ns = sum->context_switches = sum->active_threads = 0;
        sum->stopped_processes = sum->blocked_processes = sum->major_faults = sum->block_wait_ns = 0;
        sum->busiest_thread_cpu_ns = 0;
    }
}

static bool fills(const struct sample *sample, enum sample_part part, double value)
{
    return (sample->absent & part) != 0 && value >= 0 && value < NUMBER_MOST;
}

void sample_sum_fill(struct sample *sample, const struct process_metrics *metrics)
{
    double cpu_ns = metrics->cpu_s * 1e9;

    if (fills(sample, SAMPLE_CPU, cpu_ns)) {
        sample->cpu_ns = (uint64_t)cpu_ns;
        sample->absent &= ~(uint64_t)SAMPLE_CPU;
    }
    if (fills(sample, SAMPLE_MEMORY, metrics->resident_bytes)) {
        sample->rss_bytes = (uint64_t)metrics->resident_bytes;
        sample->absent &= ~(uint64_t)SAMPLE_MEMORY;
    }
    if (fills(sample, SAMPLE_FILE_DESCRIPTORS, metrics->file_descriptors)) {
        bool limited = metrics->file_descriptor_limit >= 1 && metrics->file_descriptor_limit < NUMBER_MOST;
        sample->file_descriptors = sample->file_descriptors_most = (uint64_t)metrics->file_descriptors;
        sample->file_descriptor_limit = limited ? (uint64_t)metrics->file_descriptor_limit : 0;
        sample->absent &= ~(uint64_t)SAMPLE_FILE_DESCRIPTORS;
    }
}

void sample_sum_add_metrics(struct process_metrics *sum, const struct process_metrics *more)
{
    struct runtime_sample *into = &sum->runtime;
    const struct runtime_sample *from = &more->runtime;

    sum->cpu_s += more->cpu_s;
    sum->resident_bytes += more->resident_bytes;
    sum->file_descriptors += more->file_descriptors;
    sum->file_descriptor_limit = NAN; /* each process has one of its own */
    into->event_loop_lag_ns = fmax(into->event_loop_lag_ns, from->event_loop_lag_ns);
    into->gc_ns += from->gc_ns;
    into->gc_runs += from->gc_runs;
    into->goroutines += from->goroutines;
    into->pool_connections += from->pool_connections;
    into->pool_active += from->pool_active;
    into->pool_waiting += from->pool_waiting;
}
