#include "contract/verify/client.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/units.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct client {
    CURL *curl;
    char *base_url;
    uint64_t response_timeout_ns;
    const atomic_bool *stop;        /* may be NULL */
    bool (*goes_on)(void *context); /* may be NULL */
    void *context;
};

/* One call under way. */
struct exchange {
    struct client *client;
    const struct call *call;
    struct call_response *response;
    size_t sent;
    bool too_long;
    char reason[CURL_ERROR_SIZE];
};

static int check_url(const char *base_url, struct error *err)
{
    if (strncmp(base_url, "http://", 7) != 0 || strpbrk(base_url + 7, "/?#@ ") != NULL || base_url[7] == '\0') {
        return error_input(err, "%s: expected http://HOST:PORT", base_url);
    }
    return 0;
}

struct client *client_new(const char *base_url, uint64_t response_timeout_ns, struct error *err)
{
    if (check_url(base_url, err) != 0) {
        return NULL;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        error_failed(err, "libcurl cannot be started");
        return NULL;
    }
    struct client *client = mem_new(1, sizeof *client);
    client->curl = curl_easy_init();
    client->base_url = mem_string(base_url);
    client->response_timeout_ns = response_timeout_ns;
    if (client->curl == NULL) {
        client_free(client);
        error_failed(err, "libcurl cannot be started");
        return NULL;
    }
    return client;
}

void client_free(struct client *client)
{
    if (client != NULL) {
        curl_easy_cleanup(client->curl);
        curl_global_cleanup();
        free(client->base_url);
        free(client);
    }
}

void client_stop_by(struct client *client, const atomic_bool *stop)
{
    client->stop = stop;
}

void client_end_when(struct client *client, bool (*goes_on)(void *context), void *context)
{
    client->goes_on = goes_on;
    client->context = context;
}

/* libcurl calls it about once a second, and more often while bytes pass. Anything but 0 ends the call. */
static int on_progress(void *context, curl_off_t to_receive, curl_off_t received, curl_off_t to_send, curl_off_t sent)
{
    const struct client *client = context;

    (void)to_receive;
    (void)received;
    (void)to_send;
    (void)sent;
    if (client->stop != NULL && atomic_load(client->stop)) {
        return 1;
    }
    return client->goes_on != NULL && !client->goes_on(client->context);
}

/* Interim responses (100 Continue) come first: a new status line begins the head anew. */
static size_t on_head(char *data, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    struct text *head = &exchange->response->head;

    (void)size;
    if (count >= 5 && memcmp(data, "HTTP/", 5) == 0) {
        text_clear(head);
    }
    if (head->length + count > CLIENT_HEAD_MOST) {
        exchange->too_long = true;
        return 0;
    }
    text_append(head, data, count);
    return count;
}

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;

    (void)size;
    if (exchange->response->body.length + count > CLIENT_BODY_MOST) {
        exchange->too_long = true;
        return 0;
    }
    text_append(&exchange->response->body, data, count);
    return count;
}

static size_t on_send(char *data, size_t size, size_t count, void *context)
{
    struct exchange *exchange = context;
    size_t rest = exchange->call->body_length - exchange->sent;
    size_t now = rest < size * count ? rest : size * count;

    memcpy(data, exchange->call->body + exchange->sent, now);
    exchange->sent += now;
    return now;
}

/* libcurl throws away bytes behind a response and tells nobody but the log. */
static int on_log(CURL *curl, curl_infotype type, char *data, size_t length, void *context)
{
    struct exchange *exchange = context;

    (void)curl;
    if (type == CURLINFO_TEXT && memmem(data, length, "xcess found", strlen("xcess found")) != NULL) {
        exchange->response->excess = true;
    }
    return 0;
}

static void set_common(struct exchange *exchange, const char *url)
{
    CURL *curl = exchange->client->curl;

    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                     (long)(exchange->client->response_timeout_ns / CLOCK_MILLISECOND_NS) + 1);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, exchange->reason);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, exchange->client);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_log);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, exchange);
}

static void set_body(struct exchange *exchange)
{
    CURL *curl = exchange->client->curl;
    const struct call *call = exchange->call;

    if (call->body == NULL) {
        return;
    }
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    if (call->chunked) {
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_send);
        curl_easy_setopt(curl, CURLOPT_READDATA, exchange);
    } else {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)call->body_length);
    }
}

