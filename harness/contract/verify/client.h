/* client: sends one request after another over one kept HTTP/1.1 connection (libcurl), and brings back what came, or
 * what went wrong, within bounds of time and size. It judges nothing. */
#ifndef TWOFOLD_CONTRACT_VERIFY_CLIENT_H
#define TWOFOLD_CONTRACT_VERIFY_CLIENT_H

#include "base/error.h"
#include "contract/verify/call.h"

#include <stdint.h>

#define CLIENT_BODY_MOST ((size_t)8 << 20)
#define CLIENT_HEAD_MOST ((size_t)256 << 10)

struct client;

/* A client of the service at "http://HOST:PORT". No connection is made yet. NULL with ERROR_INPUT for another kind of
 * URL. */
struct client *client_new(const char *base_url, uint64_t answer_ns, struct error *err);
void client_free(struct client *client);

/* Send it and wait for the whole response, for answer_ns at most. `response` is filled either way; the caller releases it. */
void client_call(struct client *client, const struct call *call, struct answer *response);

#endif
