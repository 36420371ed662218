/* Faults of the responses, and deaths. */
#include "toy.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { CROWD = 12, BUSY_MS = 5, BURST = 40 };

static atomic_long served;
static atomic_int inside;

static int die(long after)
{
    if (atomic_fetch_add(&served, 1) == after) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    }
    return ANSWER_RIGHT;
}

static int leave(long after)
{
    if (atomic_fetch_add(&served, 1) == after) {
        fprintf(stderr, "toy: the configuration is gone\n");
        exit(3);
    }
    return ANSWER_RIGHT;
}

/* `otherwise` where more than CROWD are under way, which each takes BUSY_MS: at about 2,400/s. */
static int unless_crowded(int otherwise, bool at_once)
{
    bool crowded = atomic_fetch_add(&inside, 1) >= CROWD;

    if (!crowded || !at_once) {
        toy_sleep(BUSY_MS * MS);
    }
    atomic_fetch_sub(&inside, 1);
    return crowded ? otherwise : ANSWER_RIGHT;
}

static int mix_up(long unused)
{
    (void)unused;
    return unless_crowded(ANSWER_WRONG, false);
}

static int refuse_crowd(long status)
{
    return unless_crowded((int)status, true);
}

/* 429 to all above `rate` a second, but for a burst. */
static int ration(long rate)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static double tokens = BURST;
    static uint64_t last_ns;
    int answer = ANSWER_RIGHT;

    pthread_mutex_lock(&lock);
    uint64_t now_ns = toy_now_ns();
    tokens += last_ns > 0 ? (double)(now_ns - last_ns) * 1e-9 * (double)rate : 0;
    tokens = tokens < BURST ? tokens : BURST;
    last_ns = now_ns;
    if (tokens >= 1) {
        tokens -= 1;
    } else {
        answer = 429;
    }
    pthread_mutex_unlock(&lock);
    return answer;
}

static int refuse_all(long status)
{
    return (int)status;
}

static int at_times(long per_mille, int otherwise)
{
    return toy_uniform() * 1000 < (double)per_mille ? otherwise : ANSWER_RIGHT;
}

static int keep_silent(long per_mille)
{
    return at_times(per_mille, ANSWER_NEVER);
}

static int reset(long per_mille)
{
    return at_times(per_mille, ANSWER_RESET);
}

const struct fault toy_answering[] = {
    {.name = "signal", .work = die},
    {.name = "exit", .work = leave},
    {.name = "wrong", .work = mix_up},
    {.name = "crowd", .work = refuse_crowd},
    {.name = "ration", .work = ration},
    {.name = "refusal", .work = refuse_all},
    {.name = "silence", .work = keep_silent},
    {.name = "reset", .work = reset},
    {.name = NULL},
};
