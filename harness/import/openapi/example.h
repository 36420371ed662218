/* example: a value that an OpenAPI document shows, or that its schema allows. */
#ifndef TWOFOLD_IMPORT_OPENAPI_EXAMPLE_H
#define TWOFOLD_IMPORT_OPENAPI_EXAMPLE_H

#include <jansson.h>
#include <stdbool.h>

struct example {
    json_t *value; /* NULL: nothing can be said */
    bool made_up;  /* a part of it is no example, default or enum of the document, but a value of the type that is asked
                    * for */
};

/* The example of a schema: its "example", "examples", "default", "const" or first "enum"; else one put together from
 * the examples of its parts. Members that are not required are left away where they have no example, and those that are
 * read-only always are. The value is the caller's. */
struct example example_of_schema(const json_t *document, const json_t *schema);

/* The example of a parameter or a media type: its "example", the first of its "examples", or that of its "schema". */
struct example example_of(const json_t *document, const json_t *described);

#endif
