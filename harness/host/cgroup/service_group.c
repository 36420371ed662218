#include "host/cgroup/service_group.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/proc/proc_scan.h"
#include "host/proc/proc_text.h"
#include "host/system_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* How often limits are read again though the service is in the same groups. */
#define LOOK_AGAIN_NS CLOCK_SECOND_NS

/* ---- the levels of one controller ---- */

static void levels_init(struct group_levels *levels, const char *root, const char *controller)
{
    char *mounts = system_file_text(root, "/proc/self/mountinfo");
    char *own = system_file_text(root, "/proc/self/cgroup");

    if (mounts != NULL && own != NULL && group_text_mount(mounts, controller, &levels->mount)) {
        levels->harness = group_text_group(own, controller, levels->mount.unified);
    }
    free(mounts);
    free(own);
}

static void levels_release(struct group_levels *levels, struct proc_reader *reader)
{
    proc_reader_drop(reader, &levels->file);
    group_mount_release(&levels->mount);
    free(levels->harness);
    free(levels->path);
}

/* Takes `path`. Returns whether it is another file than before. */
static bool levels_choose(struct group_levels *levels, struct proc_reader *reader, char *path)
{
    if (levels->path != NULL && path != NULL && strcmp(levels->path, path) == 0) {
        free(path);
        return false;
    }
    proc_reader_drop(reader, &levels->file);
    free(levels->path);
    levels->path = path;
    return true;
}

/* What is looked for in each group that the harness is not in, from the service's own outwards. */
struct look {
    const char *root;
    bool unified;
    double quota;
    uint64_t limit;
    char *path; /* of the file to read again and again; NULL: none */
    void (*at)(struct look *look, const char *folder);
};

static void walk(const struct group_levels *levels, const char *membership, const char *controller, struct look *look)
{
    look->unified = levels->mount.unified;
    if (levels->harness == NULL) {
        return;
    }
    char *group = group_text_group(membership, controller, look->unified);
    size_t top = strlen(levels->mount.top);
    if (group != NULL && strncmp(group, levels->mount.top, top) == 0) {
        size_t shared = group_text_shared(group, levels->harness);
        for (size_t length = strlen(group); length > shared && length > top;) {
            char *folder = mem_format("%s%.*s", levels->mount.folder, (int)(length - top), group + top);
            look->at(look, folder);
            free(folder);
            while (length > 0 && group[--length] != '/') {
            }
        }
    }
    free(group);
}

static char *read_file(const struct look *look, const char *folder, const char *name)
{
    char *path = mem_format("%s/%s", folder, name);
    char *text = system_file_text(look->root, path);

    free(path);
    return text;
}

/* ---- what is looked for ---- */

static double quota_at(const struct look *look, const char *folder)
{
    char *first = read_file(look, folder, look->unified ? "cpu.max" : "cpu.cfs_quota_us");
    char *period = look->unified ? NULL : read_file(look, folder, "cpu.cfs_period_us");
    double quota = 0;

    if (first != NULL && look->unified) {
        quota = group_text_quota(first);
    } else if (first != NULL && period != NULL) {
        char *both = mem_format("%.*s %s", (int)strcspn(first, "\n"), first, period);
        quota = group_text_quota(both);
        free(both);
    }
    free(first);
    free(period);
    return quota;
}

static void take_path(struct look *look, const char *folder, const char *name)
{
    free(look->path);
    look->path = mem_format("%s%s/%s", look->root, folder, name);
}

static void look_for_quota(struct look *look, const char *folder)
{
    double quota = quota_at(look, folder);

    if (quota > 0 && (look->quota == 0 || quota < look->quota)) {
        look->quota = quota;
        take_path(look, folder, "cpu.stat");
    }
}

static void look_for_memory(struct look *look, const char *folder)
{
    char *text = read_file(look, folder, look->unified ? "memory.max" : "memory.limit_in_bytes");
    uint64_t limit = text != NULL ? group_text_memory_limit(text) : 0;

    if (limit > 0 && (look->limit == 0 || limit < look->limit)) {
        look->limit = limit;
        take_path(look, folder, look->unified ? "memory.current" : "memory.usage_in_bytes");
    }
    free(text);
}

/* The kernel counts in the group of the process that was killed, whichever group's limit it was. A group of version 2
 * may have no memory controller; what happens in it counts in the next one outwards that has. */
static void look_for_kills(struct look *look, const char *folder)
{
    const char *name = look->unified ? "memory.events" : "memory.oom_control";
    char *text = look->path == NULL ? read_file(look, folder, name) : NULL;

    if (text != NULL) {
        take_path(look, folder, name);
    }
    free(text);
}

