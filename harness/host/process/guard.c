#include "host/process/guard.h"

#include "base/list.h"
#include "host/process/launch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often the guard looks whether the group has ended. */
#define GUARD_LOOK_MS 100

/* Kills the group, once it had the time that it was given, and twice, for those that fork meanwhile, what has the mark
 * in its environment; then what is left in its control groups, which it removes. */
static const char guard_script[] =
    "read _; i=0; while [ $i -lt $3 ] && kill -s 0 -- \"-$1\"; do sleep 0.1; i=$((i + 1)); done\n"
    "kill -s KILL -- \"-$1\"\n"
    "for _ in 1 2; do for at in $(grep -lszxF -- \"$2\" /proc/[0-9]*/environ); do\n"
    "pid=${at#/proc/}; kill -s KILL \"${pid%/environ}\"; done; done\n"
    "shift 3; for group; do i=0; while [ -d \"$group\" ] && [ $i -lt 20 ]; do\n"
    "while read -r pid; do [ \"$pid\" -gt 1 ] && kill -s KILL \"$pid\"; done <\"$group/cgroup.procs\"\n"
    "rmdir \"$group\" || sleep 0.1; i=$((i + 1)); done; done";

static char **command_of(char *const *own, char *const *folders)
{
    char *const *lists[] = {own, folders};
    char **argv = NULL;
    size_t count = 0;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (char *const *word = lists[i]; word != NULL && *word != NULL; word++) {
            *list_add(argv, count) = *word;
        }
    }
    *list_add(argv, count) = NULL;
    return argv;
}

/* It blocks until the other end of the pipe, which only this process holds, is closed by this process's death; then it
 * kills. It is a program of its own and not a fork: a fork would share the generator's pages, so that the
 * generator would have to copy each page that it writes to. */
void guard_start(struct guard *guard, const struct guard_options *options)
{
    char group[16], looks[16];
    char *own[] = {"sh", "-c", (char *)guard_script, "twofold-guard", group, (char *)options->mark, looks, NULL};
    struct launch launch = {.path = "/bin/sh", .environment = environ, .output = -1, .report = -1};
    int ends[2];

    guard->pid = -1;
    guard->pipe = -1;
    if (launch_pipe(ends) != 0) {
        return;
    }
    snprintf(group, sizeof group, "%d", (int)options->group);
    snprintf(looks, sizeof looks, "%u", options->patience_ms / GUARD_LOOK_MS);
    char **argv = command_of(own, options->folders);
    launch.argv = argv;
    launch.input = ends[0];
    guard->pid = launch_fork(&launch);
    guard->pipe = ends[1];
    close(ends[0]);
    free((void *)argv);
}

void guard_end(struct guard *guard)
{
    if (guard->pid > 0) {
        kill(guard->pid, SIGKILL);
        while (waitpid(guard->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    if (guard->pipe >= 0) {
        close(guard->pipe);
    }
}
