#include "host/process/offspring.h"

#include "base/clock.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/proc/adopted.h"
#include "host/proc/proc_scan.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void hold(struct offspring *offspring, pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd >= 0) {
        *list_add(offspring->held, offspring->count) = (struct offspring_held){.pid = pid, .fd = fd};
    }
}

/* Children may come before their parents in the list, so this is repeated until nothing new is found. */
static void mark_descendants(const struct proc_entry *entries, size_t count, pid_t pid, bool *marks)
{
    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < count; i++) {
            bool is_child = entries[i].parent == pid;
            for (size_t j = 0; !marks[i] && !is_child && j < count; j++) {
                is_child = marks[j] && entries[j].pid == entries[i].parent;
            }
            if (!marks[i] && is_child) {
                marks[i] = true;
                found = true;
            }
        }
    }
}

/* Of those that ended long ago nobody else takes the number. */
static void mark_orphans(const struct proc_entry *entries, size_t count, const char *mark, bool *marks)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].ended && adopted_is_orphan(&entries[i])) {
            waitpid(entries[i].pid, NULL, WNOHANG);
        } else if (entries[i].pid != getpid()) {
            marks[i] = !entries[i].ended && adopted_belongs(&entries[i], mark);
        }
    }
}

void offspring_add(struct offspring *offspring, pid_t pid, const char *mark)
{
    size_t count;
    struct proc_entry *entries = proc_scan(&count);
    bool *marks = mem_new(count, sizeof *marks);

    if (mark != NULL) {
        mark_orphans(entries, count, mark, marks);
    }
    mark_descendants(entries, count, pid, marks);
    for (size_t i = 0; i < count; i++) {
        if ((marks[i] || entries[i].group == pid) && entries[i].pid != pid && !entries[i].ended) {
            hold(offspring, entries[i].pid);
        }
    }
    free(marks);
    free(entries);
}

void offspring_kill(const struct offspring *offspring)
{
    for (size_t i = 0; i < offspring->count; i++) {
        syscall(SYS_pidfd_send_signal, offspring->held[i].fd, SIGKILL, NULL, 0);
    }
}

void offspring_wait(const struct offspring *offspring, uint64_t until_ns)
{
    for (size_t i = 0; i < offspring->count; i++) {
        struct pollfd end = {.fd = offspring->held[i].fd, .events = POLLIN};
        uint64_t now = clock_now_ns();
        poll(&end, 1, now < until_ns ? (int)((until_ns - now) / CLOCK_MILLISECOND_NS) + 1 : 0);
    }
}

void offspring_release(struct offspring *offspring)
{
    for (size_t i = 0; i < offspring->count; i++) {
        waitpid(offspring->held[i].pid, NULL, WNOHANG);
        close(offspring->held[i].fd);
    }
    free(offspring->held);
    *offspring = (struct offspring){0};
}
