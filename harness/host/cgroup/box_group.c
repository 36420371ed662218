#include "host/cgroup/box_group.h"

#include "base/list.h"
#include "base/mem.h"
#include "host/cgroup/group_folder.h"
#include "host/cgroup/group_places.h"
#include "host/proc/proc_text.h"
#include "host/system_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A pod's, and that of a group without another one. */
#define PERIOD_US 100000

/* A group of version 1 for cpu, one for memory, and one of version 2. */
enum { FOLDERS_MOST = 3 };

struct box_group {
    char *folders[FOLDERS_MOST + 1]; /* NULL-terminated */
    int locks[FOLDERS_MOST], entries[FOLDERS_MOST];
    size_t count;
    const char *memory;  /* the folder that counts kills; NULL: none */
    bool memory_unified; /* and that is of version 2 */
    char **prefix;       /* of the command, NULL-terminated; NULL: none */
};

/* One that is being made. */
struct box_making {
    const struct box *box;
    struct group_places places;
    bool cpu, memory; /* a controller that is needed, and that no group has yet */
    struct box_group *group;
};

/* ---- making ---- */

static int add_folder(struct box_group *group, const char *parent, struct error *err)
{
    int lock;
    char *folder = group_folder_make(parent, &lock);

    if (folder == NULL) {
        return error_failed(err, "no control group can be made in %s: %s", parent, strerror(errno));
    }
    char *path = mem_format("%s/cgroup.procs", folder);
    group->folders[group->count] = folder;
    group->locks[group->count] = lock;
    group->entries[group->count] = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644); /* as in group_folder.c */
    int result = group->entries[group->count++] >= 0 ? 0 : error_failed(err, "%s: %s", path, strerror(errno));
    free(path);
    return result;
}

static int set(const char *folder, const char *file, const char *value, struct error *err)
{
    if (group_folder_write(folder, file, value) != 0) {
        return error_failed(err, "%s/%s cannot be set to %s: %s", folder, file, value, strerror(errno));
    }
    return 0;
}

static int limit_cpu(const struct box_making *making, const char *folder, bool unified, struct error *err)
{
    uint64_t quota_us = (uint64_t)(making->box->cpus * PERIOD_US + 0.5);
    char period[32], quota[64];

    snprintf(period, sizeof period, "%d", PERIOD_US);
    snprintf(quota, sizeof quota, "%" PRIu64 "%s%s", quota_us, unified ? " " : "", unified ? period : "");
    if (unified) {
        return set(folder, "cpu.max", quota, err);
    }
    if (set(folder, "cpu.cfs_period_us", period, err) != 0) {
        return -1;
    }
    return set(folder, "cpu.cfs_quota_us", quota, err);
}

/* A pod does not swap, and when its memory runs out it ends as a whole. Where the kernel has no file for one of the
 * two, that stays away. */
static int limit_memory(const struct box_making *making, const char *folder, bool unified, struct error *err)
{
    char value[32];

    making->group->memory = folder;
    making->group->memory_unified = unified;
    snprintf(value, sizeof value, "%" PRIu64, making->box->memory_bytes);
    if (set(folder, unified ? "memory.max" : "memory.limit_in_bytes", value, err) != 0) {
        return -1;
    }
    if (unified) {
        group_folder_write(folder, "memory.swap.max", "0");
        group_folder_write(folder, "memory.oom.group", "1");
    } else {
        group_folder_write(folder, "memory.memsw.limit_in_bytes", value);
    }
    return 0;
}

/* The folder that was made last. */
static const char *newest(const struct box_making *making)
{
    return making->group->folders[making->group->count - 1];
}

/* Makes a group where a hierarchy of version 1 has the controller. *ret_made says whether one has. */
static int add_old(struct box_making *making, const char *controller, bool *ret_made, struct error *err)
{
    struct group_mount mount;
    char *parent = group_places_own(&making->places, controller, &mount);
    int result = 0;

    *ret_made = false;
    if (parent == NULL) {
        return 0;
    }
    if (!mount.unified) {
        *ret_made = true;
        result = add_folder(making->group, parent, err);
    }
    group_mount_release(&mount);
    free(parent);
    return result;
}

static int limit_by_old(struct box_making *making, struct error *err)
{
    bool made;

    if (making->cpu) {
        if (add_old(making, "cpu", &made, err) != 0 || (made && limit_cpu(making, newest(making), false, err) != 0)) {
            return -1;
        }
        making->cpu = !made;
    }
    if (making->memory) {
        if (add_old(making, "memory", &made, err) != 0 ||
            (made && limit_memory(making, newest(making), false, err) != 0)) {
            return -1;
        }
        making->memory = !made;
    }
    return 0;
}

static int no_place(const struct box_making *making, struct error *err)
{
    const char *what = "the controller memory";

    if (making->cpu) {
        what = making->memory ? "the controllers cpu and memory" : "the controller cpu";
    }
    return error_failed(err,
                        "no hierarchy of version 1 has %s, and no group of version 2 around this process hands that on "
                        "(cgroup.subtree_control)",
                        what);
}

