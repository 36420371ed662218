#include "load/pacer.h"

#include "base/clock.h"

#include <errno.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

static void on_tick(uv_poll_t *poll, int status, int events)
{
    struct pacer *pacer = poll->data;

    (void)status;
    (void)events;
    /* The file descriptor is not read: it stays readable until it is armed again, which happens before the loop blocks
     * again, and one system call a request is saved. */
    pacer->armed_ns = 0;
}

int pacer_init(struct pacer *pacer, uv_loop_t *loop, struct error *err)
{
    pacer->armed_ns = 0;
    pacer->fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (pacer->fd < 0) {
        return error_failed(err, "no timer: %s", strerror(errno));
    }
    uv_poll_init(loop, &pacer->poll, pacer->fd);
    pacer->poll.data = pacer;
    uv_poll_start(&pacer->poll, UV_READABLE, on_tick);
    return 0;
}

void pacer_arm(struct pacer *pacer, uint64_t at_ns)
{
    if (at_ns == pacer->armed_ns) {
        return;
    }
    struct itimerspec when = {
        .it_value = {.tv_sec = (time_t)(at_ns / CLOCK_SECOND_NS), .tv_nsec = (long)(at_ns % CLOCK_SECOND_NS)},
    };
    timerfd_settime(pacer->fd, TFD_TIMER_ABSTIME, &when, NULL);
    pacer->armed_ns = at_ns;
}

static void on_closed(uv_handle_t *handle)
{
    struct pacer *pacer = handle->data;
    close(pacer->fd);
}

void pacer_close(struct pacer *pacer)
{
    uv_poll_stop(&pacer->poll);
    uv_close((uv_handle_t *)&pacer->poll, on_closed);
}
