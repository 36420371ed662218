#include "load/target.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "load/transport/transport.h"
#include "plan/traffic/url_path.h"

#include <curl/curl.h>
#include <errno.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long an address may take to accept a connection before the next one is tried. */
#define ADDRESS_PATIENCE_MS 1000

/* Of one round trip so many are tried, and no more for longer than that. */
#define TRIPS    20
#define TRIPS_NS (200 * CLOCK_MILLISECOND_NS)

static bool same_address(const struct sockaddr *a, const struct sockaddr *b)
{
    if (a->sa_family != b->sa_family) {
        return false;
    }
    if (a->sa_family == AF_INET) {
        return ((const struct sockaddr_in *)a)->sin_addr.s_addr == ((const struct sockaddr_in *)b)->sin_addr.s_addr;
    }
    return a->sa_family == AF_INET6 && IN6_ARE_ADDR_EQUAL(&((const struct sockaddr_in6 *)a)->sin6_addr,
                                                          &((const struct sockaddr_in6 *)b)->sin6_addr);
}

static bool is_of_an_interface(const struct sockaddr *address)
{
    struct ifaddrs *interfaces;
    bool found = false;

    if (getifaddrs(&interfaces) != 0) {
        return false;
    }
    for (const struct ifaddrs *each = interfaces; each != NULL && !found; each = each->ifa_next) {
        found = each->ifa_addr != NULL && same_address(each->ifa_addr, address);
    }
    freeifaddrs(interfaces);
    return found;
}

/* Loopback; the address of all interfaces, under which servers say that they listen; and those of the interfaces. */
static bool is_this_machine(const struct sockaddr *address)
{
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;

    if (address->sa_family == AF_INET) {
        uint32_t v4 = ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr);
        return v4 >> 24 == 127 || v4 == INADDR_ANY || is_of_an_interface(address);
    }
    return IN6_IS_ADDR_LOOPBACK(v6) || IN6_IS_ADDR_UNSPECIFIED(v6) || is_of_an_interface(address);
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

/* 0, or why there is no connection, as an errno. */
static int try_to_connect(const struct sockaddr *address, socklen_t length)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int failure = errno;
    socklen_t size = sizeof failure;

    if (fd < 0) {
        return failure;
    }
    failure = connect(fd, address, length) == 0 ? 0 : errno;
    if (failure == EINPROGRESS) {
        struct pollfd wait = {.fd = fd, .events = POLLOUT};
        failure = ETIMEDOUT;
        if (poll(&wait, 1, ADDRESS_PATIENCE_MS) == 1) {
            getsockopt(fd, SOL_SOCKET, SO_ERROR, &failure, &size);
        }
    }
    close(fd);
    return failure;
}

int target_try(const char *address, uint16_t port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found;
    char number[8];

    snprintf(number, sizeof number, "%u", port);
    if (getaddrinfo(address, number, &hints, &found) != 0) {
        return EINVAL;
    }
    int failure = try_to_connect(found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return failure;
}

uint64_t target_round_trip_ns(const char *address, uint16_t port)
{
    uint64_t least_ns = UINT64_MAX, until_ns = clock_now_ns() + TRIPS_NS;

    for (int i = 0; i < TRIPS && (i == 0 || clock_now_ns() < until_ns); i++) {
        uint64_t begun_ns = clock_now_ns();
        if (target_try(address, port) != 0) {
            return 0;
        }
        uint64_t taken_ns = clock_now_ns() - begun_ns;
        least_ns = taken_ns < least_ns ? taken_ns : least_ns;
    }
    return least_ns;
}

/* A name such as localhost has several addresses, and a service need not listen on the first: the first one that
 * accepts a connection; the first of all where none does. */
static const struct addrinfo *choose(const struct addrinfo *addresses)
{
    if (addresses->ai_next == NULL) {
        return addresses;
    }
    for (const struct addrinfo *at = addresses; at != NULL; at = at->ai_next) {
        if (try_to_connect(at->ai_addr, at->ai_addrlen) == 0) {
            return at;
        }
    }
    return addresses;
}

static const struct addrinfo *first_remote(const struct addrinfo *addresses)
{
    while (addresses != NULL && is_this_machine(addresses->ai_addr)) {
        addresses = addresses->ai_next;
    }
    return addresses;
}

static void write_address(const struct addrinfo *address, char *text, size_t size)
{
    getnameinfo(address->ai_addr, address->ai_addrlen, text, (socklen_t)size, NULL, 0, NI_NUMERICHOST);
}

static int resolve(struct target *target, bool allow_remote, struct error *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC, .ai_flags = AI_NUMERICSERV};
    const char *host = target->name;
    struct addrinfo *found;
    char port[8];

    snprintf(port, sizeof port, "%u", target->port);
    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        return error_failed(err, "%s: cannot be resolved: %s", host, gai_strerror(failed));
    }
    const struct addrinfo *remote = first_remote(found);
    bool refused = remote != NULL && !allow_remote; /* nothing is sent to it, not a SYN */
    const struct addrinfo *chosen = refused ? remote : choose(found);
    write_address(chosen, target->address, sizeof target->address);
    target->remote = !is_this_machine(chosen->ai_addr);
    freeaddrinfo(found);
    if (refused) {
        return error_input(err, "%s (%s) is another machine; load goes to this one only, unless --allow-remote", host,
                           target->address);
    }
    return 0;
}

