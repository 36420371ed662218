#include "load/transport/multi.h"

#include "base/mem.h"
#include "load/transport/security.h"
#include "load/transport/transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct multi_socket {
    uv_poll_t poll;
    struct multi *multi;
    curl_socket_t fd;
    int polled;                 /* UV_READABLE, UV_WRITABLE */
    void (*ready)(void *owner); /* NULL: libcurl's */
    void *owner;
};

struct multi {
    CURLM *curl;
    uv_loop_t *loop;
    uv_timer_t timer;
    const struct protocol *protocol;
    char *url;
    struct curl_slist *connect_to;
    struct multi_socket **sockets; /* by file descriptor */
    size_t socket_count;
    void (*over)(CURL *easy, CURLcode result);
    uint64_t *activity;
};

/* --- what libcurl is told ---------------------------------------------------------------------------------------- */

/* Returns how many transfers were over. */
static int tell_finished(struct multi *multi)
{
    int told = 0, left;

    for (CURLMsg *message = curl_multi_info_read(multi->curl, &left); message != NULL;
         message = curl_multi_info_read(multi->curl, &left)) {
        if (message->msg == CURLMSG_DONE) {
            told++;
            multi->over(message->easy_handle, message->data.result);
        }
    }
    return told;
}

/* Let libcurl act, and tell what is over then. Returns how many transfers were. */
static int act(struct multi *multi, curl_socket_t fd, int bits)
{
    int running;

    curl_multi_socket_action(multi->curl, fd, bits, &running);
    return tell_finished(multi);
}

static void poll_for(struct multi_socket *socket, int events);

static int bits_of(int events)
{
    int bits = 0;

    if (events & UV_READABLE) {
        bits |= CURL_CSELECT_IN;
    }
    if (events & UV_WRITABLE) {
        bits |= CURL_CSELECT_OUT;
    }
    return bits;
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct multi_socket *socket = poll->data;
    struct multi *multi = socket->multi;

    ++*multi->activity;
    if (status < 0) {
        /* libuv stops to poll a socket that has an error; its owner has yet to see it. */
        int polled = socket->polled;
        socket->polled = 0;
        poll_for(socket, polled);
    }
    if (socket->ready != NULL) {
        socket->ready(socket->owner);
    } else {
        int bits = bits_of(events);
        if (status < 0) {
            bits |= CURL_CSELECT_ERR;
        }
        act(multi, socket->fd, bits);
    }
}

static void poll_for(struct multi_socket *socket, int events)
{
    if (events == socket->polled) {
        return;
    }
    if (events == 0) {
        uv_poll_stop(&socket->poll);
    } else {
        uv_poll_start(&socket->poll, events, on_poll);
    }
    socket->polled = events;
}

static void on_timer(uv_timer_t *timer)
{
    struct multi *multi = timer->data;

    ++*multi->activity;
    if (act(multi, CURL_SOCKET_TIMEOUT, 0) > 0) {
        /* Timers may run just before the loop blocks, until a moment that was reckoned without what was told. */
        uv_stop(multi->loop);
    }
}

/* --- what libcurl asks for --------------------------------------------------------------------------------------- */

static int set_timer(CURLM *curl, long timeout_ms, void *context)
{
    struct multi *multi = context;

    (void)curl;
    if (timeout_ms < 0) {
        uv_timer_stop(&multi->timer);
    } else {
        uv_timer_start(&multi->timer, on_timer, (uint64_t)timeout_ms, 0);
    }
    return 0;
}

/* The handle of a file descriptor is made when it is first seen, and kept: libcurl may close a socket and tell of it
 * only afterwards, when the same number may be another socket already. */
static struct multi_socket *socket_of(struct multi *multi, curl_socket_t fd)
{
    if ((size_t)fd >= multi->socket_count) {
        size_t count = (size_t)fd * 2 + 64;
        multi->sockets = mem_resize(multi->sockets, count, sizeof(struct multi_socket *));
        memset(multi->sockets + multi->socket_count, 0, (count - multi->socket_count) * sizeof(struct multi_socket *));
        multi->socket_count = count;
    }
    if (multi->sockets[fd] == NULL) {
        struct multi_socket *socket = mem_new(1, sizeof *socket);
        socket->multi = multi;
        socket->fd = fd;
        socket->poll.data = socket;
        uv_poll_init_socket(multi->loop, &socket->poll, fd);
        multi->sockets[fd] = socket;
    }
    return multi->sockets[fd];
}

static int events_of(int what)
{
    switch (what) {
    case CURL_POLL_IN:
        return UV_READABLE;
    case CURL_POLL_OUT:
        return UV_WRITABLE;
    case CURL_POLL_INOUT:
        return UV_READABLE | UV_WRITABLE;
    default:
        return 0;
    }
}

