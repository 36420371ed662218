#include "host/proc/tracked_process.h"

#include "base/clock.h"
#include "host/proc/proc_listing.h"
#include "host/proc/proc_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    COUNT_OFTEN_BELOW =
        1000, /* file descriptors: where they are counted one by one, more than these are counted once a second */
    PATH_SIZE = 64,
};

int tracked_process_init(struct tracked_process *process, pid_t pid)
{
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "/proc/%d", (int)pid);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return -1;
    }
    *process = (struct tracked_process){.pid = pid, .folder = folder};
    process->has_clock = clock_getcpuclockid(pid, &process->clock) == 0;
    return 0;
}

void tracked_process_release(struct tracked_process *process, struct proc_reader *reader)
{
    tracked_threads_release(&process->threads, reader);
    proc_reader_drop(reader, &process->statm);
    proc_reader_drop(reader, &process->stat);
    close(process->folder);
}

static const char *path_in(const struct tracked_process *process, const char *name, char path[PATH_SIZE])
{
    if (process->front == 0) {
        return name;
    }
    snprintf(path, PATH_SIZE, "task/%d/%s", (int)process->front, name);
    return path;
}

static int read_statm(struct tracked_process *process, struct proc_reader *reader, struct proc_statm *ret_statm)
{
    char path[PATH_SIZE];

    if (proc_reader_read(reader, &process->statm, process->folder, path_in(process, "statm", path)) <= 0) {
        return -1;
    }
    return proc_text_statm(reader->buffer, ret_statm);
}

/* A first thread that has ended while others run shows no memory; the others do. */
static void read_memory(struct tracked_process *process, struct proc_reader *reader)
{
    const struct tracked_threads *threads = &process->threads;
    struct proc_statm statm = {0};
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

    int failed = read_statm(process, reader, &statm);
    if ((failed != 0 || statm.size_pages == 0) && threads->count > 1) {
        proc_reader_drop(reader, &process->statm);
        process->front = threads->items[threads->count - 1].tid;
        failed = read_statm(process, reader, &statm);
    }
    process->living = failed == 0 && statm.size_pages > 0;
    process->rss_bytes = statm.rss_pages * page;
    process->anonymous_bytes = 0;
    if (statm.rss_pages > statm.shared_pages) {
        process->anonymous_bytes = (statm.rss_pages - statm.shared_pages) * page;
    }
}

/* Returns whether they may be counted. */
static bool count_entries(int folder, const char *path, uint64_t *ret_count)
{
    struct proc_listing listing;

    *ret_count = 0;
    if (proc_listing_open(&listing, folder, path) != 0) {
        return errno != EACCES && errno != EPERM;
    }
    while (proc_listing_next(&listing) >= 0) {
        ++*ret_count;
    }
    proc_listing_close(&listing);
    return true;
}

static void read_file_descriptors(struct tracked_process *process, bool size_is_count)
{
    char path[PATH_SIZE];
    struct stat info;
    const char *folder = path_in(process, "fd", path);

    if (size_is_count) {
        process->file_descriptors = 0;
        if (fstatat(process->folder, folder, &info, 0) == 0) {
            process->file_descriptors = (uint64_t)info.st_size;
        }
        return;
    }
    uint64_t now = clock_now_ns();
    if (process->file_descriptors < COUNT_OFTEN_BELOW || now - process->file_descriptors_at_ns >= CLOCK_SECOND_NS) {
        process->file_descriptors_hidden = !count_entries(process->folder, folder, &process->file_descriptors);
        process->file_descriptors_at_ns = now;
    }
}

/* A process may raise its own limit; most do so when they start. */
static void read_file_descriptor_limit(struct tracked_process *process, struct proc_reader *reader)
{
    char path[PATH_SIZE];
    uint64_t now = clock_now_ns();

    if (process->limit_at_ns != 0 && now - process->limit_at_ns < CLOCK_SECOND_NS) {
        return;
    }
    process->limit_at_ns = now;
    if (proc_reader_read_once(reader, process->folder, path_in(process, "limits", path)) > 0) {
        proc_text_file_descriptor_limit(reader->buffer, &process->file_descriptor_limit);
    }
}

/* The clock of the process includes everything that its ended threads used; the sum over threads only what was seen. */
static uint64_t read_clock(const struct tracked_process *process)
{
    struct timespec time;

    if (process->has_clock && clock_gettime(process->clock, &time) == 0) {
        return (uint64_t)time.tv_sec * CLOCK_SECOND_NS + (uint64_t)time.tv_nsec;
    }
    return process->threads.total.cpu_ns;
}

static void read_stat(struct tracked_process *process, struct proc_reader *reader)
{
    struct proc_stat stat = {0};

    process->stopped = process->blocked = false;
    if (proc_reader_read(reader, &process->stat, process->folder, "stat") > 0 &&
        proc_text_stat(reader->buffer, &stat) == 0) {
        process->parent = stat.parent;
        process->stopped = stat.state == 'T' || stat.state == 't';
        process->blocked = stat.state == 'D';
        process->major_faults = stat.major_faults;
        process->block_wait_ns = proc_text_ticks_ns(stat.block_wait_ticks);
    }
    cpu_account_read(&process->cpu, read_clock(process), proc_text_ticks_ns(stat.waited_ticks));
}

int tracked_process_read(struct tracked_process *process, struct proc_reader *reader,
                         const struct proc_abilities *abilities)
{
    if (tracked_threads_read(&process->threads, reader, process->folder, abilities) != 0) {
        process->gone = true;
        process->living = process->stopped = process->blocked = false;
        process->rss_bytes = 0;
        process->anonymous_bytes = 0;
        process->file_descriptors = 0;
        return -1;
    }
    read_stat(process, reader);
    read_memory(process, reader);
    read_file_descriptors(process, abilities->counts_file_descriptors);
    read_file_descriptor_limit(process, reader);
    return 0;
}

bool tracked_process_memory(const struct tracked_process *process, struct proc_reader *reader,
                            struct memory_reading *total)
{
    uint64_t rss = process->rss_bytes, anonymous = process->anonymous_bytes, pss = 0, swap = 0;
    bool known = false;
    char path[PATH_SIZE];

    if (proc_reader_read_once(reader, process->folder, path_in(process, "smaps_rollup", path)) > 0) {
        proc_text_bytes(reader->buffer, "Rss:", &rss);
        known = proc_text_bytes(reader->buffer, "Pss:", &pss) == 0;
        proc_text_bytes(reader->buffer, "Anonymous:", &anonymous);
        proc_text_bytes(reader->buffer, "Swap:", &swap);
    }
    uint64_t peak = rss;
    if (proc_reader_read_once(reader, process->folder, path_in(process, "status", path)) > 0) {
        proc_text_bytes(reader->buffer, "VmHWM:", &peak);
    }
    total->rss_bytes += rss;
    total->anonymous_bytes += anonymous;
    total->pss_bytes += pss;
    total->swap_bytes += swap;
    total->peak_bytes += peak > rss ? peak : rss;
    return known;
}

int tracked_process_reset_peak(const struct tracked_process *process)
{
    char path[PATH_SIZE];
    int fd = openat(process->folder, path_in(process, "clear_refs", path), O_WRONLY | O_CLOEXEC);

    if (fd < 0) {
        return -1;
    }
    ssize_t written = write(fd, "5", 1);
    close(fd);
    if (written != 1) {
        return -1;
    }
    return 0;
}
