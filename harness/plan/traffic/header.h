/* header: one header line that a request sends beside those that the generator sets. */
#ifndef TWOFOLD_PLAN_TRAFFIC_HEADER_H
#define TWOFOLD_PLAN_TRAFFIC_HEADER_H

#include "base/error.h"
#include "base/json.h"
#include "plan/traffic/pattern.h"
#include "plan/traffic/value.h"

#include <stdbool.h>
#include <stddef.h>

struct header {
    char *name;
    struct pattern value;
};

/* Read the member at `at` of "headers", whose key is `name`; its value can hold places. ERROR_INPUT also for headers
 * that the generator sets itself (Host, Content-Length, Connection, Transfer-Encoding). Nothing is kept on failure. */
int header_read(struct header *header, const struct json_at *at, const char *name, const struct value_set *values,
                struct error *err);

/* Split "Name: value", as curl -H takes it, without blanks at the ends; the value has no places. "Name;" gives an empty
 * value. ERROR_INPUT, which shows the name and never the value, where it is no header or one that the generator sets.
 */
int header_parse(struct header *header, const char *line, struct error *err);

/* A header whose value has no places. */
void header_init(struct header *header, const char *name, const char *value);
void header_release(struct header *header);

#endif
