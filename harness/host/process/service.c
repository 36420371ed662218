#include "host/process/service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/process/offspring.h"
#include "host/process/tail.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* The process is forked by the watching thread, because a child dies with the thread that forked it. */
struct service {
    struct child child;
    int wake; /* eventfd: tells the thread to look at `quit` */
    pthread_t thread;

    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    const struct child_options *options; /* until it is started */
    struct error error;
    bool running, failed, has_ended, quit, stopped;
    struct ending ending;
    struct service_end end;
    struct tail tail;
};

enum { LOOK_EVERY_MS = 5 }; /* how often to look at the process where the kernel has no pidfd */

/* Returns whether there may be more at once. */
static bool drain(struct service *service, bool *open)
{
    char block[TAIL_BYTES];
    ssize_t got = read(service->child.output, block, sizeof block);

    if (got < 0) {
        return errno == EINTR;
    }
    *open = got > 0;
    pthread_mutex_lock(&service->lock);
    tail_add(&service->tail, block, (size_t)got);
    pthread_mutex_unlock(&service->lock);
    return *open;
}

/* The end is published only after the last output was read: as much as a pipe holds, because a grandchild may go on
 * writing for ever. */
static void tell_end(struct service *service, const struct ending *ending, bool *open)
{
    for (int round = 0; round < 64 && *open && drain(service, open); round++) {
    }
    pthread_mutex_lock(&service->lock);
    service->has_ended = true;
    service->ending = *ending;
    pthread_cond_broadcast(&service->changed);
    pthread_mutex_unlock(&service->lock);
}

static bool shall_quit(struct service *service)
{
    pthread_mutex_lock(&service->lock);
    bool quit = service->quit;
    pthread_mutex_unlock(&service->lock);
    return quit;
}

static void watch(struct service *service)
{
    bool open = true, has_ended = false;
    struct ending ending;

    while (!shall_quit(service)) {
        bool blind = service->child.ended_fd < 0 && !has_ended;
        struct pollfd waits[3] = {{.fd = service->wake, .events = POLLIN},
                                  {.fd = has_ended ? -1 : service->child.ended_fd, .events = POLLIN},
                                  {.fd = open ? service->child.output : -1, .events = POLLIN}};
        poll(waits, 3, blind ? LOOK_EVERY_MS : -1);
        if ((blind || waits[1].revents != 0) && child_ended(&service->child, &ending)) {
            has_ended = true;
            tell_end(service, &ending, &open);
        } else if (waits[2].revents != 0) {
            drain(service, &open);
        }
    }
}

static void *start_and_watch(void *argument)
{
    struct service *service = argument;

    int failed = child_start(&service->child, service->options, &service->error);
    pthread_mutex_lock(&service->lock);
    service->running = failed == 0;
    service->failed = failed != 0;
    pthread_cond_broadcast(&service->changed);
    pthread_mutex_unlock(&service->lock);
    if (failed == 0) {
        watch(service);
    }
    return NULL;
}

static void init_lock(struct service *service)
{
    pthread_condattr_t attributes;

    pthread_mutex_init(&service->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&service->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void release(struct service *service)
{
    pthread_cond_destroy(&service->changed);
    pthread_mutex_destroy(&service->lock);
    close(service->wake);
    free(service);
}

/* Signals to the harness are for its main thread. */
static int start_thread(struct service *service)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int cause = pthread_create(&service->thread, NULL, start_and_watch, service);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return cause;
}

int service_start(struct service **ret_service, const struct child_options *options, struct error *err)
{
    int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0) {
        return error_failed(err, "no eventfd to watch a service with: %s", strerror(errno));
    }
    struct service *service = mem_new(1, sizeof *service);
    service->wake = wake;
    service->options = options;
    init_lock(service);
    int cause = start_thread(service);
    if (cause != 0) {
        release(service);
        return error_failed(err, "no thread to watch a service with: %s", strerror(cause));
    }
    pthread_mutex_lock(&service->lock);
    while (!service->running && !service->failed) {
        pthread_cond_wait(&service->changed, &service->lock);
    }
    bool failed = service->failed;
    service->options = NULL;
    pthread_mutex_unlock(&service->lock);
    if (failed) {
        pthread_join(service->thread, NULL);
        error_failed(err, "%s", service->error.message);
        release(service);
        return -1;
    }
    *ret_service = service;
    return 0;
}

