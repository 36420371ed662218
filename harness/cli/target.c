#include "target.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long an address may take to accept a connection before the next one is tried. */
#define ADDRESS_PATIENCE_MS 1000

static bool is_loopback(const struct addrinfo *found)
{
    if (found->ai_family == AF_INET) {
        return ntohl(((struct sockaddr_in *)found->ai_addr)->sin_addr.s_addr) >> 24 == 127;
    }
    return IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)found->ai_addr)->sin6_addr);
}

/* An IPv6 address has brackets in a URL and none elsewhere. */
static char *without_brackets(const char *host)
{
    size_t length = strlen(host);
    bool brackets = length > 2 && host[0] == '[';

    if (brackets) {
        return mem_copy(host + 1, length - 2);
    }
    return mem_string(host);
}

/* Whether somebody listens there. */
static bool accepts(const struct addrinfo *address)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int failure = -1;
    socklen_t size = sizeof failure;

    if (fd < 0) {
        return false;
    }
    if (connect(fd, address->ai_addr, address->ai_addrlen) == 0) {
        failure = 0;
    } else if (errno == EINPROGRESS) {
        struct pollfd wait = {.fd = fd, .events = POLLOUT};
        if (poll(&wait, 1, ADDRESS_PATIENCE_MS) == 1) {
            getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
        }
    }
    close(fd);
    return failure == 0;
}

/* A name such as localhost has several addresses, and a service need not listen on the first: the first one that
 * accepts a connection; the first of all where none does. */
static const struct addrinfo *choose(const struct addrinfo *addresses)
{
    if (addresses->ai_next == NULL) {
        return addresses;
    }
    for (const struct addrinfo *at = addresses; at != NULL; at = at->ai_next) {
        if (accepts(at)) {
            return at;
        }
    }
    return addresses;
}

static const struct addrinfo *first_remote(const struct addrinfo *addresses)
{
    while (addresses != NULL && is_loopback(addresses)) {
        addresses = addresses->ai_next;
    }
    return addresses;
}

static void write_address(const struct addrinfo *address, char *text, size_t size)
{
    getnameinfo(address->ai_addr, address->ai_addrlen, text, (socklen_t)size, NULL, 0, NI_NUMERICHOST);
}

static int resolve(struct target *target, const char *host, const char *port, bool allow_remote, struct error *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC};
    struct addrinfo *found;

    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        return error_failed(err, "%s: cannot be resolved: %s", host, gai_strerror(failed));
    }
    target->port = (uint16_t)strtoul(port, NULL, 10);
    const struct addrinfo *remote = allow_remote ? NULL : first_remote(found); /* nothing is sent to it, not a SYN */
    write_address(remote != NULL ? remote : choose(found), target->address, sizeof target->address);
    freeaddrinfo(found);
    if (remote != NULL) {
        return error_input(err, "%s (%s) is another machine; load goes to loopback only, unless --allow-remote", host,
                           target->address);
    }
    return 0;
}

static char *path_with_query(const char *path, const char *query)
{
    if (query == NULL) {
        return mem_string(path);
    }
    return mem_format("%s?%s", path, query);
}

int target_read(struct target *target, const char *url, bool allow_remote, struct error *err)
{
    CURLU *parts = curl_url();
    char *scheme = NULL, *host = NULL, *port = NULL, *path = NULL, *query = NULL, *name = NULL;
    int result = -1;

    if (curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_PATH, &path, 0) != CURLUE_OK) {
        error_input(err, "\"%s\" is not a URL; expected one such as http://127.0.0.1:8080/items/1", url);
        goto done;
    }
    curl_url_get(parts, CURLUPART_QUERY, &query, 0);
    target->tls = strcmp(scheme, "https") == 0;
    if (!target->tls && strcmp(scheme, "http") != 0) {
        error_input(err, "%s: expected http:// or https://, found %s://", url, scheme);
        goto done;
    }
    name = without_brackets(host);
    result = resolve(target, name, port, allow_remote, err);
    if (result == 0) {
        target->name = name;
        name = NULL;
        target->path = path_with_query(path, query);
    }
done:
    free(name);
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_free(path);
    curl_free(query);
    curl_url_cleanup(parts);
    return result;
}

void target_release(struct target *target)
{
    free(target->path);
    free(target->name);
    target->path = target->name = NULL;
}
