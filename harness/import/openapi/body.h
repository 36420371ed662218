/* body: the request body that an OpenAPI operation describes. */
#ifndef TWOFOLD_IMPORT_OPENAPI_BODY_H
#define TWOFOLD_IMPORT_OPENAPI_BODY_H

#include "import/parts/parts.h"

/* Adds the body that the document shows for it or that its schema allows: JSON before a form, and a form before other
 * text. Sets *made_up where a part of it is no example. Returns false where a body is required and none can be made. */
bool body_add(struct parts *parts, const json_t *document, const json_t *described, bool *made_up);

#endif
