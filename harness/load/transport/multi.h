/* multi: libcurl on the libuv loop of one thread. It makes transfers to one service, polls the sockets that libcurl
 * asks for, keeps its timer, and tells its owner of each transfer that is over. What is transferred is up to the owner.
 */
#ifndef TWOFOLD_LOAD_TRANSPORT_MULTI_H
#define TWOFOLD_LOAD_TRANSPORT_MULTI_H

#include "base/error.h"
#include "load/transport/transport.h"

#include <curl/curl.h>

struct multi_options {
    uv_loop_t *loop;
    const struct protocol *protocol;
    const struct sockaddr_storage *address;
    const char *authority;
    void (*over)(CURL *easy, CURLcode result); /* called from the loop, never from within libcurl */
    uint64_t *activity;                        /* grows with all that comes in */
};

struct multi;

/* On the thread that starts the others. ERROR_FAILED when this libcurl cannot do the TLS that the protocol needs,
 * ERROR_INPUT when the file of CA certificates cannot be read or holds none. */
int multi_new(struct multi **ret_multi, const struct multi_options *options, struct error *err);

/* All transfers must have been removed. Its memory goes when the loop has run. */
void multi_free(struct multi *multi);

/* A new transfer to the service, not begun yet; NULL where libcurl has none. The caller ends it with
 * curl_easy_cleanup(). *socket_error becomes the errno of the last try to make a socket for it, 0 where that went well;
 * it must outlive the transfer. */
CURL *multi_transfer(struct multi *multi, int *socket_error);

/* What became of a transfer that was over before it had a connection: FAILURE_UNSENT where this machine had nothing
 * left for it, else FAILURE_CONNECT. */
enum failure multi_connect_failure(CURL *easy, int socket_error);

int multi_begin(struct multi *multi, CURL *easy);   /* 0 or -1 */
void multi_remove(struct multi *multi, CURL *easy); /* whether it is over or not */

/* Poll a socket that a finished transfer left open, for UV_READABLE or UV_WRITABLE or both, and call `ready` for its
 * owner. It must be unwatched before the transfer is removed. */
void multi_watch(struct multi *multi, curl_socket_t fd, int events, void (*ready)(void *owner), void *owner);
void multi_unwatch(struct multi *multi, curl_socket_t fd);

#endif
