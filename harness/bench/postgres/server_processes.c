#include "bench/postgres/server_processes.h"

#include "base/clock.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define LOOK_AGAIN_NS (10 * CLOCK_MILLISECOND_NS)

static bool works_in(long pid, const struct stat *data)
{
    char path[64];
    struct stat folder;

    snprintf(path, sizeof path, "/proc/%ld/cwd", pid);
    return stat(path, &folder) == 0 && folder.st_dev == data->st_dev && folder.st_ino == data->st_ino;
}

size_t server_processes_signal(const char *data_folder, int signal)
{
    struct stat data;
    size_t count = 0;
    DIR *proc = stat(data_folder, &data) == 0 ? opendir("/proc") : NULL;

    if (proc == NULL) {
        return 0;
    }
    for (const struct dirent *entry; (entry = readdir(proc)) != NULL;) {
        long pid = strtol(entry->d_name, NULL, 10);
        if (pid > 0 && works_in(pid, &data) && kill((pid_t)pid, signal) == 0) {
            count++;
        }
    }
    closedir(proc);
    return count;
}

void server_processes_end(const char *data_folder, uint64_t timeout_ns)
{
    uint64_t until_ns = clock_now_ns() + timeout_ns;

    while (server_processes_signal(data_folder, SIGKILL) > 0 && clock_now_ns() < until_ns) {
        clock_sleep_ns(LOOK_AGAIN_NS);
    }
}
