/* operation: which operation of the contract (backends/contract) a request of a scenario asks for. */
#ifndef TWOFOLD_CONTRACT_OPERATION_H
#define TWOFOLD_CONTRACT_OPERATION_H

#include "base/text.h"
#include "plan/scenario/scenario.h"
#include "plan/traffic/request.h"

#include <stdbool.h>

/* The operationId, a static string; NULL for a request that the contract does not describe, such as a malformed one. */
const char *operation_of(const struct request *request);

/* The same of a method and a path, whose query does not count. */
const char *operation_at(const char *method, const char *path);

/* The first operation that the scenario asks for and `operations` does not list. `operations` is NULL-terminated; NULL
 * stands for all operations. Returns NULL when every operation is served. */
const char *operation_missing(const struct scenario *scenario, char *const *operations);

/* Whether it is one of these, which are NULL-terminated; NULL is none of them. */
bool operation_is_among(const char *operation, char *const *operations);

/* Whether these are at least the catalog, series, search, fan-out and orders: a whole sample service. NULL is none of
 * them. */
bool operation_all(char *const *operations);

/* Append a line for each request that should succeed and that the contract does not describe: a service of the contract
 * and no more will answer it with an error. Nothing where there is none. */
void operation_hint(const struct scenario *scenario, struct text *out);

#endif
