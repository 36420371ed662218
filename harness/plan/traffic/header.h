/* header: one header line that a request sends beside those that the generator sets. */
#ifndef TWOFOLD_PLAN_TRAFFIC_HEADER_H
#define TWOFOLD_PLAN_TRAFFIC_HEADER_H

#include "base/error.h"
#include "base/json.h"

struct header {
    char *name;
    char *value;
};

/* Read the member at `at` of "headers", whose key is `name`. ERROR_INPUT also for headers that the generator sets
 * itself (Host, Content-Length, Connection, Transfer-Encoding). Nothing is kept on failure. */
int header_read(struct header *header, const struct json_at *at, const char *name, struct error *err);
void header_release(struct header *header);

#endif
