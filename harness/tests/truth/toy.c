#include "toy.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t read_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000 * MS + (uint64_t)time.tv_nsec;
}

uint64_t toy_now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void toy_burn(uint64_t ns)
{
    uint64_t end_ns = read_clock(CLOCK_THREAD_CPUTIME_ID) + ns;

    while (read_clock(CLOCK_THREAD_CPUTIME_ID) < end_ns) {
        for (volatile int i = 0; i < 100; i++) {
        }
    }
}

void toy_sleep_until(uint64_t at_ns)
{
    struct timespec time = {.tv_sec = (time_t)(at_ns / (1000 * MS)), .tv_nsec = (long)(at_ns % (1000 * MS))};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) {
    }
}

void toy_sleep(uint64_t ns)
{
    toy_sleep_until(toy_now_ns() + ns);
}

/* xorshift64* (Vigna 2016) */
double toy_uniform(void)
{
    static _Thread_local uint64_t state;

    if (state == 0) {
        state = (toy_now_ns() ^ (uint64_t)(uintptr_t)&state) | 1;
    }
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)(state * UINT64_C(0x2545f4914f6cdd1d) >> 11) / (double)(UINT64_C(1) << 53);
}

void toy_start(void *(*run)(void *), void *context)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, run, context) != 0) {
        perror("toy: a thread");
        exit(9);
    }
    pthread_detach(thread);
}

static const struct fault *find(const char *name)
{
    static const struct fault *const tables[] = {toy_working,   toy_waiting, toy_keeping,
                                                 toy_answering, toy_pausing, toy_forking};

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct fault *fault = tables[i]; fault->name != NULL; fault++) {
            if (strcmp(fault->name, name) == 0) {
                return fault;
            }
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const struct fault *fault = argc > 1 ? find(argv[1]) : NULL;
    long amount = argc > 2 ? strtol(argv[2], NULL, 10) : 0;

    if (fault == NULL) {
        fprintf(stderr, "usage: toy FAULT [AMOUNT]\n");
        return 2;
    }
    if (fault->prepare != NULL) {
        fault->prepare(amount);
    }
    toy_serve(fault, amount);
}
