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

static int resolve(struct target *target, char *host, const char *port, bool allow_remote, struct error *err)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC};
    struct addrinfo *found;
    size_t length = strlen(host);

    /* An IPv6 address stands in brackets in a URL and without them elsewhere. */
    if (length > 2 && host[0] == '[') {
        host[length - 1] = '\0';
        host++;
    }
    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        return error_failed(err, "%s: cannot be resolved: %s", host, gai_strerror(failed));
    }
    getnameinfo(found->ai_addr, found->ai_addrlen, target->address, sizeof target->address, NULL, 0, NI_NUMERICHOST);
    target->port = (uint16_t)strtoul(port, NULL, 10);
    bool allowed = allow_remote || is_loopback(found);
    freeaddrinfo(found);
    return allowed ? 0
                   : error_input(err, "%s (%s) is another machine; load goes to loopback only, unless --allow-remote",
                                 host, target->address);
}

int target_read(struct target *target, const char *url, bool allow_remote, struct error *err)
{
    CURLU *parts = curl_url();
    char *scheme = NULL, *host = NULL, *port = NULL, *path = NULL, *query = NULL;
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
    if (strcmp(scheme, "http") != 0) {
        error_input(err, "%s: expected http://, found %s://", url, scheme);
        goto done;
    }
    result = resolve(target, host, port, allow_remote, err);
    if (result == 0) {
        target->path = mem_format("%s%s%s", path, query != NULL ? "?" : "", query != NULL ? query : "");
    }
done:
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
    target->path = NULL;
}