static int set_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *assigned)
{
    struct multi_socket *socket = socket_of(context, fd);

    (void)easy;
    (void)assigned;
    poll_for(socket, events_of(what));
    return 0;
}

/* --- transfers --------------------------------------------------------------------------------------------------- */

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    int *error = context;
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);

    (void)purpose;
    *error = fd < 0 ? errno : 0;
    return fd;
}

enum failure multi_connect_failure(CURL *easy, int socket_error)
{
    long error = 0;

    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
    return transport_connect_failure(socket_error != 0 ? socket_error : (int)error);
}

CURL *multi_transfer(struct multi *multi, int *socket_error)
{
    const struct protocol *protocol = multi->protocol;
    CURL *easy = curl_easy_init();

    if (easy == NULL) {
        return NULL;
    }
    curl_easy_setopt(easy, CURLOPT_URL, multi->url);
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, multi->connect_to);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, socket_error);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1); /* it only connects: HTTP/2 is not its doing */
    /* How long is too long is the step's to say. */
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 86400L);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 86400L);
    security_set(protocol, easy);
    return easy;
}

int multi_begin(struct multi *multi, CURL *easy)
{
    if (curl_multi_add_handle(multi->curl, easy) == CURLM_OK) {
        return 0;
    }
    return -1;
}

void multi_remove(struct multi *multi, CURL *easy)
{
    curl_multi_remove_handle(multi->curl, easy);
}

void multi_watch(struct multi *multi, curl_socket_t fd, int events, void (*ready)(void *owner), void *owner)
{
    struct multi_socket *socket = socket_of(multi, fd);

    socket->ready = ready;
    socket->owner = owner;
    poll_for(socket, events);
}

void multi_unwatch(struct multi *multi, curl_socket_t fd)
{
    multi->sockets[fd]->ready = NULL;
    poll_for(multi->sockets[fd], 0);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

static struct curl_slist *connect_to(const struct sockaddr_storage *address)
{
    char number[INET6_ADDRSTRLEN] = "", line[INET6_ADDRSTRLEN + 16];
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;

    if (address->ss_family == AF_INET) {
        inet_ntop(AF_INET, &v4->sin_addr, number, sizeof number);
        snprintf(line, sizeof line, "::%s:%u", number, ntohs(v4->sin_port));
    } else {
        inet_ntop(AF_INET6, &v6->sin6_addr, number, sizeof number);
        snprintf(line, sizeof line, "::[%s]:%u", number, ntohs(v6->sin6_port));
    }
    return curl_slist_append(NULL, line);
}

static int check_abilities(const struct protocol *protocol, struct error *err)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

    if (protocol->tls && (info->features & CURL_VERSION_SSL) == 0) {
        return error_failed(err, "%s: libcurl %s was built without TLS", protocol_name(protocol), info->version);
    }
    if (protocol->tls && protocol->http2 && !security_can_offer_http2()) {
        return error_failed(err, "%s: libcurl %s is not over OpenSSL, or twofold was built without libssl",
                            protocol_name(protocol), info->version);
    }
    return protocol->tls && protocol->ca_file != NULL ? security_check_ca_file(protocol->ca_file, err) : 0;
}

int multi_new(struct multi **ret_multi, const struct multi_options *options, struct error *err)
{
    if (check_abilities(options->protocol, err) != 0) {
        return -1;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return error_failed(err, "libcurl cannot be made ready");
    }
    struct multi *multi = mem_new(1, sizeof *multi);
    multi->curl = curl_multi_init();
    if (multi->curl == NULL) {
        free(multi);
        return error_failed(err, "libcurl cannot be made ready");
    }
    multi->loop = options->loop;
    multi->protocol = options->protocol;
    multi->over = options->over;
    multi->activity = options->activity;
    multi->url = mem_format("%s://%s/", options->protocol->tls ? "https" : "http", options->authority);
    multi->connect_to = connect_to(options->address);
    multi->timer.data = multi;
    uv_timer_init(multi->loop, &multi->timer);
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, set_socket);
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
    curl_multi_setopt(multi->curl, CURLMOPT_MAXCONNECTS, 1L << 20); /* no limit but the owner's */
    *ret_multi = multi;
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void multi_free(struct multi *multi)
{
    /* curl_global_cleanup() is left out: threads end at the same time, and before 7.84 it was not made for that. */
    curl_multi_cleanup(multi->curl);
    for (size_t fd = 0; fd < multi->socket_count; fd++) {
        if (multi->sockets[fd] != NULL) {
            uv_close((uv_handle_t *)&multi->sockets[fd]->poll, on_closed);
        }
    }
    curl_slist_free_all(multi->connect_to);
    free(multi->url);
    free(multi->sockets);
    uv_close((uv_handle_t *)&multi->timer, on_closed);
}
