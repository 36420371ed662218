/* json_lines: which line of a JSON text a value stands on. jansson does not keep it, so the text is walked again beside
 * the tree that it was parsed into; only a complaint pays for that. */
#ifndef TWOFOLD_BASE_JSON_LINES_H
#define TWOFOLD_BASE_JSON_LINES_H

#include "base/json.h"

/* The line (from 1) of the value at `at`, in an object that of its key. Where `at` is an absent member, the line of the
 * object that lacks it. */
unsigned json_lines_find(const struct json_at *at);

#endif
