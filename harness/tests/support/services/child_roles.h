/* child_roles: what the program of a test does when the test starts it again as a child: `PROGRAM ROLE [NUMBER]`. Each
 * role prints "ready" when it has reached the state that the test needs. The tests of host include this header; it uses
 * none of their library. */
#ifndef TWOFOLD_TESTS_SUPPORT_CHILD_ROLES_H
#define TWOFOLD_TESTS_SUPPORT_CHILD_ROLES_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int role_wait(void)
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

static void *rest(void *unused)
{
    for (;;) {
        pause();
    }
    return unused;
}

static void start_threads(long number)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 65536);
    for (long i = 0; i < number; i++) {
        if (pthread_create(&thread, &attributes, rest, NULL) != 0) {
            printf("no more threads than %ld\n", i);
        }
    }
}

static int role_threads(long number)
{
    start_threads(number);
    return role_wait();
}

/* Its first thread ends, another goes on. */
static int role_headless(long number)
{
    start_threads(number);
    printf("ready\n");
    fflush(stdout);
    pthread_exit(NULL);
}

static void *work_a_little(void *unused)
{
    for (volatile unsigned i = 0; i < 100000; i++) {
    }
    return unused;
}

/* For ever `number` threads at a time that begin, work a little and end. */
static int role_churn(long number)
{
    pthread_t threads[64];

    for (;;) {
        for (long i = 0; i < number && i < 64; i++) {
            pthread_create(&threads[i], NULL, work_a_little, NULL);
        }
        for (long i = 0; i < number && i < 64; i++) {
            pthread_join(threads[i], NULL);
        }
    }
    return 0;
}

static void *spin(void *unused)
{
    for (volatile unsigned long i = 0;; i++) {
    }
    return unused;
}

static int role_busy(long number)
{
    pthread_t thread;

    prctl(PR_SET_NAME, ") R 1 (x y");
    start_threads(number);
    pthread_create(&thread, NULL, spin, NULL);
    return role_wait();
}

/* `number` MiB, touched; half of them are given back at SIGUSR1. */
static int role_hoard(long number)
{
    size_t bytes = (size_t)number << 20;
    sigset_t give_back;
    int signal;

    sigemptyset(&give_back);
    sigaddset(&give_back, SIGUSR1);
    sigprocmask(SIG_BLOCK, &give_back, NULL);
    char *hoard = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(hoard, 1, bytes);
    printf("ready\n");
    fflush(stdout);
    sigwait(&give_back, &signal);
    munmap(hoard, bytes / 2);
    printf("given back\n");
    return role_wait();
}

static int role_descriptors(long number)
{
    for (long i = 0; i < number; i++) {
        if (open("/dev/null", O_RDONLY) < 0) {
            return 9;
        }
    }
    return role_wait();
}

/* Listens on 127.0.0.1:PORT with `number` sockets and never accepts. */
static int role_deaf(long number)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int on = 1;

    address.sin_port = htons((uint16_t)strtol(getenv("PORT"), NULL, 10));
    for (long i = 0; i < number; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
        if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) {
            return 9;
        }
    }
    return role_wait();
}

/* All that it was given by whoever started it. */
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
            printf("inherited descriptor %d\n", fd);
        }
    }
    return 0;
}

static const struct {
    const char *name;
    int (*play)(long number);
} child_roles[] = {
    {"calm", role_calm},
    {"churn", role_churn},
    {"graceful", role_graceful},
    {"stubborn", role_stubborn},
    {"noisy", role_noisy},
    {"leave", role_leave},
    {"crash", role_crash},
    {"brood", role_brood},
    {"family", role_family},
    {"orphan", role_orphan},
    {"threads", role_threads},
    {"headless", role_headless},
    {"busy", role_busy},
    {"hoard", role_hoard},
    {"deaf", role_deaf},
    {"tell", role_tell},
    {"descriptors", role_descriptors},
};

/* The first thing main does: whether this is a child with a role, which is then played out. */
static bool child_role_played(int argc, char **argv, int *ret_status)
{
    for (size_t i = 0; argc > 1 && i < sizeof child_roles / sizeof child_roles[0]; i++) {
        if (strcmp(argv[1], child_roles[i].name) == 0) {
            *ret_status = child_roles[i].play(argc > 2 ? strtol(argv[2], NULL, 10) : 0);
            return true;
        }
    }
    return false;
}

/* The path of this program, to be started again. */
static char *child_program(void)
{
    static char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    return path;
}

#endif
