/* connection: a place for one request at a time and its answer, whatever carries them: see transport.h. Its first part
 * is the transport's, its second part is its owner's; what the transport needs besides stands behind it in memory. */
#ifndef TWOFOLD_LOAD_TRANSPORT_CONNECTION_H
#define TWOFOLD_LOAD_TRANSPORT_CONNECTION_H

#include "base/text.h"
#include "load/recorder.h"
#include "plan/traffic/request.h"

#include <stdbool.h>

enum connection_state {
    CONNECTION_OPENING,
    CONNECTION_FREE,
    CONNECTION_BUSY,
    CONNECTION_CLOSING,
};

struct connection {
    enum connection_state state;
    /* The owner's: the request at hand, and its place in the owner's lists. */
    const struct request *request;
    struct flight flight;
    struct text expected; /* released with the connection */
    bool abandoned;       /* the step closed over its request: the answer, if it comes, counts for nothing */
    struct connection *all_previous, *all_next;
    struct connection *free_previous, *free_next;
};

#endif
