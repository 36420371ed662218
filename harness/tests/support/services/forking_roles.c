#include "child_roles.h"

#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MS 1000000L

/* What all processes of the role have used, told by themselves just before they end. */
static uint64_t *spent_ns;

static uint64_t used_by(int who)
{
    struct rusage usage;

    getrusage(who, &usage);
    return ((uint64_t)usage.ru_utime.tv_sec + (uint64_t)usage.ru_stime.tv_sec) * 1000000000 +
           ((uint64_t)usage.ru_utime.tv_usec + (uint64_t)usage.ru_stime.tv_usec) * 1000;
}

static uint64_t used_ns(void)
{
    return used_by(RUSAGE_SELF);
}

static void burn(long ns)
{
    uint64_t until = used_ns() + (uint64_t)ns;

    while (used_ns() < until) {
    }
}

_Noreturn static void leave_told(void)
{
    __atomic_fetch_add(spent_ns, used_ns(), __ATOMIC_RELAXED);
    _exit(0);
}

/* A child that works 2 ms itself and has a child that works 2 ms, too. */
_Noreturn static void run_errand(void)
{
    pid_t helper = fork();

    burn(2 * MS);
    if (helper == 0) {
        leave_told();
    }
    waitpid(helper, NULL, 0);
    leave_told();
}

static void begin(void)
{
    sigset_t start;
    int signal;

    spent_ns = mmap(NULL, sizeof *spent_ns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sigemptyset(&start);
    sigaddset(&start, SIGUSR1);
    sigprocmask(SIG_BLOCK, &start, NULL);
    printf("ready\n");
    fflush(stdout);
    sigwait(&start, &signal);
}

/* What a child used on its way out it cannot tell itself; the kernel knows it of those that were waited for. */
static int tell(void)
{
    uint64_t charged = used_by(RUSAGE_CHILDREN);

    if (charged > *spent_ns) {
        *spent_ns = charged;
    }
    printf("spent=%" PRIu64 "\n", *spent_ns + used_ns());
    return role_wait();
}

int role_errands(long number)
{
    begin();
    for (long i = 0; i < number; i++) {
        pid_t errand = fork();
        if (errand == 0) {
            run_errand();
        }
        waitpid(errand, NULL, 0);
    }
    return tell();
}

/* Sleeps before and after its work, so that it is seen. */
_Noreturn static void dawdle(long ms)
{
    const struct timespec pause = {.tv_nsec = ms * MS};

    nanosleep(&pause, NULL);
    burn(ms * MS);
    nanosleep(&pause, NULL);
    leave_told();
}

static void shift(long number)
{
    for (long i = 0; i < number; i++) {
        if (fork() == 0) {
            dawdle(40);
        }
    }
    while (wait(NULL) > 0) { /* also where nobody is charged for them: it returns when the last has ended */
    }
}

int role_shifts(long number)
{
    begin();
    for (long i = 0; i < number; i++) {
        shift(3);
    }
    return tell();
}

int role_careless(long number)
{
    signal(SIGCHLD, SIG_IGN);
    return role_shifts(number);
}

/* The parent has its child's memory and waits until that is another program or has ended. */
static int linger(void *unused)
{
    (void)unused;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sleep(120);
    _exit(0);
}

int role_blocked(long number)
{
    static char stack[65536] __attribute__((aligned(16)));
    (void)number;

    printf("ready\n");
    fflush(stdout);
    clone(linger, stack + sizeof stack, CLONE_VFORK | CLONE_VM | SIGCHLD, NULL);
    return role_wait();
}
