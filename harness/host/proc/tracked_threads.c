#include "host/proc/tracked_threads.h"

#include "base/list.h"
#include "host/proc/proc_listing.h"
#include "host/proc/proc_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void add(struct thread_usage *sum, const struct thread_usage *usage)
{
    sum->cpu_ns += usage->cpu_ns;
    sum->run_delay_ns += usage->run_delay_ns;
    sum->switches += usage->switches;
}

static int read_schedstat(const char *text, struct thread_usage *ret_usage)
{
    struct proc_schedstat schedstat;

    if (proc_text_schedstat(text, &schedstat) != 0) {
        return -1;
    }
    *ret_usage = (struct thread_usage){schedstat.cpu_ns, schedstat.run_delay_ns, schedstat.switches};
    return 0;
}

static int read_stat(const char *text, struct thread_usage *ret_usage)
{
    struct proc_stat stat;

    if (proc_text_stat(text, &stat) != 0) {
        return -1;
    }
    *ret_usage = (struct thread_usage){.cpu_ns = proc_text_ticks_ns(stat.cpu_ticks)};
    return 0;
}

static int read_usage(struct tracked_thread *thread, struct proc_reader *reader, int folder, bool schedstat,
                      struct thread_usage *ret_usage)
{
    char path[48];

    snprintf(path, sizeof path, "task/%d/%s", (int)thread->tid, schedstat ? "schedstat" : "stat");
    if (proc_reader_read(reader, &thread->usage_file, folder, path) <= 0) {
        return -1;
    }
    if (schedstat) {
        return read_schedstat(reader->buffer, ret_usage);
    }
    return read_stat(reader->buffer, ret_usage);
}

/* The kernel lists threads in the order in which they began, so the wanted one is nearly always the next. */
static struct tracked_thread *find_or_add(struct tracked_threads *threads, pid_t tid, size_t *hint)
{
    for (size_t i = 0; i < threads->count; i++) {
        size_t index = (*hint + i) % threads->count;
        if (threads->items[index].tid == tid) {
            *hint = index + 1;
            return &threads->items[index];
        }
    }
    struct tracked_thread *thread = list_add(threads->items, threads->count);
    thread->tid = tid;
    *hint = threads->count;
    return thread;
}

static void set_usage(struct tracked_threads *threads, struct tracked_thread *thread, const struct thread_usage *usage)
{
    if (usage->cpu_ns < thread->usage.cpu_ns) { /* another thread, with the number of one that has ended */
        add(&threads->ended, &thread->usage);
        thread->marked_cpu_ns = 0;
        thread->marked_delay_ns = 0;
    }
    uint64_t used = usage->cpu_ns - thread->marked_cpu_ns;
    if (used > threads->busiest_cpu_ns) {
        threads->busiest_cpu_ns = used;
    }
    threads->active += used > 0 || usage->run_delay_ns > thread->marked_delay_ns;
    thread->usage = *usage;
    thread->seen = true;
}

static void drop_ended(struct tracked_threads *threads, struct proc_reader *reader)
{
    size_t kept = 0;

    for (size_t i = 0; i < threads->count; i++) {
        if (threads->items[i].seen) {
            threads->items[kept++] = threads->items[i];
        } else {
            add(&threads->ended, &threads->items[i].usage);
            proc_reader_drop(reader, &threads->items[i].usage_file);
        }
    }
    threads->count = kept;
}

static void sum_up(struct tracked_threads *threads)
{
    threads->total = threads->ended;
    for (size_t i = 0; i < threads->count; i++) {
        add(&threads->total, &threads->items[i].usage);
        threads->items[i].seen = false;
    }
}

int tracked_threads_read(struct tracked_threads *threads, struct proc_reader *reader, int folder,
                         const struct proc_abilities *abilities)
{
    struct proc_listing listing;
    struct thread_usage usage;
    size_t hint = 0;
    pid_t tid;

    if (proc_listing_open(&listing, folder, "task") != 0) {
        return -1;
    }
    threads->busiest_cpu_ns = 0;
    threads->active = 0;
    while ((tid = proc_listing_next(&listing)) >= 0) {
        struct tracked_thread *thread = find_or_add(threads, tid, &hint);
        if (read_usage(thread, reader, folder, abilities->schedstat, &usage) == 0) {
            set_usage(threads, thread, &usage);
        }
    }
    proc_listing_close(&listing);
    drop_ended(threads, reader);
    sum_up(threads);
    return 0;
}

void tracked_threads_mark(struct tracked_threads *threads)
{
    for (size_t i = 0; i < threads->count; i++) {
        threads->items[i].marked_cpu_ns = threads->items[i].usage.cpu_ns;
        threads->items[i].marked_delay_ns = threads->items[i].usage.run_delay_ns;
    }
}

const char *tracked_threads_children(const struct tracked_threads *threads, size_t index, struct proc_reader *reader,
                                     int folder)
{
    char path[48];

    snprintf(path, sizeof path, "task/%d/children", (int)threads->items[index].tid);
    if (proc_reader_read_once(reader, folder, path) < 0) {
        return NULL;
    }
    return reader->buffer;
}

void tracked_threads_release(struct tracked_threads *threads, struct proc_reader *reader)
{
    for (size_t i = 0; i < threads->count; i++) {
        proc_reader_drop(reader, &threads->items[i].usage_file);
    }
    free(threads->items);
    *threads = (struct tracked_threads){0};
}
