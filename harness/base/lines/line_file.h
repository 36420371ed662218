/* line_file: a file of JSON Lines that whole lines are appended to, by one writer at a time. The file is made by its
 * first line, so that no empty file is ever left behind. It is locked while it is open. Where it is removed or replaced
 * meanwhile, everything is written anew into another file.
 *
 * A new file whose name ends in ".gz" is gzip: each line is a member by itself, so that the file is whole after each,
 * as one of plain text is, and any program that reads gzip reads it. One that exists is gone on with as it is. */
#ifndef TWOFOLD_BASE_LINES_LINE_FILE_H
#define TWOFOLD_BASE_LINES_LINE_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct line_file;

struct line_file_options {
    const char *path;
    bool numbered; /* a new file whose name is taken becomes NAME-2.jsonl, NAME-3.jsonl …; otherwise an error */
    void (*say)(void *context, const char *text); /* is told when the file had to be written anew; may be NULL */
    void *context;
};

/* A file that is yet to be made. Fails at once, and not only at the first line, when its folder cannot be written or
 * its name is taken. */
int line_file_new(struct line_file **ret_file, const struct line_file_options *options, struct error *err);

/* An existing file, which is left as it is until the first line is appended. A last line that has no line end is then
 * completed or removed (base/lines/line_tail.h). ERROR_INPUT where another process has the file open here. */
int line_file_reopen(struct line_file **ret_file, const struct line_file_options *options, struct error *err);

/* Appends `line`, which ends with a newline, and returns when it is on the disk. When that fails, for example because
 * the disk is full, the file still ends with a whole line. */
int line_file_append(struct line_file *file, const char *line, size_t length, struct error *err);

bool line_file_is_gzip(const struct line_file *file);

/* Where the file is; NULL as long as it has not been made. */
const char *line_file_path(const struct line_file *file);

void line_file_close(struct line_file *file); /* may be NULL */

#endif
