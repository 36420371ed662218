/* Faults that use up CPU time. */
#include "toy.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

enum { FEW_DESCRIPTORS = 96, COLD_MS = 8000 };

static int burn(long us)
{
    toy_burn((uint64_t)us * US);
    return ANSWER_RIGHT;
}

static void limit_descriptors(long us)
{
    (void)us;
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){FEW_DESCRIPTORS, FEW_DESCRIPTORS});
}

/* --- one thread does the work of all ---------------------------------------------------------------------------------
 */

struct job {
    struct job *next;
    long us;
    bool done;
    pthread_cond_t ready;
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t some;
    struct job *first, *last;
} queue = {.mutex = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER};

static void *work_off(void *unused)
{
    pthread_mutex_lock(&queue.mutex);
    for (;;) {
        while (queue.first == NULL) {
            pthread_cond_wait(&queue.some, &queue.mutex);
        }
        struct job *job = queue.first;
        queue.first = job->next;
        pthread_mutex_unlock(&queue.mutex);
        toy_burn((uint64_t)job->us * US);
        pthread_mutex_lock(&queue.mutex);
        job->done = true;
        pthread_cond_signal(&job->ready);
    }
    return unused;
}

static void start_worker(long us)
{
    (void)us;
    toy_start(work_off, NULL);
}

static int hand_over(long us)
{
    struct job job = {.us = us, .ready = PTHREAD_COND_INITIALIZER};

    pthread_mutex_lock(&queue.mutex);
    if (queue.first == NULL) {
        queue.first = &job;
    } else {
        queue.last->next = &job;
    }
    queue.last = &job;
    pthread_cond_signal(&queue.some);
    while (!job.done) {
        pthread_cond_wait(&job.ready, &queue.mutex);
    }
    pthread_mutex_unlock(&queue.mutex);
    return ANSWER_RIGHT;
}

/* --- slow until it is warm -------------------------------------------------------------------------------------------
 */

static uint64_t warm_at_ns;

static void note_start(long us)
{
    (void)us;
    warm_at_ns = toy_now_ns() + COLD_MS * MS;
}

static int burn_until_warm(long us)
{
    toy_burn((toy_now_ns() < warm_at_ns ? (uint64_t)us : 50) * US);
    return ANSWER_RIGHT;
}

const struct fault toy_working[] = {
    {.name = "cpu", .work = burn},
    {.name = "cpu-few-descriptors", .prepare = limit_descriptors, .work = burn},
    {.name = "one-thread", .prepare = start_worker, .work = hand_over},
    {.name = "cold", .wake = note_start, .work = burn_until_warm},
    {.name = NULL},
};
