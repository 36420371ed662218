#include "load/transport/transport.h"

#include "base/mem.h"
#include "load/transport/http2_transport.h"
#include "load/transport/plain_transport.h"
#include "load/transport/tls_transport.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *transport_authority(const char *name, uint16_t port, bool tls)
{
    bool v6 = strchr(name, ':') != NULL;
    char *host = v6 ? mem_format("[%s]", name) : mem_string(name);

    if (port == (tls ? 443 : 80)) {
        return host;
    }
    char *authority = mem_format("%s:%u", host, port);
    free(host);
    return authority;
}

bool transport_is_own_want(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM || error == EADDRNOTAVAIL ||
           error == EADDRINUSE;
}

enum failure transport_connect_failure(int error)
{
    return transport_is_own_want(error) ? FAILURE_UNSENT : FAILURE_CONNECT;
}

int transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err)
{
    if (options->protocol->http2) {
        return http2_transport_new(ret_transport, options, err);
    }
    if (options->protocol->tls) {
        return tls_transport_new(ret_transport, options, err);
    }
    *ret_transport = plain_transport_new(options);
    return 0;
}
