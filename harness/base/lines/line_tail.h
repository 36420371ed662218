/* line_tail: what a file of JSON Lines has behind its last whole line, and how it is made to end with a whole one. A
 * last line that has no line end is completed where it is whole JSON, and otherwise removed: the rule by which a reader
 * takes or leaves it. */
#ifndef TWOFOLD_BASE_LINES_LINE_TAIL_H
#define TWOFOLD_BASE_LINES_LINE_TAIL_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <sys/types.h>

struct line_tail {
    bool gzip;       /* it is a file of gzip members */
    off_t keep;      /* the bytes that stay */
    struct text add; /* lines, or a line end, to be put behind them: of a gzip file as a member of their own */
};

/* Finds it for the file behind the descriptor, whose path is for messages; an empty one is of gzip where its name ends
 * in ".gz". Changes nothing. ERROR_INPUT: the last line cannot be removed or completed without the loss of others, as
 * inside a gzip member of many lines that was cut short. Release `add`. */
int line_tail_find(int fd, const char *path, struct line_tail *ret_tail, struct error *err);

/* Whether the name of a file says that what is written to it is to be gzip. */
bool line_tail_is_gzip(const char *path);

#endif
