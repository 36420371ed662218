/* literal: text and JSON as patterns that say exactly that (plan/traffic/pattern.h): braces are doubled. */
#ifndef TWOFOLD_IMPORT_PARTS_LITERAL_H
#define TWOFOLD_IMPORT_PARTS_LITERAL_H

#include "import/parts/parts.h"

#include <jansson.h>

/* On the heap. */
char *literal_text(const char *text);

/* A copy of the value, in which the strings of members with names of secrets are places (parts_secret). NULL where it
 * holds a NUL character or is nested too deeply. */
json_t *literal_json(const json_t *value, struct parts *parts);

#endif