pid_t service_pid(const struct service *service)
{
    return service->child.pid;
}

const char *service_mark(const struct service *service)
{
    return service->child.mark;
}

uint64_t service_started_ns(const struct service *service)
{
    return service->child.started_ns;
}

bool service_ended(struct service *service, struct ending *ret_ending)
{
    pthread_mutex_lock(&service->lock);
    bool ended = service->has_ended;
    if (ended) {
        *ret_ending = service->ending;
    }
    pthread_mutex_unlock(&service->lock);
    return ended;
}

char *service_output(struct service *service)
{
    struct text text = {0};

    pthread_mutex_lock(&service->lock);
    tail_write(&service->tail, &text);
    pthread_mutex_unlock(&service->lock);
    return text_take(&text);
}

/* Waits until it has ended, at most `timeout_ns`. Returns whether it has. */
static bool wait_for_end(struct service *service, uint64_t timeout_ns)
{
    uint64_t now = clock_now_ns();
    uint64_t until = timeout_ns > UINT64_MAX / 4 ? UINT64_MAX / 4 : now + timeout_ns;
    struct timespec time = {.tv_sec = (time_t)(until / CLOCK_SECOND_NS), .tv_nsec = (long)(until % CLOCK_SECOND_NS)};

    pthread_mutex_lock(&service->lock);
    while (!service->has_ended && pthread_cond_timedwait(&service->changed, &service->lock, &time) == 0) {
    }
    bool ended = service->has_ended;
    pthread_mutex_unlock(&service->lock);
    return ended;
}

/* First SIGTERM, then SIGKILL. A suspended process must be continued before it can end by SIGTERM. */
static void end_process(struct service *service, uint64_t patience_ns, struct service_end *end)
{
    struct ending seen;

    end->stop_at_ns = clock_now_ns();
    end->before = child_ended(&service->child, &seen);
    if (end->before) {
        wait_for_end(service, 10 * CLOCK_SECOND_NS); /* until the thread has seen it, too */
        return;
    }
    child_signal(&service->child, SIGTERM);
    child_signal_group(&service->child, SIGCONT);
    if (wait_for_end(service, patience_ns)) {
        return;
    }
    end->forced = true;
    child_signal_group(&service->child, SIGKILL);
    wait_for_end(service, 10 * CLOCK_SECOND_NS);
}

static void end_all(struct service *service, uint64_t patience_ns, struct service_end *end)
{
    struct offspring offspring = {0};
    pid_t pid = service->child.pid;

    offspring_add(&offspring, pid, service->child.mark); /* now, while those that left the group can still be found */
    end_process(service, patience_ns, end);
    child_signal_group(&service->child, SIGKILL);
    offspring_add(&offspring, pid, service->child.mark);
    offspring_kill(&offspring);
    offspring_wait(&offspring, clock_now_ns() + 2 * CLOCK_SECOND_NS);
    offspring_release(&offspring);
}

static void end_thread(struct service *service)
{
    uint64_t one = 1;

    pthread_mutex_lock(&service->lock);
    service->quit = true;
    pthread_mutex_unlock(&service->lock);
    while (write(service->wake, &one, sizeof one) < 0 && errno == EINTR) {
    }
    pthread_join(service->thread, NULL);
}

void service_stop(struct service *service, uint64_t patience_ns, struct service_end *ret_end)
{
    if (!service->stopped) {
        end_all(service, patience_ns, &service->end);
        end_thread(service);
        child_release(&service->child);
        /* This stands where not even SIGKILL has ended it. */
        service->end.ending = (struct ending){.at_ns = clock_now_ns(), .exit_code = -1, .signal = SIGKILL};
        service_ended(service, &service->end.ending);
        service->stopped = true;
    }
    if (ret_end != NULL) {
        *ret_end = service->end;
    }
}

void service_free(struct service *service)
{
    if (service != NULL) {
        service_stop(service, 0, NULL);
        release(service);
    }
}
