/* runtime_json: what the runtime of a service said in a step, as an object of columns. What it did not tell is null. */
#ifndef TWOFOLD_RECORD_READING_RUNTIME_JSON_H
#define TWOFOLD_RECORD_READING_RUNTIME_JSON_H

#include "base/error.h"
#include "record/reading/runtime.h"

#include <jansson.h>
#include <stddef.h>

/* {"at_ns": [...], "gc_ns": [...], ...} */
json_t *runtime_json_columns(const struct runtime_sample *samples, size_t count);

/* Reads such an object into a new array, which the caller frees. NULL, as in a step of which no page of metrics was
 * read, is none. All errors are ERROR_INPUT and name the key. */
int runtime_json_read(const json_t *columns, struct runtime_sample **ret_samples, size_t *ret_count, struct error *err);

#endif
