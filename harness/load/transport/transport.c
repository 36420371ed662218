#include "load/transport/transport.h"

#include "load/transport/http2_transport.h"
#include "load/transport/plain_transport.h"
#include "load/transport/tls_transport.h"

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
