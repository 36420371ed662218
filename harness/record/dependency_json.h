/* dependency_json: the records of dependencies to and from the JSON of a run log. For run_reader and run_writer only.
 */
#ifndef TWOFOLD_RECORD_DEPENDENCY_JSON_H
#define TWOFOLD_RECORD_DEPENDENCY_JSON_H

#include "base/error.h"
#include "record/dependency.h"

#include <jansson.h>

/* Return new references. */
json_t *dependency_record_json(const struct dependency_record *record);
json_t *dependency_loads_json(const struct dependency_load *loads, size_t count);
json_t *audit_record_json(const struct audit_record *record);

/* The caller releases the outputs, also on failure. */
int dependency_record_read(struct dependency_record *record, const json_t *json, struct error *err);
int dependency_loads_read(struct dependency_load **loads, size_t *count, const json_t *array, struct error *err);
int audit_record_read(struct audit_record *record, const json_t *json, struct error *err);

#endif
