#include "target.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

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

static int resolve(struct target *target, const char *host, const char *port, bool allow_remote, struct error *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC};
    struct addrinfo *found;

    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        return error_failed(err, "%s: cannot be resolved: %s", host, gai_strerror(failed));
    }
    getnameinfo(found->ai_addr, found->ai_addrlen, target->address, sizeof target->address, NULL, 0, NI_NUMERICHOST);
    target->port = (uint16_t)strtoul(port, NULL, 10);
    bool allowed = allow_remote || is_loopback(found);
    freeaddrinfo(found);
    if (!allowed) {
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
