/* json_lines: finds the line of a JSON text on which a value stands. jansson does not keep it, so the text is scanned
 * again along the parsed tree. Only error messages need this. For base/json only. */
#ifndef TWOFOLD_BASE_JSON_LINES_H
#define TWOFOLD_BASE_JSON_LINES_H

#include "base/json.h"

/* The number of the line, from 1 on. For a member of an object it is the line of its key, for an absent member the line
 * of the object that lacks it. */
unsigned json_lines_find(const struct json_at *at);

#endif
