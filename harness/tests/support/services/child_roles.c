#include "child_roles.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- how it ends ---- */

int role_wait(void)
{
    printf("ready\n");
    fflush(stdout);
    while (pause() < 0) {
    }
    return 9;
}

static int role_calm(long number)
{
    (void)number;
    return role_wait();
}

static void leave_well(int signal)
{
    (void)signal;
    _exit(0);
}

static int role_graceful(long number)
{
    (void)number;
    signal(SIGTERM, leave_well);
    return role_wait();
}

static int role_stubborn(long number)
{
    (void)number;
    signal(SIGTERM, SIG_IGN);
    return role_wait();
}

/* `number` bytes to standard error, then the last words. */
static int role_noisy(long number)
{
    char line[1000];

    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    for (long done = 0; done < number; done += (long)sizeof line) {
        if (write(2, line, sizeof line) != (ssize_t)sizeof line) {
            return 9;
        }
    }
    printf("last words\n");
    return 0;
}

static int role_leave(long number)
{
    fprintf(stderr, "leaving with %ld\n", number);
    return (int)number;
}

static int role_crash(long number)
{
    (void)number;
    printf("about to crash\n");
    fflush(stdout);
    signal(SIGSEGV, SIG_DFL); /* the sanitizer's handler would turn it into an exit */
    raise(SIGSEGV);
    return 0;
}

/* ---- its family ---- */

static int have_family(long number, bool one_leaves)
{
    for (long i = 0; i < number; i++) {
        if (fork() == 0) {
            if (fork() == 0 && one_leaves && i == number - 1) {
                setsid();
            }
            for (;;) {
                pause();
            }
        }
    }
    usleep(100000);
    return role_wait();
}

/* `number` children, each with a child of its own. */
static int role_family(long number)
{
    return have_family(number, false);
}

/* The same, but the last grandchild leaves the process group. */
static int role_brood(long number)
{
    return have_family(number, true);
}

/* A child that lives on when its parent has gone. */
static int role_orphan(long number)
{
    (void)number;
    if (fork() == 0) {
        for (;;) {
            pause();
        }
    }
    return 0;
}

/* A daemon, as programs that put themselves into the background make one: it has left the session and lost its parent.
 * `number` 1: it has nothing in its environment either; 2: it works all the time. */
static int role_stray(long number)
{
    pid_t middle = fork();

    if (middle == 0) {
        if (fork() != 0) {
            _exit(0);
        }
        setsid();
        if (number == 1) {
            char *argv[] = {child_program(), "calm", NULL}, *nothing[] = {NULL};
            execve(argv[0], argv, nothing);
        }
        for (;;) {
            if (number != 2) {
                pause();
            }
        }
    }
    waitpid(middle, NULL, 0);
    return role_wait();
}

/* ---- what it was given ---- */

static int role_tell(long number)
{
    char folder[4096];
    struct sigaction pipe_signal;
    sigset_t mask;
    cpu_set_t cores;

    (void)number;
    sigaction(SIGPIPE, NULL, &pipe_signal);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    sched_getaffinity(0, sizeof cores, &cores);
    printf("PORT=%s HOME=%s folder=%s\n", getenv("PORT"), getenv("HOME"), getcwd(folder, sizeof folder));
    printf("group=%d pipe=%d term_blocked=%d cores=%d core0=%d input=%zd\n", getpgrp() == getpid(),
           pipe_signal.sa_handler == SIG_IGN, sigismember(&mask, SIGTERM), CPU_COUNT(&cores), CPU_ISSET(0, &cores) != 0,
           read(0, folder, sizeof folder));
    for (int fd = 3; fd < 1024; fd++) {
        if (fcntl(fd, F_GETFD) != -1) {
            printf("inherited file descriptor %d\n", fd);
        }
    }
    return 0;
}

/* ---- all of them ---- */

static const struct {
    const char *name;
    int (*play)(long number);
} child_roles[] = {
    {"calm", role_calm},       {"churn", role_churn},     {"graceful", role_graceful},   {"stubborn", role_stubborn},
    {"noisy", role_noisy},     {"leave", role_leave},     {"crash", role_crash},         {"brood", role_brood},
    {"family", role_family},   {"orphan", role_orphan},   {"threads", role_threads},     {"headless", role_headless},
    {"busy", role_busy},       {"hoard", role_hoard},     {"deaf", role_deaf},           {"tell", role_tell},
    {"files", role_files},     {"errands", role_errands}, {"shifts", role_shifts},       {"careless", role_careless},
    {"blocked", role_blocked}, {"daemon", role_daemon},   {"container", role_container}, {"proxy", role_proxy},
    {"stray", role_stray},
};

bool child_role_played(int argc, char **argv, int *ret_status)
{
    for (size_t i = 0; argc > 1 && i < sizeof child_roles / sizeof child_roles[0]; i++) {
        if (strcmp(argv[1], child_roles[i].name) == 0) {
            long number = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
            *ret_status = child_roles[i].play(number);
            return true;
        }
    }
    return false;
}

char *child_program(void)
{
    static char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    return path;
}
