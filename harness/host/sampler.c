#include "host/sampler.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/accept_queue.h"
#include "host/cgroup/service_group.h"
#include "host/machine/machine_counters.h"
#include "host/proc/process_tree.h"
#include "host/process/held_connections.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>

/* The parts of a sample that are there only if some process is read. */
#define OF_PROCESSES (SAMPLE_CPU | SAMPLE_MEMORY | SAMPLE_FILE_DESCRIPTORS | SAMPLE_THREADS | SAMPLE_GROUP)

struct sampler {
    struct proc_reader reader;
    struct process_tree tree;
    struct service_group group;
    struct accept_queue queue;
    struct machine_counters counters;
    struct core_set service_cores;
    pid_t serving;       /* whose control groups and network these are; SAMPLER_NOBODY: not known */
    bool anybody;        /* a process was named to be read, even if it has gone since */
    uint64_t peak_bytes; /* highest resident memory read since the reset */
};

/* Open files are mainly for the generator's connections. The sampler takes an eighth of them, and at most what 250
 * threads need. */
static unsigned files_to_keep(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur / 8 > 512) {
        return 512;
    }
    return (unsigned)(limit.rlim_cur / 8);
}

static void follow_network(struct sampler *sampler, pid_t pid)
{
    sampler->serving = pid;
    if (pid != SAMPLER_NOBODY) {
        machine_counters_follow(&sampler->counters, &sampler->reader, pid);
    }
}

struct sampler *sampler_new(pid_t pid, uint16_t port, const struct core_set *service_cores)
{
    struct sampler *sampler = mem_new(1, sizeof *sampler);
    struct proc_abilities abilities = proc_abilities_find();

    proc_reader_init(&sampler->reader, machine_counters_buffer(), files_to_keep());
    process_tree_init(&sampler->tree, pid, &abilities);
    service_group_init(&sampler->group, "", pid);
    sampler->anybody = pid != SAMPLER_NOBODY;
    accept_queue_init(&sampler->queue, port);
    machine_counters_init(&sampler->counters);
    sampler->service_cores = *service_cores;
    follow_network(sampler, pid);
    return sampler;
}

int sampler_follow(struct sampler *sampler, pid_t pid)
{
    if (process_tree_follow(&sampler->tree, pid) != 0) {
        return -1;
    }
    sampler->anybody = true;
    return 0;
}

void sampler_adopt(struct sampler *sampler, const char *mark)
{
    process_tree_adopt(&sampler->tree, mark);
}

void sampler_gather(struct sampler *sampler, const char *folder)
{
    process_tree_gather(&sampler->tree, folder);
}

void sampler_follow_groups(struct sampler *sampler, pid_t pid)
{
    service_group_follow(&sampler->group, pid);
    follow_network(sampler, pid);
}

void sampler_read(struct sampler *sampler, struct sample *ret_sample)
{
    struct sample sample = {.at_ns = clock_now_ns()};
    uint64_t cpu_before = clock_thread_cpu_ns();

    if (sampler->anybody) {
        process_tree_read(&sampler->tree, &sampler->reader, &sample);
        service_group_read(&sampler->group, &sampler->reader, &sample);
    } else {
        sample.absent = OF_PROCESSES;
    }
    if ((sample.absent & SAMPLE_FILE_DESCRIPTORS) != 0) { /* those of some of its processes are worth nothing */
        sample.file_descriptors = sample.file_descriptors_most = sample.file_descriptor_limit = 0;
    }
    if (sampler->queue.port == 0 || !accept_queue_read(&sampler->queue, &sample.accept_queue)) {
        sample.absent |= SAMPLE_ACCEPT_QUEUE;
    }
    machine_counters_read(&sampler->counters, &sampler->reader, &sampler->service_cores, &sample);
    if (sample.rss_bytes > sampler->peak_bytes) {
        sampler->peak_bytes = sample.rss_bytes;
    }
    sample.cost_ns = clock_thread_cpu_ns() - cpu_before;
    *ret_sample = sample;
}

void sampler_memory(struct sampler *sampler, struct memory_reading *ret_memory)
{
    process_tree_memory(&sampler->tree, &sampler->reader, ret_memory);
    if (sampler->peak_bytes > ret_memory->peak_bytes) {
        ret_memory->peak_bytes = sampler->peak_bytes;
    }
}

static int most_first(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left < right) - (left > right);
}

uint64_t *sampler_connections(const struct sampler *sampler, size_t *ret_count)
{
    size_t socket_count, count = 0;
    uint64_t *inodes = held_connections_find(sampler->queue.port, &socket_count), *held = NULL;

    for (size_t i = 0; i < sampler->tree.count; i++) {
        uint64_t connections = held_connections_of(sampler->tree.processes[i].pid, inodes, socket_count);
        if (connections > 0) {
            *list_add(held, count) = connections;
        }
    }
    free(inodes);
    if (count > 0) {
        qsort(held, count, sizeof *held, most_first);
    }
    *ret_count = count;
    return held;
}

int sampler_reset_peak(struct sampler *sampler)
{
    sampler->peak_bytes = 0;
    follow_network(sampler, sampler->serving); /* it may have entered another namespace since */
    return process_tree_reset_peak(&sampler->tree, &sampler->reader);
}

void sampler_free(struct sampler *sampler)
{
    if (sampler != NULL) {
        process_tree_release(&sampler->tree, &sampler->reader);
        service_group_release(&sampler->group, &sampler->reader);
        machine_counters_release(&sampler->counters, &sampler->reader);
        accept_queue_release(&sampler->queue);
        proc_reader_release(&sampler->reader);
        free(sampler);
    }
}
