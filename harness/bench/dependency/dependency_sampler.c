#include "bench/dependency/dependency_sampler.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/proc/process_tree.h"

#include <stdlib.h>

/* The longest file that is read is the status of a process. So many open files are enough for a database of a few
 * hundred processes. */
#define BUFFER_SIZE 4096
#define FILES_MOST  512

struct dependency_sampler {
    struct proc_reader reader;
    struct process_tree tree;
    bool saw_stopped;
};

struct dependency_sampler *dependency_sampler_new(pid_t pid)
{
    struct dependency_sampler *sampler = mem_new(1, sizeof *sampler);
    struct proc_abilities abilities = proc_abilities_find();

    proc_reader_init(&sampler->reader, BUFFER_SIZE, FILES_MOST);
    process_tree_init(&sampler->tree, pid, &abilities);
    return sampler;
}

void dependency_sampler_read(struct dependency_sampler *sampler, struct dependency_sample *ret_sample)
{
    struct sample sample = {.at_ns = clock_now_ns()};

    process_tree_read(&sampler->tree, &sampler->reader, &sample);
    sampler->saw_stopped = sample.stopped_processes > 0;
    *ret_sample = (struct dependency_sample){
        .at_ns = sample.at_ns,
        .processes = sample.processes,
        .threads = sample.threads,
        .cpu_ns = sample.cpu_ns,
        .busiest_thread_cpu_ns = sample.busiest_thread_cpu_ns,
        .run_delay_ns = sample.run_delay_ns,
        .rss_bytes = sample.rss_bytes,
        .anonymous_bytes = sample.anonymous_bytes,
        .file_descriptors = sample.file_descriptors,
    };
}

bool dependency_sampler_saw_stopped(const struct dependency_sampler *sampler)
{
    return sampler->saw_stopped;
}

void dependency_sampler_free(struct dependency_sampler *sampler)
{
    if (sampler != NULL) {
        process_tree_release(&sampler->tree, &sampler->reader);
        proc_reader_release(&sampler->reader);
        free(sampler);
    }
}
