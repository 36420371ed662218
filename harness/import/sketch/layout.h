/* layout: writes JSON as a person would lay out a scenario: what fits on a line stands on one. */
#ifndef TWOFOLD_IMPORT_SKETCH_LAYOUT_H
#define TWOFOLD_IMPORT_SKETCH_LAYOUT_H

#include "base/text.h"

#include <jansson.h>

/* Appends the value with a newline behind it. Objects and arrays that do not fit into 118 columns have a line for each
 * of their members. Those of the top object always have. */
void layout_write(const json_t *value, struct text *out);

#endif
