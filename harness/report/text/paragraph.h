/* paragraph: running text broken into lines of a width, which is counted in display columns. */
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

/* Take the next line of at most `width` columns (at least 2) from `*rest`, and move `*rest` behind it. Lines end at
 * '\n' and at spaces, if possible not between a figure and its unit; a word wider than a line is cut. Returns false
 * at the end of the text. */
bool paragraph_line(const char **rest, size_t width, struct line *ret_line);

/* Append the text as whole lines of at most `width` columns. The first line begins with `lead` (ASCII); the others are
 * indented by its length. The text is made safe to show (utf8_plain). */
void paragraph_write(struct text *out, const char *lead, const char *text, size_t width);

#endif
