/* tint: colour on a terminal, by what it means. Nothing is told by colour alone. */
#ifndef TWOFOLD_REPORT_TEXT_TINT_H
#define TWOFOLD_REPORT_TEXT_TINT_H

#include "base/text.h"

#include <stdbool.h>

enum tint {
    TINT_NONE,
    TINT_STRONG, /* names and headings */
    TINT_FAINT,  /* what frames the rest */
    TINT_GOOD,   /* what holds */
    TINT_BAD,    /* what breaks */
    TINT_ACT,    /* what to type */
};

/* Append the escape sequence that begins it, and the one that ends it. Nothing where `colour` is false, and for
 * TINT_NONE. */
void tint_begin(struct text *out, enum tint tint, bool colour);
void tint_end(struct text *out, enum tint tint, bool colour);

#endif
