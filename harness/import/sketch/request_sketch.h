/* request_sketch: one kind of request as a request of a scenario, with the values and files that its places need. */
#ifndef TWOFOLD_IMPORT_SKETCH_REQUEST_SKETCH_H
#define TWOFOLD_IMPORT_SKETCH_REQUEST_SKETCH_H

#include "import/sketch/sketch.h"

#include <jansson.h>

/* What a scenario is put together in. */
struct sheet {
    const char *name;    /* of the scenario; the names of its files begin with it */
    json_t *requests;    /* array */
    json_t *values;      /* object */
    struct sketch *into; /* takes the files */
    struct remarks *remarks;
};

/* Adds the values for the kind's secrets. Done for all kinds before the first request_sketch_add, so that no other
 * value takes their names. */
void request_sketch_add_secrets(struct sheet *sheet, const struct mix_kind *kind);

void request_sketch_add(struct sheet *sheet, const struct mix_kind *kind, json_int_t weight);

/* Appends method and path, with names for places: "GET /users/{user_id}". */
void request_sketch_describe(const struct mix_kind *kind, struct text *out);

#endif
