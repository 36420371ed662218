/* paragraph: running text cut into lines of a width, by display columns. */
#ifndef TWOFOLD_REPORT_TEXT_PARAGRAPH_H
#define TWOFOLD_REPORT_TEXT_PARAGRAPH_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct line {
    const char *start; /* borrowed from the paragraph */
    size_t length;     /* bytes, without the spaces at its end */
    size_t columns;
};

/* The next line of at most `width` columns (at least 2) from `*rest`, which moves on; false at the end of the text.
 * Lines end at spaces, if possible not between a figure and its unit, and at '\n'; a word wider than a line is cut. */
bool paragraph_line(const char **rest, size_t width, struct line *ret_line);

/* Append the text as whole lines of at most `width` columns. The first begins with `lead` (ASCII), the others are
 * indented by as much. The text is made safe to show (utf8_plain). */
void paragraph_write(struct text *out, const char *lead, const char *text, size_t width);

#endif