static void look_around(struct service_group *group, struct proc_reader *reader)
{
    struct look quota = {.root = group->root, .at = look_for_quota};
    struct look memory = {.root = group->root, .at = look_for_memory};
    struct look kills = {.root = group->root, .at = look_for_kills};

    walk(&group->cpu, group->membership, "cpu", &quota);
    walk(&group->memory, group->membership, "memory", &memory);
    walk(&group->memory, group->membership, "memory", &kills);
    group->quota_cores = quota.quota;
    group->memory_limit_bytes = memory.limit;
    if (levels_choose(&group->cpu, reader, quota.path)) {
        group->periods.begun = group->throttled_periods.begun = group->throttled_ns.begun = false;
    }
    levels_choose(&group->memory, reader, memory.path);
    if (levels_choose(&group->kills, reader, kills.path)) {
        group->oom_kills.begun = false;
    }
}

/* Version 1 shows what is left of a process that has ended in the outermost group. */
static bool has_ended(pid_t pid)
{
    struct proc_entry entry;
    return proc_scan_one(pid, &entry) == 0 && entry.ended;
}

/* Looks around when the service has been moved, and from time to time for limits that were changed. */
static void look(struct service_group *group, struct proc_reader *reader)
{
    uint64_t now = clock_now_ns();
    char *path = mem_format("/proc/%d/cgroup", (int)group->pid);
    char *membership = system_file_text(group->root, path);

    free(path);
    bool moved = membership != NULL && (group->membership == NULL || strcmp(membership, group->membership) != 0) &&
                 !has_ended(group->pid);
    if (moved) {
        free(group->membership);
        group->membership = membership;
    } else {
        free(membership);
    }
    if (group->membership != NULL && (moved || now - group->looked_at_ns >= LOOK_AGAIN_NS)) {
        group->looked_at_ns = now;
        look_around(group, reader);
    }
}

/* ---- reading ---- */

static void count(struct group_counter *counter, const char *text, const char *key, uint64_t unit)
{
    uint64_t value;

    if (proc_text_number(text, key, &value) != 0) {
        return;
    }
    value *= unit;
    if (counter->begun && value > counter->last) {
        counter->grown += value - counter->last;
    }
    counter->last = value;
    counter->begun = true;
}

static bool read_level(struct group_levels *levels, struct proc_reader *reader)
{
    return levels->path != NULL && proc_reader_read(reader, &levels->file, AT_FDCWD, levels->path) > 0;
}

/* Version 2 counts microseconds, version 1 nanoseconds. */
static void read_cpu(struct service_group *group, struct proc_reader *reader)
{
    if (read_level(&group->cpu, reader)) {
        count(&group->periods, reader->buffer, "nr_periods ", 1);
        count(&group->throttled_periods, reader->buffer, "nr_throttled ", 1);
        count(&group->throttled_ns, reader->buffer, "throttled_usec ", 1000);
        count(&group->throttled_ns, reader->buffer, "throttled_time ", 1);
    }
}

void service_group_read(struct service_group *group, struct proc_reader *reader, struct sample *ret_sample)
{
    look(group, reader);
    read_cpu(group, reader);
    if (read_level(&group->memory, reader)) {
        proc_text_number(reader->buffer, "", &ret_sample->service_group_memory_bytes);
    }
    if (read_level(&group->kills, reader)) {
        count(&group->oom_kills, reader->buffer, "oom_kill ", 1);
    }
    ret_sample->service_group_quota_cores = group->quota_cores;
    ret_sample->service_group_periods = group->periods.grown;
    /* The kernel may end a period between the lines of its text. */
    ret_sample->service_group_throttled_periods =
        group->throttled_periods.grown < group->periods.grown ? group->throttled_periods.grown : group->periods.grown;
    ret_sample->service_group_throttled_ns = group->throttled_ns.grown;
    ret_sample->service_group_memory_limit_bytes = group->memory_limit_bytes;
    ret_sample->service_group_oom_kills = group->oom_kills.grown;
}

void service_group_init(struct service_group *group, const char *root, pid_t pid)
{
    *group = (struct service_group){.root = root, .pid = pid};
    levels_init(&group->cpu, root, "cpu");
    levels_init(&group->memory, root, "memory");
}

void service_group_follow(struct service_group *group, pid_t pid)
{
    group->pid = pid;
}

void service_group_release(struct service_group *group, struct proc_reader *reader)
{
    levels_release(&group->cpu, reader);
    levels_release(&group->memory, reader);
    levels_release(&group->kills, reader);
    free(group->membership);
    *group = (struct service_group){0};
}
