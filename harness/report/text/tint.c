#include "report/text/tint.h"

/* The eight colours that every terminal has, which its user has chosen to be readable. */
static const char *const codes[] = {
    [TINT_NONE] = "",         [TINT_STRONG] = "\x1b[1m", [TINT_FAINT] = "\x1b[2m",
    [TINT_GOOD] = "\x1b[32m", [TINT_BAD] = "\x1b[31m",   [TINT_ACT] = "\x1b[36m",
};

void tint_begin(struct text *out, enum tint tint, bool colour)
{
    if (colour) {
        text_add(out, codes[tint]);
    }
}

void tint_end(struct text *out, enum tint tint, bool colour)
{
    if (colour && tint != TINT_NONE) {
        text_add(out, "\x1b[0m");
    }
}
