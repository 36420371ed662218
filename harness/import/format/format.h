/* format: what a reader of one kind of input is. Each lies in a file of its own, and import.c has the table of them. */
#ifndef TWOFOLD_IMPORT_FORMAT_FORMAT_H
#define TWOFOLD_IMPORT_FORMAT_FORMAT_H

#include "base/error.h"
#include "import/mix/mix.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where requests are read from and where they go. */
struct format_source {
    const char *file; /* for messages */
    struct mix *mix;
    struct remarks *remarks;
};

/* Whether a line of the input, without its end, shows that it is of this format. */
typedef bool format_fits(const char *line);

/* Reads one line. What does not parse is left out and goes into the remarks. `line` is NUL-terminated, and may hold
 * further NULs. */
typedef void format_read_line(const struct format_source *source, const char *line, size_t length, uint64_t number);

/* Reads all of the input. ERROR_INPUT, with the file's name, where it is none of this format. */
typedef int format_read_whole(const struct format_source *source, const char *text, size_t length, struct error *err);

/* The same for a document of JSON, or of YAML that was read as JSON. */
typedef int format_read_document(const struct format_source *source, const json_t *document, struct error *err);

/* Remarks that a line was left out because it does not parse. */
void format_leave_out_line(const struct format_source *source, const char *line, uint64_t number);

format_fits access_log_fits, url_list_fits, curl_command_fits;
format_read_line access_log_read, url_list_read;
format_read_whole curl_command_read;
format_read_document har_read, openapi_read;

#endif
