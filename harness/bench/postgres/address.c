#ifdef TWOFOLD_LIBPQ

#include "bench/postgres/address.h"

#include "base/mem.h"

#include <libpq-fe.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

static bool is_loopback(const struct addrinfo *found)
{
    if (found->ai_family == AF_INET) {
        return ntohl(((struct sockaddr_in *)found->ai_addr)->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    }
    return found->ai_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)found->ai_addr)->sin6_addr);
}

/* A name that is not known is nobody's machine. */
static bool is_local(const char *host)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    bool local = true;

    if (host[0] == '\0' || host[0] == '/' || host[0] == '@') {
        return true;
    }
    if (getaddrinfo(host, NULL, &hints, &found) != 0) {
        return false;
    }
    for (const struct addrinfo *each = found; each != NULL; each = each->ai_next) {
        local = local && is_loopback(each);
    }
    freeaddrinfo(found);
    return local;
}

static bool all_local(const char *hosts)
{
    char *copy = mem_string(hosts), *rest = copy;
    bool local = true;

    for (char *host; (host = strsep(&rest, ",")) != NULL;) {
        local = local && is_local(host);
    }
    free(copy);
    return local;
}

/* NULL: neither the URL nor the environment names one. */
static const char *value_of(const PQconninfoOption *options, const char *keyword)
{
    for (; options->keyword != NULL; options++) {
        if (strcmp(options->keyword, keyword) == 0) {
            return options->val != NULL || options->envvar == NULL ? options->val : getenv(options->envvar);
        }
    }
    return NULL;
}

bool address_is_local(const char *url)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    bool local = true;

    if (options != NULL) {
        const char *hosts = value_of(options, "hostaddr");
        if (hosts == NULL) {
            hosts = value_of(options, "host");
        }
        local = hosts == NULL || all_local(hosts);
    }
    PQconninfoFree(options);
    return local;
}

#else

#include "bench/postgres/address.h"

bool address_is_local(const char *url)
{
    (void)url;
    return true;
}

#endif