/* libcurl's own ideas of headers are taken out: a content type for every POST, Expect for a long one. */
static struct curl_slist *make_headers(const struct call *call)
{
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    char line[256] = "Content-Type:";

    if (call->content_type != NULL) {
        snprintf(line, sizeof line, "Content-Type: %s", call->content_type);
    }
    headers = curl_slist_append(headers, line);
    if (call->authorization != NULL) {
        char *authorization = mem_format("Authorization: %s", call->authorization);
        headers = curl_slist_append(headers, authorization);
        free(authorization);
    }
    return call->chunked ? curl_slist_append(headers, "Transfer-Encoding: chunked") : headers;
}

static void explain(struct exchange *exchange, CURLcode code)
{
    struct call_response *response = exchange->response;
    bool begun = response->head.length > 0;
    char waited[UNITS_TEXT];

    units_write_duration(waited, exchange->client->response_timeout_ns);
    response->late = code == CURLE_OPERATION_TIMEDOUT;
    response->refused = code == CURLE_COULDNT_CONNECT;
    if (response->late) {
        snprintf(response->failure, sizeof response->failure,
                 begun ? "the response was not complete within %s" : "no response within %s", waited);
    } else if (exchange->too_long) {
        snprintf(response->failure, sizeof response->failure,
                 "the response does not end: more than %zu MiB (or a head of %zu KiB)", CLIENT_BODY_MOST >> 20,
                 CLIENT_HEAD_MOST >> 10);
    } else if (response->refused) {
        snprintf(response->failure, sizeof response->failure, "nobody listens there (has the service died?)");
    } else if (code == CURLE_ABORTED_BY_CALLBACK) {
        snprintf(response->failure, sizeof response->failure, "the call was given up");
    } else if (code == CURLE_GOT_NOTHING) {
        snprintf(response->failure, sizeof response->failure, "the connection was closed without a response");
    } else if (code == CURLE_PARTIAL_FILE) {
        snprintf(response->failure, sizeof response->failure,
                 "the connection was closed before the response was complete");
    } else {
        snprintf(response->failure, sizeof response->failure, "no response in HTTP/1.1 (%.200s)",
                 exchange->reason[0] != '\0' ? exchange->reason : curl_easy_strerror(code));
    }
}

/* What the connection looks like right behind the response. A service that closes later is found by the next call. */
static void look_behind(struct client *client, struct call_response *response)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    char byte;

    curl_easy_getinfo(client->curl, CURLINFO_ACTIVESOCKET, &fd);
    if (fd == CURL_SOCKET_BAD) {
        response->closed = true;
        return;
    }
    ssize_t length = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    response->excess = response->excess || length > 0;
    response->closed = length == 0 || (length < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

void client_call(struct client *client, const struct call *call, struct call_response *response)
{
    struct exchange exchange = {.client = client, .call = call, .response = response};
    char *url = mem_format("%s%s", client->base_url, call->path);
    struct curl_slist *headers = make_headers(call);
    long connects = 0;

    *response = (struct call_response){0};
    set_common(&exchange, url);
    set_body(&exchange);
    curl_easy_setopt(client->curl, CURLOPT_CUSTOMREQUEST, call->method);
    curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, headers);
    CURLcode code = curl_easy_perform(client->curl);
    curl_easy_getinfo(client->curl, CURLINFO_NUM_CONNECTS, &connects);
    response->opened = connects > 0;
    if (code != CURLE_OK) {
        explain(&exchange, code);
    } else {
        long version = CURL_HTTP_VERSION_NONE;
        curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &response->status);
        curl_easy_getinfo(client->curl, CURLINFO_HTTP_VERSION, &version);
        if (version == CURL_HTTP_VERSION_1_1) {
            response->version = 11;
        } else if (version == CURL_HTTP_VERSION_1_0) {
            response->version = 10;
        }
        look_behind(client, response);
    }
    curl_easy_reset(client->curl); /* it must not remember this call: closing the connection is logged as well */
    curl_slist_free_all(headers);
    free(url);
}
