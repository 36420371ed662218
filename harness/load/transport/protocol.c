#include "load/transport/protocol.h"

const char *protocol_name(const struct protocol *protocol)
{
    if (protocol->http2) {
        return protocol->tls ? "HTTP/2 over TLS" : "HTTP/2 without TLS";
    }
    return protocol->tls ? "HTTP/1.1 over TLS" : "plain HTTP/1.1";
}
