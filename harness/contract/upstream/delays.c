#include "contract/upstream/delays.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

static void put(struct delays *delays, size_t place, struct delay *delay)
{
    delays->heap[place] = delay;
    delay->place = place;
}

static void rise(struct delays *delays, size_t place)
{
    struct delay *delay = delays->heap[place];

    for (; place > 1 && delays->heap[place / 2]->due_ns > delay->due_ns; place /= 2) {
        put(delays, place, delays->heap[place / 2]);
    }
    put(delays, place, delay);
}

static void sink(struct delays *delays, size_t place)
{
    struct delay *delay = delays->heap[place];

    for (size_t child = 2 * place; child <= delays->count; child = 2 * place) {
        if (child < delays->count && delays->heap[child + 1]->due_ns < delays->heap[child]->due_ns) {
            child++;
        }
        if (delays->heap[child]->due_ns >= delay->due_ns) {
            break;
        }
        put(delays, place, delays->heap[child]);
        place = child;
    }
    put(delays, place, delay);
}

/* A timer that fires for nothing is cheaper than one set anew for each change: it is only ever set earlier. */
static void arm(struct delays *delays)
{
    uint64_t due_ns = delays->count > 0 ? delays->heap[1]->due_ns : UINT64_MAX;
    if (due_ns >= delays->armed_ns) {
        return;
    }
    struct itimerspec at = {
        .it_value = {.tv_sec = (time_t)(due_ns / CLOCK_SECOND_NS), .tv_nsec = (long)(due_ns % CLOCK_SECOND_NS)}};
    timerfd_settime(delays->timer, TFD_TIMER_ABSTIME, &at, NULL);
    delays->armed_ns = due_ns;
}

static void on_timer(uv_poll_t *poll, int status, int events)
{
    struct delays *delays = poll->data;
    uint64_t expirations;
    (void)status;
    (void)events;

    if (read(delays->timer, &expirations, sizeof expirations) > 0) {
        delays->armed_ns = UINT64_MAX;
    }
    while (delays->count > 0 && delays->heap[1]->due_ns <= clock_now_ns()) {
        struct delay *delay = delays->heap[1];
        delays_remove(delays, delay);
        delays->due(delay->owner);
    }
    arm(delays);
}

int delays_init(struct delays *delays, uv_loop_t *loop, void (*due)(void *owner), struct error *err)
{
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (timer < 0) {
        return error_failed(err, "no timer: %s", strerror(errno));
    }
    *delays = (struct delays){.timer = timer, .armed_ns = UINT64_MAX, .due = due};
    int status = uv_poll_init(loop, &delays->poll, timer);
    if (status != 0) {
        close(timer);
        return error_failed(err, "no timer in the loop: %s", uv_strerror(status));
    }
    delays->poll.data = delays;
    uv_poll_start(&delays->poll, UV_READABLE, on_timer);
    return 0;
}

void delays_add(struct delays *delays, struct delay *delay, uint64_t due_ns, void *owner)
{
    if (delays->count + 2 > delays->capacity) {
        delays->capacity = delays->capacity > 0 ? 2 * delays->capacity : 64;
        delays->heap = mem_resize(delays->heap, delays->capacity, sizeof(struct delay *));
    }
    *delay = (struct delay){.due_ns = due_ns, .owner = owner};
    put(delays, ++delays->count, delay);
    rise(delays, delay->place);
    arm(delays);
}

void delays_remove(struct delays *delays, struct delay *delay)
{
    size_t place = delay->place;
    if (place == 0) {
        return;
    }
    struct delay *last = delays->heap[delays->count--];
    delay->place = 0;
    if (last != delay) {
        put(delays, place, last);
        rise(delays, place);
        sink(delays, last->place);
    }
}

void delays_close(struct delays *delays)
{
    uv_close((uv_handle_t *)&delays->poll, NULL);
    close(delays->timer);
    free(delays->heap);
    delays->heap = NULL;
    delays->count = delays->capacity = 0;
}
