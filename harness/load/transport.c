#include "load/transport.h"

#include "load/plain_transport.h"

int transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err)
{
    if (options->protocol->http2 || options->protocol->tls) {
        return error_failed(err, "%s is not there yet", protocol_name(options->protocol));
    }
    *ret_transport = plain_transport_new(options);
    return 0;
}
