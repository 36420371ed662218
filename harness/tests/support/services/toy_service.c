/* toy_service: an HTTP service with one thing wrong with it: `toy_service FAULT`, with PORT in its environment. The
 * test of causes drives it until it breaks, and asks what was named. One thread a connection; GET /healthz is always
 * well. */
#include "toy_upstream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    REQUEST_BYTES = 4096,
    BURN_MS = 12,        /* of CPU a request */
    HELD_MS = 8,         /* that the lock is held a request */
    LEAK_BYTES = 400000, /* a request */
    PAUSE_MS = 60,       /* between two connections that are accepted */
    DESCRIPTORS = 40,    /* that may be open */
    SLOW_MS = 300,       /* a response takes */
    REQUESTS_TO_DEATH = 300,
    STACK_BYTES = 65536,
    ADMITTED = 10, /* in a tenth of a second */
    REST_MS = 250,
};

struct fault {
    const char *name;
    void (*prepare)(void);
    void (*work)(void); /* for each request */
    bool close;         /* the connection after each response */
    bool wrong;         /* every response */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_uint served;
static _Atomic(char *) leaked; /* the first of a list that nobody frees */

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void burn(void)
{
    struct timespec time;
    long end_ms = -1, now_ms;

    do {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        now_ms = time.tv_sec * 1000 + time.tv_nsec / 1000000;
        end_ms = end_ms < 0 ? now_ms + BURN_MS : end_ms;
    } while (now_ms < end_ms);
}

/* --- one thread does all the work -------------------------------------------------------------------------------- */

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t wanted, done;
    unsigned waiting, finished, taken;
} loop = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wanted = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};

static void *run_loop(void *unused)
{
    for (;;) {
        pthread_mutex_lock(&loop.mutex);
        while (loop.finished == loop.waiting) {
            pthread_cond_wait(&loop.wanted, &loop.mutex);
        }
        pthread_mutex_unlock(&loop.mutex);
        burn();
        pthread_mutex_lock(&loop.mutex);
        loop.finished++;
        pthread_cond_broadcast(&loop.done);
        pthread_mutex_unlock(&loop.mutex);
    }
    return unused;
}

static void start_loop(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_loop, NULL) != 0) {
        exit(9);
    }
}

static void ask_loop(void)
{
    pthread_mutex_lock(&loop.mutex);
    unsigned number = ++loop.waiting;
    pthread_cond_signal(&loop.wanted);
    while (loop.finished < number) {
        pthread_cond_wait(&loop.done, &loop.mutex);
    }
    pthread_mutex_unlock(&loop.mutex);
}

/* --- the others -------------------------------------------------------------------------------------------------- */

static void hold_lock(void)
{
    pthread_mutex_lock(&lock);
    sleep_ms(HELD_MS);
    pthread_mutex_unlock(&lock);
}

static void leak(void)
{
    char *memory = malloc(LEAK_BYTES);
    if (memory != NULL) {
        memset(memory, 1, LEAK_BYTES);
        *(char **)memory = atomic_exchange(&leaked, memory);
    }
}

static void limit_file_descriptors(void)
{
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){DESCRIPTORS, DESCRIPTORS});
}

static void wait_long(void)
{
    sleep_ms(SLOW_MS);
}

static void abort_later(void)
{
    if (atomic_fetch_add(&served, 1) == REQUESTS_TO_DEATH) {
        abort();
    }
}

static void leave_later(void)
{
    if (atomic_fetch_add(&served, 1) == REQUESTS_TO_DEATH) {
        fprintf(stderr, "toy: the configuration is gone\n");
        exit(7);
    }
}

/* Leaves the work to a process outside of its family and session. It ends by itself should a test not end it. */
static void become_daemon(bool starter_stays)
{
    pid_t middle = fork();

    if (middle == 0) {
        setsid();
        if (fork() != 0) {
            _exit(0);
        }
        alarm(120);
        return;
    }
    waitpid(middle, NULL, 0);
    if (starter_stays) {
        for (;;) {
            pause();
        }
    }
    _exit(0);
}

static void be_daemon(void)
{
    become_daemon(true);
}

static void be_detached(void)
{
    become_daemon(false);
}

static void leave(int signal)
{
    (void)signal;
    _exit(0);
}

/* A child does the work, and goes on when its parent leaves at SIGUSR1. */
static void be_left(void)
{
    signal(SIGUSR1, leave);
    if (fork() == 0) {
        alarm(120);
        return;
    }
    for (;;) {
        pause();
    }
}

