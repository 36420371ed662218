/* figure_stream: a JSON document that is written while it is made, so that no more than one of its parts is in memory:
 * a run's report has thousands of steps. The bytes are those that figures_write and figures_write_compact
 * (report/data/figure.h) give of the whole document. */
#ifndef TWOFOLD_REPORT_DATA_FIGURE_STREAM_H
#define TWOFOLD_REPORT_DATA_FIGURE_STREAM_H

#include "base/text.h"
#include "report/data/figure.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Objects and arrays that are open inside each other. */
#define FIGURE_STREAM_DEPTH 8

struct figure_stream {
    bool indented;
    void (*take)(void *into, const void *bytes, size_t length); /* is given the bytes in their order */
    void *into;

    /* The stream's own, zero at the start: */
    unsigned depth;
    bool begun[FIGURE_STREAM_DEPTH]; /* by depth: it has a member */
    char ends[FIGURE_STREAM_DEPTH];  /* by depth: what ends it */
};

/* Begin an object or an array inside the one that is open: `key` is NULL inside an array, and at the top. */
void figure_stream_object(struct figure_stream *stream, const char *key);
void figure_stream_array(struct figure_stream *stream, const char *key);

/* End what was begun last. A document that is whole and indented ends with a line end, as figures_write has it. */
void figure_stream_end(struct figure_stream *stream);

/* Put a whole value there, and release it. */
void figure_stream_put(struct figure_stream *stream, const char *key, json_t *value);

/* Put the members of an object, or of a list of figures, into the object that is open. The first releases `object`. */
void figure_stream_members(struct figure_stream *stream, json_t *object);
void figure_stream_figures(struct figure_stream *stream, const struct figure *figures);

/* For `take`: appends to a struct text. */
void figure_stream_to_text(void *text, const void *bytes, size_t length);

#endif
