#include "host/proc/process_tree.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/proc/proc_scan.h"
#include "host/proc/proc_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void process_tree_init(struct process_tree *tree, pid_t root, const struct proc_abilities *abilities)
{
    *tree = (struct process_tree){.abilities = *abilities};
    tree->processes = mem_new(1, sizeof *tree->processes);
    if (tracked_process_init(tree->processes, root) == 0) {
        tree->count = 1;
    }
}

void process_tree_release(struct process_tree *tree, struct proc_reader *reader)
{
    for (size_t i = 0; i < tree->count; i++) {
        tracked_process_release(&tree->processes[i], reader);
    }
    free(tree->processes);
    free(tree->group);
    proc_reader_drop(reader, &tree->loadavg);
    *tree = (struct process_tree){0};
}

static bool is_tracked(const struct process_tree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->processes[i].pid == pid) {
            return true;
        }
    }
    return false;
}

static int track(struct process_tree *tree, pid_t root)
{
    struct tracked_process process;

    if (is_tracked(tree, root)) {
        return 0;
    }
    if (tracked_process_init(&process, root) != 0) {
        return -1;
    }
    *list_add(tree->processes, tree->count) = process;
    return 0;
}

int process_tree_follow(struct process_tree *tree, pid_t root)
{
    tree->looked_at_ns = 0; /* its children began before */
    return track(tree, root);
}

static void track_listed(struct process_tree *tree, const char *pids)
{
    char *end;

    for (long pid = strtol(pids, &end, 10); end != pids; pid = strtol(pids, &end, 10)) {
        track(tree, (pid_t)pid);
        pids = end;
    }
}

static void track_children(struct process_tree *tree, size_t index, struct proc_reader *reader)
{
    for (size_t i = 0; i < tree->processes[index].threads.count; i++) {
        struct tracked_process *parent = &tree->processes[index]; /* tracking moves it */
        const char *pids = tracked_threads_children(&parent->threads, i, reader, parent->folder);
        if (pids != NULL) {
            track_listed(tree, pids);
        }
    }
}

/* For kernels that do not list children. A child comes after its parent, level by level. */
static void track_scanned(struct process_tree *tree)
{
    size_t count;
    struct proc_entry *entries = proc_scan(&count);

    for (size_t i = 0; i < tree->count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (entries[j].parent == tree->processes[i].pid) {
                track(tree, entries[j].pid);
            }
        }
    }
    free(entries);
}

void process_tree_adopt(struct process_tree *tree, const char *mark)
{
    snprintf(tree->mark, sizeof tree->mark, "%s", mark);
    tree->looked_at_ns = 0;
}

void process_tree_gather(struct process_tree *tree, const char *folder)
{
    free(tree->group);
    tree->group = mem_format("%s/cgroup.procs", folder);
    tree->looked_at_ns = 0;
}

/* The kernel gives orphans to the first thread of this process. Where it does not list children they are not found. */
static void track_orphans(struct process_tree *tree, struct proc_reader *reader)
{
    char path[64], *end;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    if (tree->mark[0] == '\0' || proc_reader_read_once(reader, AT_FDCWD, path) <= 0) {
        return;
    }
    adopted_reap(reader->buffer);
    for (const char *pids = reader->buffer;; pids = end) {
        pid_t pid = (pid_t)strtol(pids, &end, 10);
        if (end == pids) {
            return;
        }
        if (!is_tracked(tree, pid) && adopted_has_mark(pid, tree->mark)) {
            track(tree, pid);
        }
    }
}

/* Looking for children is the most expensive part and nearly always finds nothing. It is skipped while no process or
 * thread has begun anywhere on this machine, which the newest number in /proc/loadavg tells, but never for longer than
 * a second, because a container may show a number of its own. Looking through all processes is more expensive still and
 * is done once a second. */
static bool shall_look(struct process_tree *tree, struct proc_reader *reader)
{
    uint64_t now = clock_now_ns(), last_pid = 0;

    if (proc_reader_read(reader, &tree->loadavg, AT_FDCWD, "/proc/loadavg") > 0) {
        proc_text_last_pid(reader->buffer, &last_pid);
    }
    bool began = tree->abilities.children && (last_pid == 0 || last_pid != tree->last_pid);
    if (!began && tree->looked_at_ns != 0 && now - tree->looked_at_ns < CLOCK_SECOND_NS) {
        return false;
    }
    tree->looked_at_ns = now;
    tree->last_pid = last_pid;
    return true;
}

static double share_of(uint64_t part, uint64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0;
}

/* The process with the largest share of its limit in use stands for all. */
static void add_file_descriptors(const struct tracked_process *process, struct sample *sample)
{
    double share = share_of(process->file_descriptors, process->file_descriptor_limit);
    double most = share_of(sample->file_descriptors_most, sample->file_descriptor_limit);

    sample->file_descriptors += process->file_descriptors;
    if (process->living && process->file_descriptor_limit > 0 && (sample->file_descriptor_limit == 0 || share > most)) {
        sample->file_descriptors_most = process->file_descriptors;
        sample->file_descriptor_limit = process->file_descriptor_limit;
    }
}

