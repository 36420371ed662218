/* client: sends one request at a time over one kept HTTP/1.1 connection (libcurl) and returns the response or the
 * reason why there is none, within limits of time and size. It judges nothing. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CLIENT_H
#define TWOFOLD_CONTRACT_VERIFY_CLIENT_H

#include "base/error.h"
#include "contract/verify/call.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define CLIENT_BODY_MOST ((size_t)8 << 20)
#define CLIENT_HEAD_MOST ((size_t)256 << 10)

struct client;

/* Make a client of the service at "http://HOST:PORT"; it connects with the first call. Returns NULL with ERROR_INPUT
 * for any other URL. */
struct client *client_new(const char *base_url, uint64_t response_timeout_ns, struct error *err);
void client_free(struct client *client);

/* Calls end early, within a second, once `*stop` is true. NULL: they do not. */
void client_stop_by(struct client *client, const atomic_bool *stop);

/* The same once `goes_on(context)`, asked at least once a second, is false. */
void client_end_when(struct client *client, bool (*goes_on)(void *context), void *context);

/* Send the request and wait for the complete response, at most response_timeout_ns. `response` is always filled; the
 * caller releases it. */
void client_call(struct client *client, const struct call *call, struct call_response *response);

#endif
