/* sample_json: samples as JSON: many as an object of columns, as run logs have them, and one as an object, as `twofold
 * sample` prints it. A reading that is absent is null. */
#ifndef TWOFOLD_RECORD_READING_SAMPLE_JSON_H
#define TWOFOLD_RECORD_READING_SAMPLE_JSON_H

#include "base/error.h"
#include "record/sample.h"

#include <jansson.h>
#include <stddef.h>

/* {"at_ns": [...], "cpu_ns": [..., null, ...], ...} */
json_t *sample_json_columns(const struct sample *samples, size_t count);

/* Reads such an object into a new array, which the caller frees. A part of which one reading is null is absent. All
 * errors are ERROR_INPUT and name the key. */
int sample_json_read_columns(const json_t *columns, struct sample **ret_samples, size_t *ret_count, struct error *err);

/* Adds the members of one sample to `object`. */
void sample_json_write(const struct sample *sample, json_t *object);

/* Reads one sample. Members that no sample has are ignored: a newer harness may have written them. One that is missing
 * counts as null. */
int sample_json_read(const json_t *object, struct sample *ret_sample, struct error *err);

#endif
