/* parameter: the parameters of an OpenAPI operation, and their values as a request has them. */
#ifndef TWOFOLD_IMPORT_OPENAPI_PARAMETER_H
#define TWOFOLD_IMPORT_OPENAPI_PARAMETER_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>

/* All parameters of an operation, with references followed: those of its path item, and its own, which take the place
 * of others with their name and kind. A new array. */
json_t *parameter_list(const json_t *document, const json_t *item, const json_t *operation);

/* The one of this kind ("path") and name; NULL: there is none. */
const json_t *parameter_find(const json_t *parameters, const char *in, const char *name);

/* A string of it without control characters; NULL: it has none. */
const char *parameter_text(const json_t *parameter, const char *key);

/* Whether a request has to have it: it is required, or its author shows an example of it. */
bool parameter_is_sent(const json_t *parameter);

/* Append a value as a header has it, as a path has it (percent-encoded, at least one character), or as a query has it
 * ("name=value", once for each element of an array). Return false for what cannot be written so: objects, and NULL. */
bool parameter_write_plain(const json_t *value, struct text *out);
bool parameter_write(const json_t *value, struct text *out);
bool parameter_write_query(const char *name, const json_t *value, struct text *out);

#endif
