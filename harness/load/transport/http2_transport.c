#include "load/transport/http2_transport.h"

#include "base/mem.h"
#include "load/transport/multi.h"
#include "load/transport/response_parser.h"

#include <stdlib.h>
#include <string.h>

struct http2_transport {
    struct transport base;
    struct multi *multi;
    const struct traffic *traffic;
    struct curl_slist **headers; /* of each request of the traffic, in the form that libcurl wants */
};

struct http2_connection {
    struct connection base;
    struct http2_transport *transport;
    CURL *easy;
    const struct request *prepared; /* the request whose method and headers `easy` has */
    struct text path, content;      /* that `easy` has; libcurl does not copy the content */
    bool sent;                      /* a connection was there for the request at hand */
    int socket_error;               /* errno of the last try to make a socket; 0: none */
    bool keep_body;
    size_t header_bytes;
    uint64_t body_bytes;
    struct text body;
};

/* --- headers ----------------------------------------------------------------------------------------------------- */

static void append(struct curl_slist **list, const char *name, const char *mark, const char *value)
{
    char *line = mem_format("%s%s%s", name, mark, value);
    *list = curl_slist_append(*list, line);
    free(line);
}

/* "Name: value"; "Name;" for one that is empty; "Name:" for one of libcurl's own that must not go out. */
static struct curl_slist *list_headers(const struct request *request)
{
    static const char *const own[] = {"Accept", "Content-Type", "Expect"};
    struct curl_slist *list = NULL;

    for (size_t i = 0; i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        append(&list, header->name, header->value[0] != '\0' ? ": " : ";", header->value);
    }
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (!request_has_header(request, own[i])) {
            append(&list, own[i], ":", "");
        }
    }
    return list;
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

static void set_request(struct http2_connection *connection, const struct request *request)
{
    const struct http2_transport *transport = connection->transport;
    CURL *easy = connection->easy;

    /* Each of these undoes what another request had set. */
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
    if (request->method[0] == 'H') {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transport->headers[request - transport->traffic->requests]);
    connection->prepared = request;
}

/* Whether it was another before. */
static bool replace(struct text *text, const char *data, size_t length)
{
    if (text->data != NULL && text->length == length && memcmp(text->data, data, length) == 0) {
        return false;
    }
    text_clear(text);
    text_append(text, data, length);
    return true;
}

static int http2_send(struct connection *base, const struct composed *composed)
{
    struct http2_connection *connection = (struct http2_connection *)base;
    const struct request *request = composed->request;
    const char *path = composed->data + strlen(request->method) + 1;
    CURL *easy = connection->easy;

    if (request != connection->prepared) {
        set_request(connection, request);
    }
    if (replace(&connection->path, path, composed->path_length)) {
        curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, connection->path.data);
    }
    if (request->body.count > 0 || request->method[0] == 'P') {
        replace(&connection->content, composed->data + composed->length - composed->body_length, composed->body_length);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, connection->content.data);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)connection->content.length);
    }
    connection->sent = false;
    connection->keep_body = request->expect_json != NULL;
    connection->header_bytes = 0;
    connection->body_bytes = 0;
    text_clear(&connection->body);
    base->state = CONNECTION_BUSY;
    connection->transport->base.activity++;
    return multi_begin(connection->transport->multi, easy);
}

/* --- responses --------------------------------------------------------------------------------------------------- */

/* Called when a connection is there and before each try to send. */
/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl says how it looks */
static int before_request(void *context, char *to, char *from, int to_port, int from_port)
{
    struct http2_connection *connection = context;

    (void)to, (void)from, (void)to_port, (void)from_port;
    if (connection->sent) {
        return CURL_PREREQFUNC_ABORT;
    }
    connection->sent = true;
    return CURL_PREREQFUNC_OK;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl says how it looks */
static size_t on_header(char *data, size_t size, size_t count, void *context)
{
    struct http2_connection *connection = context;

    (void)data;
    connection->header_bytes += size * count;
    return size * count;
}

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct http2_connection *connection = context;
    size_t length = size * count;

    if (connection->keep_body && connection->body_bytes + length <= RESPONSE_BODY_MOST) {
        text_append(&connection->body, data, length);
    } else if (!connection->keep_body && connection->body_bytes < RESPONSE_START_MOST) {
        size_t room = (size_t)(RESPONSE_START_MOST - connection->body_bytes);
        text_append(&connection->body, data, length < room ? length : room);
    }
    connection->body_bytes += length;
    return length;
}

