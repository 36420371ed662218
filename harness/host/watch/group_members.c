#include "host/watch/group_members.h"

#include "base/list.h"
#include "base/mem.h"
#include "host/cgroup/group_text.h"
#include "host/system_file.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Groups may lie within groups; so deep is looked. */
#define DEPTH_MOST 8

static bool is_group(const char *folder)
{
    char *path = mem_format("%s/cgroup.procs", folder);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

/* Takes `folder`. */
static bool take(char *folder, char **ret_folder)
{
    size_t length = strlen(folder);

    while (length > 1 && folder[length - 1] == '/') {
        folder[--length] = '\0';
    }
    if (!is_group(folder)) {
        free(folder);
        return false;
    }
    *ret_folder = folder;
    return true;
}

static bool in_hierarchy(const char *root, const char *mounts, const char *controller, const char *path,
                         char **ret_folder)
{
    struct group_mount mount;

    if (!group_text_mount(mounts, controller, &mount)) {
        return false;
    }
    size_t top = strlen(mount.top);
    bool below = strncmp(path, mount.top, top) == 0;
    bool found = below && take(mem_format("%s%s%s", root, mount.folder, path + top), ret_folder);
    group_mount_release(&mount);
    return found;
}

int group_members_folder(const char *root, const char *path, char **ret_folder, struct error *err)
{
    char *mounts = system_file_text(root, "/proc/self/mountinfo");
    bool found = take(mem_format("%s%s", root, path), ret_folder) ||
                 (mounts != NULL && (in_hierarchy(root, mounts, "cpu", path, ret_folder) ||
                                     in_hierarchy(root, mounts, "memory", path, ret_folder)));

    free(mounts);
    if (!found) {
        return error_input(err, "there is no control group %s on this machine", path);
    }
    return 0;
}

static void read_members(const char *folder, pid_t **pids, size_t *count)
{
    char *path = mem_format("%s/cgroup.procs", folder);
    char *text = system_file_text("", path), *end;

    free(path);
    for (const char *at = text; at != NULL;) {
        long pid = strtol(at, &end, 10);
        if (end == at) {
            break;
        }
        if (pid > 0) { /* 0: in another pid namespace */
            *list_add(*pids, *count) = (pid_t)pid;
        }
        at = end;
    }
    free(text);
}

static void look(const char *folder, unsigned depth, pid_t **pids, size_t *count)
{
    DIR *entries = opendir(folder);

    read_members(folder, pids, count);
    for (const struct dirent *entry; entries != NULL && depth > 0 && (entry = readdir(entries)) != NULL;) {
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
            char *within = mem_format("%s/%s", folder, entry->d_name);
            look(within, depth - 1, pids, count);
            free(within);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

pid_t *group_members_find(const char *folder, size_t *ret_count)
{
    pid_t *pids = NULL;

    *ret_count = 0;
    look(folder, DEPTH_MOST, &pids, ret_count);
    return pids;
}
