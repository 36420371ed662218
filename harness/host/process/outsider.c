#include "host/process/outsider.h"

#include "base/clock.h"
#include "host/process/offspring.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int outsider_hold(struct outsider *outsider, pid_t pid, bool ours)
{
    *outsider = (struct outsider){0};
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0 && errno == ESRCH) {
        return -1;
    }
    *outsider = (struct outsider){.pid = pid, .fd = fd, .ours = ours};
    return 0;
}

/* A pidfd can be read once the process has ended. */
static bool wait_for_end(const struct outsider *outsider, uint64_t timeout_ns)
{
    struct pollfd end = {.fd = outsider->fd, .events = POLLIN};

    return poll(&end, 1, (int)(timeout_ns / CLOCK_MILLISECOND_NS)) > 0;
}

bool outsider_ended(const struct outsider *outsider)
{
    if (outsider->pid == 0) {
        return false;
    }
    if (outsider->fd < 0) {
        return kill(outsider->pid, 0) != 0 && errno == ESRCH;
    }
    return wait_for_end(outsider, 0);
}

/* Without a pidfd nothing is ended: its number may be another's by then. */
static void end_family(const struct outsider *outsider, uint64_t patience_ns)
{
    struct offspring family = {0};

    offspring_add(&family, outsider->pid, NULL);
    syscall(SYS_pidfd_send_signal, outsider->fd, SIGTERM, NULL, 0);
    syscall(SYS_pidfd_send_signal, outsider->fd, SIGCONT, NULL, 0); /* a suspended process ends only then */
    if (!wait_for_end(outsider, patience_ns)) {
        offspring_add(&family, outsider->pid, NULL);
        syscall(SYS_pidfd_send_signal, outsider->fd, SIGKILL, NULL, 0);
        wait_for_end(outsider, 10 * CLOCK_SECOND_NS);
    }
    offspring_kill(&family);
    offspring_wait(&family, clock_now_ns() + 2 * CLOCK_SECOND_NS);
    offspring_release(&family);
}

void outsider_end(struct outsider *outsider, uint64_t patience_ns)
{
    if (outsider->pid != 0 && outsider->ours && outsider->fd >= 0 && !outsider_ended(outsider)) {
        end_family(outsider, patience_ns);
    }
    if (outsider->pid != 0 && outsider->fd >= 0) {
        close(outsider->fd);
    }
    *outsider = (struct outsider){0};
}
