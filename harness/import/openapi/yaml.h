/* yaml: YAML 1.2 documents as JSON, by libyaml. */
#ifndef TWOFOLD_IMPORT_OPENAPI_YAML_H
#define TWOFOLD_IMPORT_OPENAPI_YAML_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

/* Reads the first document of the text. Plain scalars are null, true, false or numbers where the core schema has them
 * so, and strings otherwise, as those in quotes always are; keys are always strings. An alias repeats what it names;
 * aliases that would repeat more than a million values are ERROR_INPUT, and so are a key given twice and whatever is no
 * YAML: the message has the file and the line. */
int yaml_read(json_t **ret_json, const char *file, const char *text, size_t length, struct error *err);

#endif
