/* Faults of time: it stops, once or again and again. */
#include "toy.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PERIOD_MS = 2000, STOP_PERIOD_MS = 3000, BIN_MS = 100, BINS = 5, PER_BIN = 250 };

/* Preferring writers, or a pause would wait for a moment without requests. */
static pthread_rwlock_t world = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void hold_world(uint64_t ns)
{
    pthread_rwlock_wrlock(&world);
    toy_sleep(ns);
    pthread_rwlock_unlock(&world);
}

static int pass(long unused)
{
    (void)unused;
    pthread_rwlock_rdlock(&world);
    pthread_rwlock_unlock(&world);
    return ANSWER_RIGHT;
}

static void *pause_often(void *context)
{
    uint64_t at_ns = toy_now_ns(), length_ns = (uint64_t)(intptr_t)context * MS;

    for (;;) {
        at_ns += PERIOD_MS * MS;
        toy_sleep_until(at_ns);
        hold_world(length_ns);
    }
    return NULL;
}

static void start_pauses(long ms)
{
    toy_start(pause_often, (void *)(intptr_t)ms);
}

/* --- one stall, half a second after the load has become high
 * ---------------------------------------------------------- */

static atomic_uint arrived;

static int count_and_pass(long ms)
{
    atomic_fetch_add(&arrived, 1);
    return pass(ms);
}

static void *stall_once(void *context)
{
    unsigned high = 0;

    while (high < BINS) {
        toy_sleep(BIN_MS * MS);
        high = atomic_exchange(&arrived, 0) >= PER_BIN ? high + 1 : 0;
    }
    hold_world((uint64_t)(intptr_t)context * MS);
    return NULL;
}

static void start_stall(long ms)
{
    toy_start(stall_once, (void *)(intptr_t)ms);
}

/* --- stopped from outside
 * --------------------------------------------------------------------------------------------- */

/* The end that wakes who stops the toy; closed when the toy is gone. */
static int alarm_line[2];

static void start_stopper(long ms)
{
    pid_t toy = getpid();
    char word;

    if (pipe(alarm_line) != 0 || fork() != 0) {
        close(alarm_line[0]);
        return;
    }
    close(alarm_line[1]);
    if (read(alarm_line[0], &word, 1) != 1) {
        _exit(0);
    }
    for (uint64_t at_ns = toy_now_ns() + STOP_PERIOD_MS * MS; getppid() == toy; at_ns += STOP_PERIOD_MS * MS) {
        toy_sleep_until(at_ns);
        kill(toy, SIGSTOP);
        toy_sleep((uint64_t)ms * MS);
        kill(toy, SIGCONT);
    }
    _exit(0);
}

static void wake_stopper(long ms)
{
    (void)ms;
    if (write(alarm_line[1], "!", 1) != 1) {
        _exit(9);
    }
}

const struct fault toy_pausing[] = {
    {.name = "pauses", .wake = start_pauses, .work = pass},
    {.name = "stall", .wake = start_stall, .work = count_and_pass},
    {.name = "stops", .prepare = start_stopper, .wake = wake_stopper},
    {.name = NULL},
};
