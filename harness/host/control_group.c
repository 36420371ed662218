#include "host/control_group.h"

#include "base/mem.h"
#include "host/system_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Version 2: cpu.max is "200000 100000" (microseconds, in each so many) or "max 100000". */
static double quota_of_unified(const char *root, const char *folder)
{
    char *path = mem_format("%s/cpu.max", folder);
    char *line = system_file_line(root, path);
    double quota = 0;

    if (line != NULL) {
        char *end;
        double time = (double)strtoull(line, &end, 10);
        double period = (double)strtoull(end, NULL, 10);
        quota = time > 0 && period > 0 ? time / period : 0;
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

/* From the group up to the top of the hierarchy that is mounted at `mount`; in a container the group's own path may not
 * exist there, but the top does. */
static double smallest(const char *root, const char *mount, const char *group,
                       double (*quota_of)(const char *, const char *))
{
    char *folder = mem_format("%s%s", mount, group);
    size_t least = strlen(mount);
    double found = 0;

    for (;;) {
        double quota = quota_of(root, folder);
        if (quota > 0 && (found == 0 || quota < found)) {
            found = quota;
        }
        char *slash = strrchr(folder, '/');
        if (strlen(folder) <= least || slash == NULL || slash < folder + least) {
            break;
        }
        *slash = '\0';
    }
    free(folder);
    return found;
}

static void keep_smaller(double *found, double quota)
{
    if (quota > 0 && (*found == 0 || quota < *found)) {
        *found = quota;
    }
}

/* Whether the list "cpu,cpuacct" has `word` in it. */
static int lists(const char *list, size_t length, const char *word)
{
    size_t wanted = strlen(word);

    for (const char *at = list; at < list + length;) {
        size_t part = strcspn(at, ",:");
        if (part == wanted && strncmp(at, word, part) == 0) {
            return 1;
        }
        at += part + 1;
    }
    return 0;
}

/* One line of /proc/self/cgroup: "0::/group" (version 2) or "4:cpu,cpuacct:/group" (version 1). */
static void read_line(const char *root, const char *line, double *found)
{
    const char *list = strchr(line, ':');
    const char *end = list != NULL ? strchr(list + 1, ':') : NULL;

    if (end == NULL) {
        return;
    }
    char *group = mem_copy(end + 1, strcspn(end + 1, "\n"));
    if (strcmp(group, "/") == 0) {
        group[0] = '\0';
    }
    if (end == list + 1) {
        keep_smaller(found, smallest(root, "/sys/fs/cgroup", group, quota_of_unified));
        keep_smaller(found, smallest(root, "/sys/fs/cgroup/unified", group, quota_of_unified));
    } else if (lists(list + 1, (size_t)(end - list - 1), "cpu")) {
        keep_smaller(found, smallest(root, "/sys/fs/cgroup/cpu", group, quota_of_cpu));
        keep_smaller(found, smallest(root, "/sys/fs/cgroup/cpu,cpuacct", group, quota_of_cpu));
    }
    free(group);
}

double control_group_quota(const char *root)
{
    char *text = system_file_text(root, "/proc/self/cgroup");
    double found = 0;

    for (const char *line = text; line != NULL && *line != '\0';) {
        read_line(root, line, &found);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    free(text);
    return found;
}
