#include "host/cgroup/group_folder.h"

#include "base/clock.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define REMOVE_WITHIN_NS (2 * CLOCK_SECOND_NS)
#define LOOK_EVERY_NS    (2 * CLOCK_MILLISECOND_NS)

/* Numbers of processes are given again, and another process may see other numbers. */
enum { TRIES_MOST = 100 };

/* ---- making ---- */

/* Whether the locked folder is still the one at `path`: who cleans up may have removed it before it was locked. */
static bool is_still(const char *path, int lock)
{
    struct stat there, held;
    return stat(path, &there) == 0 && fstat(lock, &held) == 0 && there.st_ino == held.st_ino;
}

static int lock_folder(const char *path)
{
    int lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0 && is_still(path, lock)) {
        return lock;
    }
    if (lock >= 0) {
        close(lock);
    }
    return -1;
}

char *group_folder_make(const char *parent, int *ret_lock)
{
    static atomic_uint made;

    for (int i = 0; i < TRIES_MOST; i++) {
        char *path = mem_format("%s/" GROUP_FOLDER_PREFIX "%d-%u", parent, (int)getpid(), atomic_fetch_add(&made, 1));
        if (mkdir(path, 0755) == 0) {
            int lock = lock_folder(path);
            if (lock >= 0) {
                *ret_lock = lock;
                return path;
            }
        } else if (errno != EEXIST) {
            int cause = errno;
            free(path);
            errno = cause;
            return NULL;
        }
        free(path);
    }
    errno = EEXIST;
    return NULL;
}

/* The kernel has made the files already, and makes no other. In the folders of a test they are made here. */
int group_folder_write(const char *folder, const char *file, const char *text)
{
    char *path = mem_format("%s/%s", folder, file);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    size_t length = strlen(text);
    int result = -1;

    if (fd >= 0) {
        result = write(fd, text, length) == (ssize_t)length ? 0 : -1;
        int cause = errno;
        close(fd);
        errno = cause;
    }
    free(path);
    return result;
}

/* ---- removing ---- */

/* Those of another namespace of process numbers are listed as 0. */
static bool kill_listed(const char *folder)
{
    char *path = mem_format("%s/cgroup.procs", folder);
    FILE *file = fopen(path, "re");
    bool any = false;
    long pid;

    while (file != NULL && fscanf(file, "%ld", &pid) == 1) {
        if (pid > 1 && pid != getpid()) {
            any = true;
            kill((pid_t)pid, SIGKILL);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    free(path);
    return any;
}

/* Calls `each` with every folder inside `folder`, and gives whether any call returned true. */
static bool for_inner(const char *folder, bool (*each)(const char *inner))
{
    DIR *list = opendir(folder);
    bool any = false;

    for (struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;) {
        if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char *inner = mem_format("%s/%s", folder, entry->d_name);
            any = each(inner) || any;
            free(inner);
        }
    }
    if (list != NULL) {
        closedir(list);
    }
    return any;
}

bool group_folder_kill(const char *folder)
{
    bool inner = for_inner(folder, group_folder_kill);
    return kill_listed(folder) || inner;
}

static bool remove_folders(const char *folder)
{
    for_inner(folder, remove_folders);
    return rmdir(folder) == 0 || errno == ENOENT;
}

bool group_folder_remove(const char *folder)
{
    uint64_t until_ns = clock_now_ns() + REMOVE_WITHIN_NS;

    for (;;) {
        group_folder_kill(folder);
        if (remove_folders(folder)) {
            return true;
        }
        if (errno != EBUSY || clock_now_ns() > until_ns) { /* busy: a process in it is still ending */
            return false;
        }
        clock_sleep_ns(LOOK_EVERY_NS);
    }
}

void group_folder_clean(const char *parent)
{
    DIR *list = opendir(parent);

    for (struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;) {
        if (entry->d_type != DT_DIR || strncmp(entry->d_name, GROUP_FOLDER_PREFIX, strlen(GROUP_FOLDER_PREFIX)) != 0) {
            continue;
        }
        char *path = mem_format("%s/%s", parent, entry->d_name);
        int lock = lock_folder(path);
        if (lock >= 0) {
            group_folder_remove(path);
            close(lock);
        }
        free(path);
    }
    if (list != NULL) {
        closedir(list);
    }
}