static void be_forwarder(void)
{
    become_daemon(false);
    prctl(PR_SET_NAME, "docker-proxy");
}

/* --- what it refuses, and when it rests --------------------------------------------------------------------------- */

static _Thread_local bool refused; /* the request at hand */

static long now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* So many in each tenth of a second are served. */
static void refuse_surplus(void)
{
    static atomic_long tenth;
    static atomic_uint admitted;
    long now = now_ms() / 100;

    if (atomic_exchange(&tenth, now) != now) {
        atomic_store(&admitted, 0);
    }
    refused = atomic_fetch_add(&admitted, 1) >= ADMITTED;
}

/* For the second half of each half second nobody is served. */
static void rest_by_the_clock(void)
{
    long within_ms = now_ms() % (2 * REST_MS);
    if (within_ms >= REST_MS) {
        sleep_ms(2 * REST_MS - within_ms);
    }
}

static const struct fault faults[] = {
    {.name = "leaver", .prepare = be_left, .work = burn},
    {.name = "forwarder", .prepare = be_forwarder, .work = burn},
    {.name = "daemon", .prepare = be_daemon, .work = burn},
    {.name = "detached", .prepare = be_detached, .work = burn},
    {.name = "cpu", .work = burn},
    {.name = "one-thread", .prepare = start_loop, .work = ask_loop},
    {.name = "lock", .work = hold_lock},
    {.name = "memory", .work = leak},
    {.name = "backlog", .close = true},
    {.name = "descriptors", .prepare = limit_file_descriptors, .work = wait_long},
    {.name = "signal", .work = abort_later},
    {.name = "exit", .work = leave_later},
    {.name = "wrong", .wrong = true},
    {.name = "pool", .prepare = toy_upstream_make_pool, .work = toy_upstream_call_from_pool},
    {.name = "upstream", .work = toy_upstream_call},
    {.name = "shedding", .work = refuse_surplus},
    {.name = "pause", .work = rest_by_the_clock},
    {.name = "generator"},
};

/* --- the server -------------------------------------------------------------------------------------------------- */

static const struct fault *fault;

/* The bytes of one request, without a body. Whether there is one. */
static bool read_request(int fd, char request[REQUEST_BYTES])
{
    size_t length = 0;

    while (length + 1 < REQUEST_BYTES) {
        ssize_t got = read(fd, request + length, REQUEST_BYTES - 1 - length);
        if (got <= 0) {
            return false;
        }
        length += (size_t)got;
        request[length] = '\0';
        if (strstr(request, "\r\n\r\n") != NULL) {
            return true;
        }
    }
    return false;
}

static bool respond(int fd, const char *request)
{
    static const char good[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    static const char last[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    static const char bad[] = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
    static const char surplus[] = "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n";
    bool health = strncmp(request, "GET /healthz ", strlen("GET /healthz ")) == 0;

    if (!health && fault->work != NULL) {
        fault->work();
    }
    const char *response = fault->close ? last : good;
    if (!health && fault->wrong) {
        response = bad;
    } else if (!health && refused) {
        response = surplus;
    }
    return write(fd, response, strlen(response)) == (ssize_t)strlen(response) && !fault->close;
}

static void *serve(void *context)
{
    char request[REQUEST_BYTES];
    int fd = (int)(intptr_t)context;

    while (read_request(fd, request) && respond(fd, request)) {
    }
    close(fd);
    return NULL;
}

static int listen_here(int backlog)
{
    const char *port = getenv("PORT");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    address.sin_port = htons((uint16_t)(port != NULL ? strtoul(port, NULL, 10) : 0));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, backlog) != 0) {
        perror("toy_service");
        exit(9);
    }
    return fd;
}

static void accept_all(int listener)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            sleep_ms(10); /* no descriptor is left: whoever comes must wait */
        } else if (pthread_create(&thread, &attributes, serve, (void *)(intptr_t)fd) != 0) {
            close(fd);
        }
        if (fault->close) {
            sleep_ms(PAUSE_MS);
        }
    }
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof faults / sizeof faults[0]; i++) {
        fault = strcmp(faults[i].name, argv[1]) == 0 ? &faults[i] : fault;
    }
    if (fault == NULL) {
        fprintf(stderr, "usage: toy_service FAULT\n");
        return 2;
    }
    if (fault->prepare != NULL) {
        fault->prepare();
    }
    accept_all(listen_here(fault->close ? 1 : 1024));
}
