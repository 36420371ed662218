#include "report/data/figure_stream.h"

#include <assert.h>
#include <string.h>

static void give(struct figure_stream *stream, const char *string)
{
    stream->take(stream->into, string, strlen(string));
}

static void begin_line(struct figure_stream *stream)
{
    if (stream->indented) {
        give(stream, "\n");
        for (unsigned i = 0; i < stream->depth; i++) {
            give(stream, "  ");
        }
    }
}

/* What stands before a value: a comma, the place of its line, its key. */
static void begin_value(struct figure_stream *stream, const char *key)
{
    if (stream->depth > 0) {
        give(stream, stream->begun[stream->depth - 1] ? "," : "");
        stream->begun[stream->depth - 1] = true;
        begin_line(stream);
    }
    if (key != NULL) {
        give(stream, "\"");
        give(stream, key);
        give(stream, stream->indented ? "\": " : "\":");
    }
}

static void begin(struct figure_stream *stream, const char *key, const char *start, char end)
{
    assert(stream->depth < FIGURE_STREAM_DEPTH);
    begin_value(stream, key);
    give(stream, start);
    stream->begun[stream->depth] = false;
    stream->ends[stream->depth] = end;
    stream->depth++;
}

void figure_stream_object(struct figure_stream *stream, const char *key)
{
    begin(stream, key, "{", '}');
}

void figure_stream_array(struct figure_stream *stream, const char *key)
{
    begin(stream, key, "[", ']');
}

void figure_stream_end(struct figure_stream *stream)
{
    assert(stream->depth > 0);
    stream->depth--;
    if (stream->begun[stream->depth]) {
        begin_line(stream);
    }
    stream->take(stream->into, &stream->ends[stream->depth], 1);
    if (stream->depth == 0 && stream->indented) {
        give(stream, "\n");
    }
}

/* Line ends are between values alone, for those inside strings are escaped. */
static int dump_indented(const char *buffer, size_t size, void *of)
{
    struct figure_stream *stream = of;
    const char *end = buffer + size;

    while (buffer < end) {
        const char *newline = memchr(buffer, '\n', (size_t)(end - buffer));
        size_t length = (size_t)((newline != NULL ? newline : end) - buffer);
        stream->take(stream->into, buffer, length);
        buffer += length;
        if (newline != NULL) {
            begin_line(stream);
            buffer++;
        }
    }
    return 0;
}

static int dump(const char *buffer, size_t size, void *of)
{
    struct figure_stream *stream = of;
    stream->take(stream->into, buffer, size);
    return 0;
}

static void put(struct figure_stream *stream, const char *key, const json_t *value)
{
    begin_value(stream, key);
    if (stream->indented) {
        json_dump_callback(value, dump_indented, stream, FIGURES_INDENTED | JSON_ENCODE_ANY);
    } else {
        json_dump_callback(value, dump, stream, FIGURES_COMPACT | JSON_ENCODE_ANY);
    }
}

void figure_stream_put(struct figure_stream *stream, const char *key, json_t *value)
{
    put(stream, key, value);
    json_decref(value);
}

void figure_stream_members(struct figure_stream *stream, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        put(stream, key, value);
    }
    json_decref(object);
}

void figure_stream_figures(struct figure_stream *stream, const struct figure *figures)
{
    figure_stream_members(stream, figures_object(figures));
}

void figure_stream_to_text(void *text, const void *bytes, size_t length)
{
    text_append(text, bytes, length);
}
