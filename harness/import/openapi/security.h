/* security: what an OpenAPI operation asks its callers to show. */
#ifndef TWOFOLD_IMPORT_OPENAPI_SECURITY_H
#define TWOFOLD_IMPORT_OPENAPI_SECURITY_H

#include "base/text.h"
#include "import/openapi/operation.h"
#include "import/parts/parts.h"

/* Adds the places for the credentials of the first of the operation's requirements, or of the document's where it has
 * none of its own: headers to `parts`; keys of the query to `query`, without "?", and their values to `defined`. */
void security_add(const struct operation_place *place, struct parts *parts, json_t *defined, struct text *query);

#endif
