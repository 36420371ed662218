/* schema_check: as much of JSON Schema 2020-12 as scenarios/scenario.schema.json uses. A keyword that is not known here
 * makes the check fail, so the schema cannot say what no test understands. */
#ifndef TWOFOLD_TESTS_SUPPORT_SCHEMA_CHECK_H
#define TWOFOLD_TESTS_SUPPORT_SCHEMA_CHECK_H

#include <jansson.h>
#include <stdbool.h>

struct schema_check {
    json_t *root;        /* the whole schema, where "$ref" looks */
    const char *unknown; /* a keyword that is not known, once one was met */
};

/* Whether `value` is as `schema` (a part of check->root) says. */
bool schema_check_value(struct schema_check *check, json_t *schema, json_t *value);

#endif
