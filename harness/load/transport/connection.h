/* connection: carries one request at a time and its response, whatever the protocol (see transport.h). The transport
 * owns `state`, and what it needs besides lies behind this struct in memory. The rest belongs to the transport's owner.
 */
#ifndef TWOFOLD_LOAD_TRANSPORT_CONNECTION_H
#define TWOFOLD_LOAD_TRANSPORT_CONNECTION_H

#include "base/text.h"
#include "load/transport/flight.h"
#include "plan/traffic/request.h"

#include <stdbool.h>

enum connection_state {
    CONNECTION_OPENING,
    CONNECTION_FREE,
    CONNECTION_BUSY, /* with a request */
    CONNECTION_CLOSING,
};

struct subscriber;
struct user;

struct connection {
    enum connection_state state;
    const struct request *request; /* the one at hand */
    struct flight flight;          /* of the same */
    struct text expected;          /* what its response must hold, as JSON; released with the connection */
    struct user *user;             /* whose request it is; NULL: there are no sessions, or it is over */
    struct subscriber *subscriber; /* whose stream it carries; NULL: none */
    bool abandoned;                /* the step closed over its request: a response that still comes is late */
    struct connection *all_previous, *all_next;
    struct connection *free_previous, *free_next;
};

#endif
