#include "wrong_service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "parts/wrong_chunks.h"
#include "parts/wrong_events.h"
#include "parts/wrong_faults.h"
#include "parts/wrong_head.h"
#include "wrong_catalog.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS_MOST = 16, LATER = 30, IDLE_MS = 1000 };

struct wrong_client {
    int fd; /* -1: free */
    struct text in;
    uint64_t active_ns;
    unsigned received; /* reads that brought something */
};

struct wrong_service {
    enum fault fault;
    int listener; /* -1 once it died */
    char url[64];
    pthread_t thread;
    atomic_bool stop;
    unsigned answered;
    struct wrong_client clients[CLIENTS_MOST];
    struct wrong_catalog catalog;
    struct wrong_events events;
};

/* ---- bytes ---- */

static void drop(struct wrong_client *client)
{
    close(client->fd);
    client->fd = -1;
    text_release(&client->in);
}

static bool send_all(struct wrong_client *client, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(client->fd, data, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        data += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* Until the other side has enough of it. */
static void send_endlessly(struct wrong_client *client, const char *head, const char *more)
{
    bool open = send_all(client, head, strlen(head));
    while (open) {
        open = send_all(client, more, strlen(more));
    }
}

static bool header(const char *head, const char *name, char *value, size_t size)
{
    const char *at = strcasestr(head, name);

    value[0] = '\0';
    if (at == NULL) {
        return false;
    }
    at += strlen(name);
    at += strspn(at, " ");
    snprintf(value, size, "%.*s", (int)strcspn(at, "\r"), at);
    return true;
}

/* ---- one request ---- */

/* False when the connection must be closed behind it. */
static bool send_response(struct wrong_service *service, struct wrong_client *client,
                          const struct wrong_response *response)
{
    enum fault fault = service->fault;
    struct text out = {0};
    char *body = response->html != NULL ? response->html : mem_string("");

    if (response->body != NULL) {
        free(body);
        body = json_dumps(response->body, JSON_COMPACT);
    }

    size_t length = strlen(body) + (fault == FAULT_CUTS_BODY && service->answered > LATER ? 5 : 0);
    wrong_head_write(&out, fault, service->url, response, length);
    text_add(&out, body);
    if (fault == FAULT_SENDS_MORE || (fault == FAULT_BODY_WITH_204 && response->status == 204)) {
        text_add(&out, "{}");
    }
    bool open = send_all(client, out.data, out.length);
    text_release(&out);
    free(body);
    return open && fault != FAULT_CLOSES && !(fault == FAULT_CLOSES_AFTER_4XX && response->status >= 400) &&
           !(fault == FAULT_CUTS_BODY && service->answered > LATER);
}

static void die(struct wrong_service *service)
{
    for (int i = 0; i < CLIENTS_MOST; i++) {
        if (service->clients[i].fd >= 0) {
            drop(&service->clients[i]);
        }
    }
    close(service->listener);
    service->listener = -1;
}

/* What is wrong instead of an answer. True when that was all. */
static bool misbehave(struct wrong_service *service, struct wrong_client *client, const struct wrong_request *request)
{
    static const char garbage[] = "220 ready\r\n\xff\xfe\x00\r\n\r\n";

    switch (service->fault) {
    case FAULT_SILENT_ON_PUT:
        return strcmp(request->method, "PUT") == 0;
    case FAULT_SILENT_LATER:
        return service->answered > LATER;
    case FAULT_GARBAGE:
        send_all(client, garbage, sizeof garbage - 1);
        return true;
    case FAULT_ENDLESS_BODY:
        send_endlessly(client, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n",
                       "[[[[[[[[[[[[[[[[[[[[[[[[[[");
        return true;
    case FAULT_ENDLESS_HEAD:
        send_endlessly(client, "HTTP/1.1 200 OK\r\n", "X-More: more\r\n");
        return true;
    default:
        return false;
    }
}

/* False when the connection ends. */
static bool fail_as_asked(struct wrong_service *service, struct wrong_client *client,
                          const struct wrong_request *request)
{
    struct wrong_response response = {.status = wrong_faults_status(service->fault, request->query)};

    if (response.status == 422) {
        wrong_catalog_problem(&service->catalog, &response, 422);
    } else if (response.status != 0) {
        response.body = json_pack("{s:s}", "kind", "timer");
    }
    bool open = response.status != 0 && send_response(service, client, &response);
    json_decref(response.body);
    if (service->fault == FAULT_NOT_THERE_AGAIN && response.status == 500) {
        die(service);
        return true;
    }
    return open;
}

static bool answer(struct wrong_service *service, struct wrong_client *client, const struct wrong_request *request)
{
    struct wrong_response response;

    service->answered++;
    if (service->fault == FAULT_DIES_LATER && service->answered > LATER) {
        die(service);
        return true;
    }
    if (misbehave(service, client, request)) {
        return true;
    }
    if (strcmp(request->path, "/events") == 0 && strcmp(request->method, "GET") == 0) {
        wrong_events_join(&service->events, service->fault, client->fd);
        return true;
    }
    if (service->fault >= FAULT_FAILS_AS_ASKED && strcmp(request->path, "/fault") == 0) {
        return fail_as_asked(service, client, request);
    }
    if (service->fault == FAULT_PLAIN_404 && strcmp(request->path, "/nowhere") == 0) {
        static const char plain[] =
            "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone";
        return send_all(client, plain, sizeof plain - 1);
    }
    if (service->fault == FAULT_SMALL_BODIES && request->length > 100000) {
        response = (struct wrong_response){.status = 413, .body = json_object()};
    } else {
        wrong_catalog_answer(&service->catalog, request, &response);
    }
    bool open = send_response(service, client, &response);
    json_decref(response.body);
    return open;
}

/* The body behind a head. False while it is not there as a whole. */
static bool read_body(const struct wrong_service *service, const char *head, const char *data, size_t there,
                      struct text *body, size_t *ret_used)
{
    char value[32];

    if (header(head, "\r\nTransfer-Encoding:", value, sizeof value)) {
        *ret_used = wrong_chunks_read(data, there, body);
        if (service->fault == FAULT_NO_CHUNKED) {
            text_clear(body);
        }
        return *ret_used > 0;
    }
    header(head, "\r\nContent-Length:", value, sizeof value);
    *ret_used = strtoul(value, NULL, 10);
    if (there < *ret_used) {
        return false;
    }
    text_append(body, data, *ret_used);
    return true;
}

static bool answer_head(struct wrong_service *service, struct wrong_client *client, char *head, const struct text *body)
{
    char type[128], authorization[1024];
    char *rest = NULL;

    header(head, "\r\nContent-Type:", type, sizeof type);
    header(head, "\r\nAuthorization:", authorization, sizeof authorization);
    struct wrong_request request = {
        .content_type = type, .body = body->data, .length = body->length, .query = "", .connection = client->fd};
    request.authorization = authorization;
    request.method = strtok_r(head, " ", &rest);
    request.path = strtok_r(NULL, " ", &rest);
    char *query = strchr(request.path, '?');
    if (query != NULL) {
        *query = '\0';
        request.query = query + 1;
    }
    return answer(service, client, &request);
}

/* The first request in the buffer, if it is there as a whole: takes it out and answers it. */
static bool serve_one(struct wrong_service *service, struct wrong_client *client)
{
    struct text *in = &client->in;
    struct text body = {0};
    size_t used = 0;
    char *end = in->length > 0 ? memmem(in->data, in->length, "\r\n\r\n", 4) : NULL;

    if (end == NULL) {
        return false;
    }
    size_t length = (size_t)(end - in->data) + 4;
    char *head = mem_copy(in->data, length);
    bool whole = read_body(service, head, in->data + length, in->length - length, &body, &used);
    if (whole) {
        in->length -= length + used;
        memmove(in->data, in->data + length + used, in->length);
        text_append(&body, "", 0);
        if (!answer_head(service, client, head, &body) && client->fd >= 0) {
            drop(client);
        }
    }
    free(head);
    text_release(&body);
    return whole && client->fd >= 0;
}

/* ---- the thread ---- */

static void receive(struct wrong_service *service, struct wrong_client *client)
{
    char data[65536];
    ssize_t length = recv(client->fd, data, sizeof data, 0);

    if (length <= 0) {
        wrong_events_leave(&service->events, service->fault, client->fd);
        drop(client);
        return;
    }
    client->active_ns = clock_now_ns();
    client->received++;
    text_append(&client->in, data, (size_t)length);
    while (serve_one(service, client)) {
    }
}

static void welcome(struct wrong_service *service)
{
    int fd = accept(service->listener, NULL, NULL);
    int yes = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    for (int i = 0; fd >= 0 && i < CLIENTS_MOST; i++) {
        if (service->clients[i].fd < 0) {
            service->clients[i] = (struct wrong_client){.fd = fd, .active_ns = clock_now_ns()};
            return;
        }
    }
    close(fd);
}

static void close_idle(struct wrong_service *service)
{
    for (int i = 0; service->fault == FAULT_CLOSES_IDLE && i < CLIENTS_MOST; i++) {
        if (service->clients[i].fd >= 0 && service->clients[i].received == 1 &&
            clock_now_ns() - service->clients[i].active_ns > IDLE_MS * CLOCK_MILLISECOND_NS) {
            drop(&service->clients[i]);
        }
    }
}

static void *serve(void *context)
{
    struct wrong_service *service = context;

    while (!atomic_load(&service->stop)) {
        struct pollfd polls[CLIENTS_MOST + 1];
        for (int i = 0; i < CLIENTS_MOST; i++) {
            polls[i] = (struct pollfd){.fd = service->clients[i].fd, .events = POLLIN};
        }
        polls[CLIENTS_MOST] = (struct pollfd){.fd = service->listener, .events = POLLIN};
        poll(polls, CLIENTS_MOST + 1, 10);
        for (int i = 0; i < CLIENTS_MOST; i++) {
            if (polls[i].revents != 0 && service->clients[i].fd == polls[i].fd) {
                receive(service, &service->clients[i]);
            }
        }
        if (polls[CLIENTS_MOST].revents != 0 && service->listener >= 0) {
            welcome(service);
        }
        close_idle(service);
        wrong_events_publish(&service->events, service->fault);
    }
    return NULL;
}

struct wrong_service *wrong_service_start(enum fault fault)
{
    struct wrong_service *service = mem_new(1, sizeof *service);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    service->fault = fault;
    wrong_catalog_init(&service->catalog, fault);
    for (int i = 0; i < CLIENTS_MOST; i++) {
        service->clients[i].fd = -1;
    }
    service->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(service->listener, (struct sockaddr *)&address, size) != 0 || listen(service->listener, 16) != 0 ||
        getsockname(service->listener, (struct sockaddr *)&address, &size) != 0 ||
        pthread_create(&service->thread, NULL, serve, service) != 0) {
        abort();
    }
    snprintf(service->url, sizeof service->url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return service;
}

const char *wrong_service_url(const struct wrong_service *service)
{
    return service->url;
}

void wrong_service_stop(struct wrong_service *service)
{
    atomic_store(&service->stop, true);
    pthread_join(service->thread, NULL);
    for (int i = 0; i < CLIENTS_MOST; i++) {
        if (service->clients[i].fd >= 0) {
            drop(&service->clients[i]);
        }
    }
    if (service->listener >= 0) {
        close(service->listener);
    }
    wrong_catalog_release(&service->catalog);
    free(service);
}
