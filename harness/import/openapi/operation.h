/* operation: one operation of an OpenAPI document as a request. */
#ifndef TWOFOLD_IMPORT_OPENAPI_OPERATION_H
#define TWOFOLD_IMPORT_OPENAPI_OPERATION_H

#include "import/format/format.h"

struct operation_place {
    const struct format_source *source;
    const json_t *document;
    const char *origin; /* of its server, as in struct url */
    const char *base;   /* the path of its server, without "/" at its end */
    const char *path;   /* "/pets/{petId}" */
    const char *method; /* "GET" */
    const json_t *item; /* the path item */
    const json_t *operation;
};

/* Adds its request to the mix; where something that it needs has no example, it is left out, which is remarked. */
void operation_add(const struct operation_place *place);

#endif
