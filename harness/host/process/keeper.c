#include "host/process/keeper.h"

#include "base/text.h"
#include "host/process/child.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What execvp failed with, as the exit status of a child that is none yet. */
#define NOT_STARTED 127

struct keeper {
    const struct keeper_options *options;
    sigset_t awaited, before;
    bool stopping;
};

static void become(const struct keeper *keeper)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_SETMASK, &keeper->before, NULL);
    execvp(keeper->options->argv[0], keeper->options->argv);
    _exit(NOT_STARTED);
}

/* Until the program has ended. SIGTERM and SIGINT are passed on. */
static int wait_for(struct keeper *keeper, pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, WNOHANG) == 0) {
        int number = sigwaitinfo(&keeper->awaited, NULL);
        if (number == SIGTERM || number == SIGINT) {
            keeper->stopping = true;
            kill(pid, number);
        }
    }
    return status;
}

static void pause_before_the_next(struct keeper *keeper)
{
    const struct timespec pause = {.tv_nsec = KEEPER_PAUSE_MS * 1000000L};
    sigset_t stops;

    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    keeper->stopping = sigtimedwait(&stops, NULL, &pause) > 0;
}

static struct ending ending_of(int status)
{
    return (struct ending){.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                           .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0};
}

static void tell(const struct keeper *keeper, const struct ending *ending)
{
    struct text how = {0};

    ending_describe(ending, &how);
    if (keeper->options->ended != NULL) {
        keeper->options->ended(keeper->options->context, how.data);
    }
    text_release(&how);
}

int keeper_run(const struct keeper_options *options, struct error *err)
{
    struct keeper keeper = {.options = options};
    struct ending ending = {0};

    sigemptyset(&keeper.awaited);
    sigaddset(&keeper.awaited, SIGTERM);
    sigaddset(&keeper.awaited, SIGINT);
    sigaddset(&keeper.awaited, SIGCHLD);
    sigprocmask(SIG_BLOCK, &keeper.awaited, &keeper.before);
    for (bool first = true; !keeper.stopping; first = false) {
        pid_t pid = fork();
        if (pid == 0) {
            become(&keeper);
        }
        if (pid < 0) {
            return error_failed(err, "%s cannot be started: %s", options->argv[0], strerror(errno));
        }
        ending = ending_of(wait_for(&keeper, pid));
        if (first && ending.exit_code == NOT_STARTED) {
            return error_failed(err, "%s cannot be started", options->argv[0]);
        }
        if (!keeper.stopping) {
            tell(&keeper, &ending);
            pause_before_the_next(&keeper);
        }
    }
    return ending.signal != 0 ? 128 + ending.signal : ending.exit_code;
}