static int limit_by_unified(struct box_making *making, struct error *err)
{
    if (!making->cpu && !making->memory) {
        return 0;
    }
    char *parent = group_places_handing_on(&making->places, making->cpu, making->memory);
    int result = parent != NULL ? add_folder(making->group, parent, err) : no_place(making, err);
    if (result == 0 && making->cpu) {
        result = limit_cpu(making, newest(making), true, err);
    }
    if (result == 0 && making->memory) {
        result = limit_memory(making, newest(making), true, err);
    }
    free(parent);
    return result;
}

/* Holds processes together and limits nothing. The controller pids does no more either. */
static int add_loose(struct box_making *making, struct error *err)
{
    char *parent = group_places_handing_on(&making->places, making->cpu, making->memory);
    bool made = parent != NULL;
    int result = parent != NULL ? add_folder(making->group, parent, err) : add_old(making, "pids", &made, err);

    free(parent);
    return made ? result : -1;
}

static int make_folders(struct box_making *making, struct error *err)
{
    if (!box_limits(making->box)) {
        return add_loose(making, err);
    }
    if (limit_by_old(making, err) != 0) {
        return -1;
    }
    return limit_by_unified(making, err);
}

/* ---- by systemd ---- */

static void add_word(struct box_group *group, size_t *count, char *word)
{
    *list_add(group->prefix, *count) = word;
}

static void make_prefix(struct box_group *group, const struct box_group_options *options)
{
    const struct box *box = options->box;
    size_t count = 0;

    add_word(group, &count, mem_string(options->systemd));
    if (geteuid() != 0) {
        add_word(group, &count, mem_string("--user"));
    }
    add_word(group, &count, mem_string("--scope"));
    add_word(group, &count, mem_string("--quiet"));
    add_word(group, &count, mem_string("--collect"));
    if (box->cpus > 0) {
        add_word(group, &count, mem_format("--property=CPUQuota=%.4g%%", box->cpus * 100));
    }
    if (box->memory_bytes > 0) {
        add_word(group, &count, mem_format("--property=MemoryMax=%" PRIu64, box->memory_bytes));
        add_word(group, &count, mem_string("--property=MemorySwapMax=0"));
    }
    add_word(group, &count, mem_string("--"));
    add_word(group, &count, NULL);
}

/* ---- the whole ---- */

int box_group_make(struct box_group **ret_group, const struct box_group_options *options, struct error *err)
{
    struct box_group *group = mem_new(1, sizeof *group);
    struct box_making making = {.box = options->box,
                                .cpu = options->box->cpus > 0,
                                .memory = options->box->memory_bytes > 0,
                                .group = group};
    struct error why = {0};

    group_places_read(&making.places, options->root);
    int result = make_folders(&making, &why);
    group_places_release(&making.places);
    if (result == 0) {
        *ret_group = group;
        return 0;
    }
    box_group_free(group);
    *ret_group = NULL;
    if (!box_limits(options->box)) {
        return 0;
    }
    if (options->systemd == NULL) {
        return error_failed(err, "%s", why.message);
    }
    *ret_group = mem_new(1, sizeof **ret_group);
    make_prefix(*ret_group, options);
    return 0;
}

void box_group_free(struct box_group *group)
{
    if (group == NULL) {
        return;
    }
    for (size_t i = 0; i < group->count; i++) {
        group_folder_remove(group->folders[i]);
        close(group->locks[i]);
        if (group->entries[i] >= 0) {
            close(group->entries[i]);
        }
        free(group->folders[i]);
    }
    for (char **word = group->prefix; word != NULL && *word != NULL; word++) {
        free(*word);
    }
    free((void *)group->prefix);
    free(group);
}

const int *box_group_entries(const struct box_group *group, size_t *ret_count)
{
    *ret_count = group->count;
    return group->entries;
}

char **box_group_command(const struct box_group *group, char *const *argv)
{
    char **command = NULL;
    size_t count = 0;

    for (char **word = group->prefix; word != NULL && *word != NULL; word++) {
        *list_add(command, count) = *word;
    }
    for (; *argv != NULL; argv++) {
        *list_add(command, count) = *argv;
    }
    *list_add(command, count) = NULL;
    return command;
}

char *const *box_group_folders(const struct box_group *group)
{
    return group->folders;
}

void box_group_kill(const struct box_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        group_folder_kill(group->folders[i]);
    }
}

uint64_t box_group_oom_kills(const struct box_group *group)
{
    uint64_t kills = 0;

    if (group->memory != NULL) {
        const char *file = group->memory_unified ? "/memory.events" : "/memory.oom_control";
        char *text = system_file_text(group->memory, file);
        if (text != NULL) {
            proc_text_number(text, "oom_kill ", &kills);
        }
        free(text);
    }
    return kills;
}

/* In the group of this process and those around it, in each hierarchy in which one is ever made. */
void box_group_clean(const char *root)
{
    static const char *const controllers[] = {"", "cpu", "memory", "pids"};
    struct group_places places;

    group_places_read(&places, root);
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        struct group_mount mount;
        char *folder = group_places_own(&places, controllers[i], &mount);
        if (folder == NULL) {
            continue;
        }
        do {
            group_folder_clean(folder);
        } while (group_places_up(&places, &mount, folder));
        group_mount_release(&mount);
        free(folder);
    }
    group_places_release(&places);
}
