#include "toy.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_BYTES = 4096, RESPONSE_BYTES = 1024, STACK_BYTES = 131072, ITEMS = 10000, ID_DIGITS = 16 };

static struct {
    const struct fault *fault;
    long amount;
    pthread_once_t woken;
    atomic_bool loaded;
} toy = {.woken = PTHREAD_ONCE_INIT};

static void wake(void)
{
    atomic_store(&toy.loaded, true);
    if (toy.fault->wake != NULL) {
        toy.fault->wake(toy.amount);
    }
}

static bool closes(void)
{
    return toy.fault->close && atomic_load(&toy.loaded);
}

/* Whether the connection can go on. */
static bool respond(int fd, int status, const char *type, const char *body)
{
    char text[RESPONSE_BYTES];
    int length =
        snprintf(text, sizeof text, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s\r\n%s", status,
                 status == 200 ? "OK" : "No", type, strlen(body), closes() ? "Connection: close\r\n" : "", body);

    return send(fd, text, (size_t)length, MSG_NOSIGNAL) == length && !closes();
}

static bool refuse(int fd, int status)
{
    char body[128];
    snprintf(body, sizeof body, "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":%d,\"detail\":\"Not this.\"}",
             status);
    return respond(fd, status, "application/problem+json", body);
}

static bool respond_item(int fd, uint32_t id, int answer)
{
    char body[256];

    switch (answer) {
    case ANSWER_RESET:
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
        return false;
    case ANSWER_NEVER:
        return true;
    case ANSWER_RIGHT:
    case ANSWER_WRONG:
        toy_item(answer == ANSWER_WRONG ? id % ITEMS + 1 : id, body);
        return respond(fd, 200, "application/json", body);
    default:
        return refuse(fd, answer);
    }
}

/* Of an id: 0, or the status that it is refused with. */
static int read_id(const char *text, uint32_t *ret_id)
{
    size_t digits = strspn(text, "0123456789");

    if (text[strcspn(text, "/? ")] == '/') {
        return 404;
    }
    unsigned long long id = strtoull(text, NULL, 10);

    if (digits == 0 || digits > ID_DIGITS || strchr("? ", text[digits]) == NULL || id < 1 || id >> 53 != 0) {
        return 422;
    }
    *ret_id = (uint32_t)(id % UINT32_MAX);
    return id <= ITEMS ? 0 : 404;
}

static bool answer_request(int fd, const char *request)
{
    static const char items[] = "GET /items/", health[] = "GET /healthz ";
    uint32_t id;

    if (strncmp(request, health, strlen(health)) == 0) {
        return respond(fd, 200, "application/json", "{\"status\":\"ok\"}");
    }
    if (strncmp(request, items, strlen(items)) != 0) {
        return refuse(fd, 404);
    }
    int status = read_id(request + strlen(items), &id);
    if (status != 0) {
        return refuse(fd, status);
    }
    if (strcasestr(request, "\nX-Load:") == NULL) {
        return respond_item(fd, id, ANSWER_RIGHT);
    }
    pthread_once(&toy.woken, wake);
    return respond_item(fd, id, toy.fault->work != NULL ? toy.fault->work(toy.amount) : ANSWER_RIGHT);
}

/* The head of one request, of which the contract's GETs have nothing more; what follows it stays. Whether there is one,
 * and its length. */
static bool read_request(int fd, char *request, size_t *length, size_t *ret_head)
{
    char *end;

    while ((end = strstr(request, "\r\n\r\n")) == NULL) {
        ssize_t got = recv(fd, request + *length, REQUEST_BYTES - 1 - *length, 0);
        if (got <= 0) {
            return false;
        }
        *length += (size_t)got;
        request[*length] = '\0';
    }
    *end = '\0';
    *ret_head = (size_t)(end - request) + 4;
    return true;
}

static void *serve(void *context)
{
    char request[REQUEST_BYTES] = "";
    int fd = (int)(intptr_t)context;
    size_t length = 0, head;

    if (toy.fault->connection != NULL) {
        toy.fault->connection(toy.amount);
    }
    while (read_request(fd, request, &length, &head) && answer_request(fd, request)) {
        memmove(request, request + head, length - head + 1);
        length -= head;
    }
    close(fd);
    return NULL;
}

static int listen_here(int backlog)
{
    const char *port = getenv("PORT"), *host = getenv("HOST");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

    if (host != NULL && inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        fprintf(stderr, "toy: HOST is no address: %s\n", host);
        exit(9);
    }
    address.sin_port = htons((uint16_t)(port != NULL ? strtoul(port, NULL, 10) : 0));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, backlog) != 0) {
        perror("toy: cannot listen");
        exit(9);
    }
    return fd;
}

static void leave(int signal)
{
    (void)signal;
    _exit(0);
}

void toy_serve(const struct fault *fault, long amount)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int on = 1;

    toy.fault = fault;
    toy.amount = amount;
    signal(SIGTERM, leave);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int listener = listen_here(fault->backlog > 0 ? fault->backlog : 4096);
    for (;;) {
        if (closes()) {
            toy_sleep((uint64_t)amount * US);
        }
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) {
            toy_sleep(MS); /* no descriptor is left: whoever comes must wait */
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (pthread_create(&thread, &attributes, serve, (void *)(intptr_t)fd) != 0) {
            close(fd);
        }
    }
}
