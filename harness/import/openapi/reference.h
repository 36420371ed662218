/* reference: what a "$ref" of an OpenAPI document stands for. */
#ifndef TWOFOLD_IMPORT_OPENAPI_REFERENCE_H
#define TWOFOLD_IMPORT_OPENAPI_REFERENCE_H

#include <jansson.h>

/* The value itself, or what its "$ref" leads to inside the document. NULL for NULL, for a reference out of the document
 * or to nothing, and for references that go round in a circle. Borrowed from the document. */
const json_t *reference_follow(const json_t *document, const json_t *value);

#endif
