/* receipt: whether what came over a connection is right for its request and, where that is of a user, for the user's
 * session: what the session captures must be there. The first wrong response of a step is kept in its record. */
#ifndef TWOFOLD_LOAD_RECEIPT_H
#define TWOFOLD_LOAD_RECEIPT_H

#include "load/transport/transport.h"
#include "plan/traffic/traffic.h"
#include "record/load_record.h"

#include <stdint.h>

/* FAILURE_NONE for the right response, else FAILURE_STATUS or FAILURE_BODY. What is captured goes to the user. */
enum failure receipt_judge(struct load_record *record, const struct traffic *traffic,
                           const struct connection *connection, const struct response *response, uint64_t now_ns);

/* What came is no HTTP response; NULL: the connection ended for another reason. */
void receipt_fault(struct load_record *record, const struct connection *connection, const struct response_fault *fault,
                   uint64_t now_ns);

#endif
