#include "host/proc/adopted.h"

#include "base/clock.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of an environment; a mark beyond it is not found. */
#define ENVIRONMENT_SIZE 65536

void adopted_begin(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/* The moment tells apart what one process starts, and processes that have the same number one after the other. */
void adopted_mark(char mark[ADOPTED_MARK_SIZE])
{
    snprintf(mark, ADOPTED_MARK_SIZE, ADOPTED_VARIABLE "=%d-%d-%" PRIx64, (int)getpid(), (int)gettid(), clock_now_ns());
}

/* The environment of a process, in which NUL ends each variable, or NULL. */
static char *read_environment(pid_t pid, size_t *ret_length)
{
    char path[32];

    snprintf(path, sizeof path, "/proc/%d/environ", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return NULL;
    }
    char *text = malloc(ENVIRONMENT_SIZE + 1);
    ssize_t got = 0;
    *ret_length = 0;
    while (text != NULL && *ret_length < ENVIRONMENT_SIZE &&
           (got = read(fd, text + *ret_length, ENVIRONMENT_SIZE - *ret_length)) > 0) {
        *ret_length += (size_t)got;
    }
    close(fd);
    if (text != NULL) {
        text[*ret_length] = '\0';
    }
    return text;
}

/* Whether one of the variables begins with `start`; `whole`: and ends with it. */
static bool has_variable(pid_t pid, const char *start, bool whole)
{
    size_t length, wanted = strlen(start);
    char *text = read_environment(pid, &length);
    bool found = false;

    for (size_t at = 0; text != NULL && at < length && !found; at += strlen(text + at) + 1) {
        found = strncmp(text + at, start, wanted) == 0 && (!whole || text[at + wanted] == '\0');
    }
    free(text);
    return found;
}

bool adopted_has_mark(pid_t pid, const char *mark)
{
    return has_variable(pid, mark, true);
}

bool adopted_is_orphan(const struct proc_entry *entry)
{
    return entry->parent == getpid() && (entry->group != entry->pid || entry->session != getsid(0));
}

bool adopted_belongs(const struct proc_entry *entry, const char *mark)
{
    return adopted_has_mark(entry->pid, mark) ||
           (adopted_is_orphan(entry) && !has_variable(entry->pid, ADOPTED_VARIABLE "=", false));
}

void adopted_reap(const char *pids)
{
    struct proc_entry entry;
    char *end;

    for (long pid = strtol(pids, &end, 10); end != pids; pid = strtol(pids, &end, 10)) {
        if (proc_scan_one((pid_t)pid, &entry) == 0 && entry.ended && adopted_is_orphan(&entry)) {
            waitpid((pid_t)pid, NULL, WNOHANG);
        }
        pids = end;
    }
}
