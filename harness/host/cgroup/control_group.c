#include "host/cgroup/control_group.h"

#include "base/mem.h"
#include "host/system_file.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A memory limit above this is none: version 1 writes a number near 2^63 where there is no limit. */
#define MEMORY_LIMIT_MOST ((uint64_t)1 << 60)

#define CPU_CONTROLLER    .controller = "cpu", .mounts = {"/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"}
#define MEMORY_CONTROLLER .controller = "memory", .mounts = {"/sys/fs/cgroup/memory", "/sys/fs/cgroup/memory,hugetlb"}

/* What is looked for in the groups around this process, from its own to the outermost. */
struct group_search {
    const char *root, *controller; /* "cpu", "memory" */
    const char *mounts[2];         /* of that controller in version 1 */
    void (*look)(struct group_search *search, const char *folder, bool unified);
    double quota;    /* the smallest in cores; 0: none */
    uint64_t memory; /* the smallest limit in bytes; 0: none */
    const char *const *names;
    char *path; /* of the innermost file of that name: names[0] in version 1, names[1] in version 2 */
};

static void keep_smaller(double *found, double quota)
{
    if (quota > 0 && (*found == 0 || quota < *found)) {
        *found = quota;
    }
}

/* Version 2: cpu.max is "200000 100000" (quota and period in microseconds) or "max 100000". */
static double quota_of_unified(const char *root, const char *folder)
{
    char *path = mem_format("%s/cpu.max", folder);
    char *line = system_file_line(root, path);
    double quota = 0;

    if (line != NULL) {
        char *end;
        double time = (double)strtoull(line, &end, 10);
        double period = (double)strtoull(end, NULL, 10);
        if (time > 0 && period > 0) {
            quota = time / period;
        }
    }
    free(line);
    free(path);
    return quota;
}

/* Version 1: the same in two files; -1 is no quota. */
static double quota_of_cpu(const char *root, const char *folder)
{
    char *time_path = mem_format("%s/cpu.cfs_quota_us", folder);
    char *period_path = mem_format("%s/cpu.cfs_period_us", folder);
    uint64_t time, period;
    double quota = 0;

    if (system_file_number(root, time_path, &time) && system_file_number(root, period_path, &period) && period > 0) {
        quota = (double)time / (double)period;
    }
    free(time_path);
    free(period_path);
    return quota;
}

static void look_for_quota(struct group_search *search, const char *folder, bool unified)
{
    if (unified) {
        keep_smaller(&search->quota, quota_of_unified(search->root, folder));
    } else {
        keep_smaller(&search->quota, quota_of_cpu(search->root, folder));
    }
}

static void look_for_memory_limit(struct group_search *search, const char *folder, bool unified)
{
    char *path = mem_format("%s/%s", folder, unified ? "memory.max" : "memory.limit_in_bytes");
    uint64_t limit;

    if (system_file_number(search->root, path, &limit) && limit > 0 && limit < MEMORY_LIMIT_MOST &&
        (search->memory == 0 || limit < search->memory)) {
        search->memory = limit;
    }
    free(path);
}

static void look_for_file(struct group_search *search, const char *folder, bool unified)
{
    if (search->path != NULL) {
        return;
    }
    char *path = mem_format("%s/%s", folder, search->names[unified]);
    char *text = system_file_text(search->root, path);
    if (text != NULL) {
        search->path = mem_format("%s%s", search->root, path);
    }
    free(text);
    free(path);
}

/* From the group up to the top of the hierarchy that is mounted at `mount`; in a container the group's own path may not
 * exist there, but the top does. */
static void climb(struct group_search *search, const char *mount, const char *group, bool unified)
{
    char *folder = mem_format("%s%s", mount, group);
    size_t least = strlen(mount);

    for (;;) {
        search->look(search, folder, unified);
        char *slash = strrchr(folder, '/');
        if (strlen(folder) <= least || slash == NULL || slash < folder + least) {
            break;
        }
        *slash = '\0';
    }
    free(folder);
}

/* Whether the list "cpu,cpuacct" has `word` in it. */
static bool lists(const char *list, size_t length, const char *word)
{
    size_t wanted = strlen(word);

    for (const char *at = list; at < list + length;) {
        size_t part = strcspn(at, ",:");
        if (part == wanted && strncmp(at, word, part) == 0) {
            return true;
        }
        at += part + 1;
    }
    return false;
}

/* One line of /proc/self/cgroup: "0::/group" (version 2) or "4:cpu,cpuacct:/group" (version 1). */
static void read_line(struct group_search *search, const char *line)
{
    const char *list = strchr(line, ':');
    const char *end = list != NULL ? strchr(list + 1, ':') : NULL;

    if (end == NULL) {
        return;
    }
    char *group = mem_copy(end + 1, strcspn(end + 1, "\n"));
    size_t length = (size_t)(end - list - 1);
    if (strcmp(group, "/") == 0) {
        group[0] = '\0';
    }
    if (length == 0) {
        climb(search, "/sys/fs/cgroup", group, true);
        climb(search, "/sys/fs/cgroup/unified", group, true);
    } else if (lists(list + 1, length, search->controller)) {
        climb(search, search->mounts[0], group, false);
        climb(search, search->mounts[1], group, false);
    }
    free(group);
}

static void look_around(struct group_search *search)
{
    char *text = system_file_text(search->root, "/proc/self/cgroup");

    for (const char *line = text; line != NULL && *line != '\0';) {
        read_line(search, line);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    free(text);
}

double control_group_quota(const char *root)
{
    struct group_search search = {.root = root, CPU_CONTROLLER, .look = look_for_quota};
    look_around(&search);
    return search.quota;
}

uint64_t control_group_memory_limit(const char *root)
{
    struct group_search search = {.root = root, MEMORY_CONTROLLER, .look = look_for_memory_limit};
    look_around(&search);
    return search.memory;
}

char *control_group_cpu_path(const char *root)
{
    static const char *const names[] = {"cpu.stat", "cpu.stat"};
    struct group_search search = {.root = root, CPU_CONTROLLER, .look = look_for_file, .names = names};
    look_around(&search);
    return search.path;
}

char *control_group_memory_path(const char *root)
{
    static const char *const names[] = {"memory.usage_in_bytes", "memory.current"};
    struct group_search search = {.root = root, MEMORY_CONTROLLER, .look = look_for_file, .names = names};
    look_around(&search);
    return search.path;
}
