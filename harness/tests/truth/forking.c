/* Faults of processes: whose CPU time it is. */
#include "toy.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LIFE_MOST_S = 600 };

/* A child for each request burns the time. */
static int burn_in_child(long us)
{
    pid_t child = fork();

    if (child == 0) {
        toy_burn((uint64_t)us * US);
        _exit(0);
    }
    return child > 0 && waitpid(child, NULL, 0) == child ? ANSWER_RIGHT : 500;
}

/* Whether this is a process that init, not the caller, is the parent of. The caller goes on at once. It ends by itself
 * should nobody end it. */
static bool in_stranger(void)
{
    pid_t middle = fork();

    if (middle != 0) {
        waitpid(middle, NULL, 0);
        return false;
    }
    setsid();
    if (fork() != 0) {
        _exit(0);
    }
    alarm(LIFE_MOST_S);
    return true;
}

/* --- a helper of its own that left the tree does the work --------------------------------------------------------- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int line[2];

static void start_helper(long us)
{
    char question;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0) {
        _exit(9);
    }
    if (!in_stranger()) {
        close(line[1]);
        return;
    }
    close(line[0]);
    while (read(line[1], &question, 1) == 1) {
        toy_burn((uint64_t)us * US);
        if (write(line[1], &question, 1) != 1) {
            break;
        }
    }
    _exit(0);
}

static int ask_helper(long us)
{
    char question = '?';
    (void)us;

    pthread_mutex_lock(&lock);
    bool answered = write(line[0], &question, 1) == 1 && read(line[0], &question, 1) == 1;
    pthread_mutex_unlock(&lock);
    return answered ? ANSWER_RIGHT : 500;
}

/* --- a daemon: who was started leaves nothing to do, who listens is a stranger ---------------------------------------
 */

static int burn(long us)
{
    toy_burn((uint64_t)us * US);
    return ANSWER_RIGHT;
}

static void become_daemon(long us)
{
    (void)us;
    if (!in_stranger()) {
        for (;;) {
            pause();
        }
    }
}

const struct fault toy_forking[] = {
    {.name = "child-per-request", .work = burn_in_child},
    {.name = "helper", .prepare = start_helper, .work = ask_helper},
    {.name = "daemon", .prepare = become_daemon, .work = burn},
    {.name = NULL},
};