static void add(const struct tracked_process *process, struct sample *sample)
{
    if (process->living && process->file_descriptors_hidden) {
        sample->absent |= SAMPLE_FILE_DESCRIPTORS;
    }
    sample->processes += process->living;
    if (process->living) {
        sample->threads += process->threads.count;
    }
    sample->stopped_processes += process->stopped;
    sample->blocked_processes += process->blocked;
    sample->active_threads += process->threads.active;
    sample->major_faults += process->major_faults;
    sample->block_wait_ns += process->block_wait_ns;
    sample->cpu_ns += cpu_account_total(&process->cpu);
    sample->run_delay_ns += process->threads.total.run_delay_ns;
    sample->context_switches += process->threads.total.switches;
    sample->rss_bytes += process->rss_bytes;
    sample->anonymous_bytes += process->anonymous_bytes;
    add_file_descriptors(process, sample);
    if (process->threads.busiest_cpu_ns > sample->busiest_thread_cpu_ns) {
        sample->busiest_thread_cpu_ns = process->threads.busiest_cpu_ns;
    }
}

/* A child stands behind its parent, as it was found after it. One that stands elsewhere is a newer process. */
static struct tracked_process *parent_of(struct process_tree *tree, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (tree->processes[i].pid == tree->processes[index].parent) {
            return &tree->processes[i];
        }
    }
    return NULL;
}

static void drop(struct process_tree *tree, size_t index, struct proc_reader *reader)
{
    struct tracked_process *process = &tree->processes[index], *parent = parent_of(tree, index);
    uint64_t cpu_ns = cpu_account_total(&process->cpu);

    if (parent != NULL) {
        cpu_account_end_child(&parent->cpu, cpu_ns);
    } else {
        tree->ended_cpu_ns += cpu_ns;
    }
    tree->ended_major_faults += process->major_faults;
    tree->ended_block_wait_ns += process->block_wait_ns;
    tree->ended_run_delay_ns += process->threads.total.run_delay_ns;
    tree->ended_switches += process->threads.total.switches;
    tracked_process_release(process, reader);
    tree->count--;
    for (size_t i = index; i < tree->count; i++) {
        tree->processes[i] = tree->processes[i + 1];
    }
}

/* From the last to the first: a parent that has ended too takes what its children used with it. */
static void drop_ended(struct process_tree *tree, struct proc_reader *reader)
{
    for (size_t i = tree->count; i-- > 0;) {
        if (tree->processes[i].gone) {
            drop(tree, i, reader);
        }
    }
    for (size_t i = 0; i < tree->count; i++) {
        cpu_account_settle(&tree->processes[i].cpu);
    }
}

/* Those from `first` on, and what they have started. */
static void read_from(struct process_tree *tree, size_t first, struct proc_reader *reader, bool look)
{
    for (size_t i = first; i < tree->count; i++) {
        if (tracked_process_read(&tree->processes[i], reader, &tree->abilities) == 0 && look &&
            tree->abilities.children) {
            track_children(tree, i, reader);
        }
    }
}

static void refresh(struct process_tree *tree, struct proc_reader *reader)
{
    bool look = shall_look(tree, reader);

    if (look && !tree->abilities.children) {
        track_scanned(tree);
    } else if (look) {
        track_orphans(tree, reader);
    }
    read_from(tree, 0, reader, look);
    size_t known = tree->count;
    if (look && tree->group != NULL && proc_reader_read_once(reader, AT_FDCWD, tree->group) > 0) {
        track_listed(tree, reader->buffer);
        read_from(tree, known, reader, look);
    }
    drop_ended(tree, reader);
}

void process_tree_read(struct process_tree *tree, struct proc_reader *reader, struct sample *ret_sample)
{
    refresh(tree, reader);
    for (size_t i = 0; i < tree->count; i++) {
        add(&tree->processes[i], ret_sample);
        tracked_threads_mark(&tree->processes[i].threads);
    }
    if (!tree->marked) {
        ret_sample->busiest_thread_cpu_ns = 0;
        ret_sample->active_threads = 0;
        tree->marked = true;
    }
    ret_sample->cpu_ns += tree->ended_cpu_ns;
    ret_sample->run_delay_ns += tree->ended_run_delay_ns;
    ret_sample->context_switches += tree->ended_switches;
    ret_sample->major_faults += tree->ended_major_faults;
    ret_sample->block_wait_ns += tree->ended_block_wait_ns;
}

void process_tree_memory(struct process_tree *tree, struct proc_reader *reader, struct memory_reading *ret_memory)
{
    struct memory_reading memory = {0};
    bool pss_known = true;

    refresh(tree, reader);
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->processes[i].living && !tracked_process_memory(&tree->processes[i], reader, &memory)) {
            pss_known = false;
        }
    }
    if (!pss_known) {
        memory.pss_bytes = 0;
    }
    *ret_memory = memory;
}

int process_tree_reset_peak(struct process_tree *tree, struct proc_reader *reader)
{
    int status = 0;

    refresh(tree, reader);
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->processes[i].living && tracked_process_reset_peak(&tree->processes[i]) != 0) {
            status = -1;
        }
    }
    return status;
}
