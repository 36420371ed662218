/* line_reader: reads a file line by line: no more than one line and one block of it is in memory. What is compressed as
 * gzip, whatever it is called, is read as what it unpacks to. */
#ifndef TWOFOLD_BASE_LINES_LINE_READER_H
#define TWOFOLD_BASE_LINES_LINE_READER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A file with a longer line than this, in bytes, is not a file of lines. */
#define LINE_READER_LONGEST ((size_t)256 << 20)

struct line_reader;

struct file_line {
    const char *text; /* without the line end, and without a NUL; valid until the next call. NULL: the file has ended */
    size_t length;
    bool ended; /* false for bytes after the last line end */
};

/* Opens the file. A file that is missing or cannot be read is ERROR_INPUT, here and in the next function; the message
 * has the path and the system's reason. So is a device (file_open), and UTF-16. Close the reader with
 * line_reader_close. */
int line_reader_open(struct line_reader **ret_reader, const char *path, struct error *err);

/* Reads the next line. A line that is too long is ERROR_INPUT, and so is gzip that is damaged or unpacks to more than
 * is believed (base/packed/gzip_reader.h). Gzip that is cut short ends where it is cut, as any other file. */
int line_reader_next(struct line_reader *reader, struct file_line *ret_line, struct error *err);

/* After line_reader_next has failed: whether that was damage of the gzip, which has cost at least one line. */
bool line_reader_damaged(const struct line_reader *reader);

/* Goes on behind the damage, or at the end of the file. */
void line_reader_skip(struct line_reader *reader);

void line_reader_close(struct line_reader *reader); /* can be NULL */

#endif
