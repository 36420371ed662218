/* operation: which operation of the contract (backends/contract) a request of a scenario asks for. */
#ifndef TWOFOLD_CONTRACT_OPERATION_H
#define TWOFOLD_CONTRACT_OPERATION_H

#include "plan/scenario/scenario.h"
#include "plan/traffic/request.h"

#include <stdbool.h>

/* Its operationId, never freed; NULL for a request that the contract does not know (a malformed one, say). */
const char *operation_of(const struct request *request);

/* The first operation that the scenario asks for and that is not among `operations` (NULL-terminated; NULL: all are).
 * NULL: all are served. */
const char *operation_missing(const struct scenario *scenario, char *const *operations);

#endif