static char *path_with_query(const char *path, const char *query)
{
    struct text whole = {0};

    url_path_encode(&whole, path, strlen(path));
    if (query != NULL) {
        text_add(&whole, "?");
        url_path_encode(&whole, query, strlen(query));
    }
    return whole.data;
}

/* The credentials of RFC 7617; NULL where the URL names no user. */
static char *authorization(CURLU *parts)
{
    char *user = NULL, *password = NULL;
    struct text pair = {0}, value = {0};

    curl_url_get(parts, CURLUPART_USER, &user, CURLU_URLDECODE);
    curl_url_get(parts, CURLUPART_PASSWORD, &password, CURLU_URLDECODE);
    if (user != NULL || password != NULL) {
        text_format(&pair, "%s:%s", user != NULL ? user : "", password != NULL ? password : "");
        text_add(&value, "Basic ");
        base64_encode(pair.data, pair.length, &value);
    }
    text_release(&pair);
    curl_free(user);
    curl_free(password);
    return value.data;
}

int target_parse(struct target *target, const char *url, struct error *err)
{
    struct target parsed = {0};
    CURLU *parts = curl_url();
    char *scheme = NULL, *host = NULL, *port = NULL, *path = NULL, *query = NULL;
    int result = -1;

    if (strstr(url, "://") == NULL) {
        error_input(err, "\"%s\" has no scheme; expected a URL such as http://127.0.0.1:8080/items/1", url);
        goto done;
    }
    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_ALLOW_SPACE) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_PATH, &path, 0) != CURLUE_OK) {
        error_input(err, "\"%s\" is not a URL; expected one such as http://127.0.0.1:8080/items/1", url);
        goto done;
    }
    curl_url_get(parts, CURLUPART_QUERY, &query, 0);
    parsed.tls = strcmp(scheme, "https") == 0;
    if (!parsed.tls && strcmp(scheme, "http") != 0) {
        error_input(err, "%s: expected http:// or https://, found %s://", url, scheme);
        goto done;
    }
    parsed.name = without_brackets(host);
    parsed.port = (uint16_t)strtoul(port, NULL, 10);
    parsed.path = path_with_query(path, query);
    parsed.authorization = authorization(parts);
    *target = parsed;
    result = 0;
done:
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_free(path);
    curl_free(query);
    curl_url_cleanup(parts);
    return result;
}

int target_read(struct target *target, const char *url, bool allow_remote, struct error *err)
{
    struct target read;

    if (target_parse(&read, url, err) != 0) {
        return -1;
    }
    if (resolve(&read, allow_remote, err) != 0) {
        target_release(&read);
        return -1;
    }
    *target = read;
    return 0;
}

int target_complete_protocol(const struct target *target, struct protocol *protocol, struct error *err)
{
    protocol->tls = target->tls;
    if (!protocol->tls && (protocol->insecure || protocol->ca_file != NULL)) {
        return error_input(err, "--insecure and --cacert are for https:// only");
    }
    if (protocol->tls && protocol->ca_file == NULL) {
        protocol->ca_file = getenv("SSL_CERT_FILE");
    }
    return 0;
}

char *target_url(const struct target *target)
{
    char *authority = transport_authority(target->name, target->port, target->tls);
    char *url = mem_format("%s://%s%s", target->tls ? "https" : "http", authority, target->path);

    free(authority);
    return url;
}

int target_check_bare(const struct target *target, struct error *err)
{
    if (strcmp(target->path, "/") == 0) {
        return 0;
    }
    return error_input(err,
                       "the requests of a scenario have paths of their own, so that \"%s\" of the URL would not be "
                       "sent; leave it away, or write it into the scenario",
                       target->path);
}

void target_release(struct target *target)
{
    free(target->path);
    free(target->name);
    free(target->authorization);
    target->path = target->name = target->authorization = NULL;
}
