#include "host/process/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Ignored signals and the mask survive exec; a harness that ignores SIGPIPE must not make its services ignore it. */
static void reset_signals(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int signal = 1; signal < NSIG; signal++) {
        sigaction(signal, &usual, NULL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void set_standard_files(const struct launch *launch)
{
    dup2(launch->input, 0);
    if (launch->output >= 0) {
        dup2(launch->output, 1);
        dup2(launch->output, 2);
    } else {
        close(1);
        close(2);
    }
#ifdef SYS_close_range
    /* Whatever in this process was opened without O_CLOEXEC does not count among the service's file descriptors. */
    syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
#endif
}

static void report_and_leave(const struct launch *launch, enum launch_stage stage)
{
    struct launch_failure failure = {.stage = stage, .cause = errno};

    if (launch->report >= 0 && write(launch->report, &failure, sizeof failure) < 0) {
        _exit(126);
    }
    _exit(127);
}

static void become(const struct launch *launch)
{
    setpgid(0, 0);
    if (launch->owner != 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != launch->owner) {
            _exit(127); /* it died before the line above */
        }
    }
    reset_signals();
    for (size_t i = 0; i < launch->group_count; i++) {
        if (write(launch->groups[i], "0", 1) != 1) {
            report_and_leave(launch, LAUNCH_GROUP);
        }
    }
    set_standard_files(launch);
    if (launch->folder != NULL && chdir(launch->folder) != 0) {
        report_and_leave(launch, LAUNCH_FOLDER);
    }
    if (launch->cores != NULL && sched_setaffinity(0, sizeof *launch->cores, (const cpu_set_t *)launch->cores) != 0) {
        report_and_leave(launch, LAUNCH_CORES);
    }
    execve(launch->path, launch->argv, launch->environment);
    report_and_leave(launch, LAUNCH_EXEC);
}

pid_t launch_fork(const struct launch *launch)
{
    sigset_t all, before;

    /* A handler of this process must not run in the child. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) {
        become(launch);
    }
    int cause = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pid > 0) {
        setpgid(pid, pid); /* whichever of the two runs first */
    }
    errno = cause;
    return pid;
}

bool launch_failed(int report, struct launch_failure *ret_failure)
{
    struct launch_failure failure;
    ssize_t got;

    do {
        got = read(report, &failure, sizeof failure);
    } while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof failure) {
        return false;
    }
    *ret_failure = failure;
    return true;
}

/* `fd`, or a copy of it above the standard three where this process was started without them. */
static int above_standard(int fd)
{
    if (fd < 0 || fd > 2) {
        return fd;
    }
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    int cause = errno;
    close(fd);
    errno = cause;
    return copy;
}

int launch_pipe(int ends[2])
{
    int made[2];

    if (pipe2(made, O_CLOEXEC) != 0) {
        return -1;
    }
    made[0] = above_standard(made[0]);
    made[1] = above_standard(made[1]);
    if (made[0] < 0 || made[1] < 0) {
        if (made[0] >= 0) {
            close(made[0]);
        }
        if (made[1] >= 0) {
            close(made[1]);
        }
        return -1;
    }
    ends[0] = made[0];
    ends[1] = made[1];
    return 0;
}

int launch_null(void)
{
    return above_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
}