static void http2_close(struct connection *base)
{
    struct http2_connection *connection = (struct http2_connection *)base;

    multi_remove(connection->transport->multi, connection->easy);
    curl_easy_cleanup(connection->easy);
    text_release(&connection->path);
    text_release(&connection->content);
    text_release(&connection->body);
    text_release(&base->expected);
    free(connection);
}

static enum failure failure_of(const struct http2_connection *connection, CURLcode result)
{
    struct transport *transport = &connection->transport->base;

    if (!connection->sent) {
        if (transport->trouble == NULL) {
            transport->trouble = curl_easy_strerror(result);
        }
        return multi_connect_failure(connection->easy, connection->socket_error);
    }
    switch (result) {
    case CURLE_ABORTED_BY_CALLBACK: /* libcurl was about to send it again */
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM:
    case CURLE_HTTP2: /* senseless frames or, more often, a connection that ended: libcurl has one word for both */
        return FAILURE_RESET;
    default:
        return FAILURE_PROTOCOL;
    }
}

/* A response that is not HTTP/2, in words. */
static const char *why_protocol(const struct http2_connection *connection, CURLcode result, long version)
{
    if (result != CURLE_OK) {
        return curl_easy_strerror(result);
    }
    if (version != CURL_HTTP_VERSION_2_0) {
        return "it is not HTTP/2";
    }
    return connection->header_bytes > RESPONSE_HEADER_MOST ? "headers of more than 64 KiB" : "it is no HTTP";
}

static void on_over(CURL *easy, CURLcode result)
{
    struct http2_connection *connection;
    long status = 0, version = 0;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&connection);
    struct transport *transport = &connection->transport->base;
    multi_remove(connection->transport->multi, easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
    if (result != CURLE_OK || version != CURL_HTTP_VERSION_2_0 || connection->header_bytes > RESPONSE_HEADER_MOST) {
        enum failure failure = failure_of(connection, result);
        struct response_fault fault = {.why = why_protocol(connection, result, version), .byte = -1};
        transport->events->lost(transport->owner, &connection->base, failure,
                                failure == FAILURE_PROTOCOL ? &fault : NULL);
        http2_close(&connection->base);
        return;
    }
    struct response response = {.status = (int)status,
                                .keep_alive = true,
                                .body_bytes = connection->body_bytes,
                                .body = connection->body.data,
                                .body_length = connection->body.length};
    connection->base.state = CONNECTION_FREE;
    transport->events->responded(transport->owner, &connection->base, &response);
}

/* --- connections ------------------------------------------------------------------------------------------------- */

static void set_callbacks(struct http2_connection *connection, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PRIVATE, connection);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, connection);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, connection);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, connection);
}

static struct connection *http2_open(struct transport *base)
{
    struct http2_transport *transport = (struct http2_transport *)base;
    struct http2_connection *connection = mem_new(1, sizeof *connection);
    CURL *easy = multi_transfer(transport->multi, &connection->socket_error);

    if (easy == NULL) {
        free(connection);
        return NULL;
    }
    connection->base.state = CONNECTION_FREE;
    connection->transport = transport;
    connection->easy = easy;
    set_callbacks(connection, easy);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L); /* rather share a connection that is being made than make another */
    return &connection->base;
}

static void http2_free(struct transport *base)
{
    struct http2_transport *transport = (struct http2_transport *)base;

    for (size_t i = 0; i < transport->traffic->request_count; i++) {
        curl_slist_free_all(transport->headers[i]);
    }
    multi_free(transport->multi);
    free(transport->headers);
    free(transport);
}

int http2_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err)
{
    const struct traffic *traffic = options->traffic;
    struct http2_transport *transport = mem_new(1, sizeof *transport);

    transport->base = (struct transport){.events = options->events,
                                         .owner = options->owner,
                                         .refusal = FAILURE_UNSENT, /* only libcurl's want of memory refuses at once */
                                         .open = http2_open,
                                         .send = http2_send,
                                         .close = http2_close,
                                         .free = http2_free};
    if (multi_new(&transport->multi,
                  &(struct multi_options){.loop = options->loop,
                                          .protocol = options->protocol,
                                          .address = &options->address,
                                          .authority = options->authority,
                                          .over = on_over,
                                          .activity = &transport->base.activity},
                  err) != 0) {
        free(transport);
        return -1;
    }
    transport->traffic = traffic;
    transport->headers = mem_new(traffic->request_count, sizeof(struct curl_slist *));
    for (size_t i = 0; i < traffic->request_count; i++) {
        transport->headers[i] = list_headers(&traffic->requests[i]);
    }
    *ret_transport = &transport->base;
    return 0;
}
