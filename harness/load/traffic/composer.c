#include "load/traffic/composer.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* One request made ready: what never changes is written once. */
struct prepared {
    struct text before_path;         /* "GET " */
    struct text after_path;          /* " HTTP/1.1", headers, and for a request without a body the empty line */
    struct text fixed;               /* the whole, when no value stands anywhere */
    size_t path_length, body_length; /* of the request composed last */
    size_t *values;                  /* that this request uses, each once */
    size_t value_count;
};

struct composer {
    const struct traffic *traffic;
    struct prepared *prepared;
    struct draw *draws;
    struct text *drawn; /* text of each value for the request at hand */
    uint64_t *bounds;   /* running sum of weights */
    struct random random;
    struct text out, body, expected;
};

static void use_values(struct prepared *prepared, const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        size_t known = 0;
        if (piece->literal != NULL) {
            continue;
        }
        while (known < prepared->value_count && prepared->values[known] != piece->value) {
            known++;
        }
        if (known == prepared->value_count) {
            *list_add(prepared->values, prepared->value_count) = piece->value;
        }
    }
}

static void add_json_text(const struct text *value, struct text *out)
{
    for (size_t i = 0; i < value->length; i++) {
        unsigned char c = (unsigned char)value->data[i];
        if (c == '"' || c == '\\') {
            text_append(out, "\\", 1);
            text_append(out, value->data + i, 1);
        } else if (c < 0x20) {
            text_format(out, "\\u%04x", c);
        } else {
            text_append(out, value->data + i, 1);
        }
    }
}

static void add_path_text(const struct text *value, struct text *out)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < value->length; i++) {
        unsigned char c = (unsigned char)value->data[i];
        if (c != 0 && strchr(unreserved, c) != NULL) {
            text_append(out, value->data + i, 1);
        } else {
            text_format(out, "%%%02X", c);
        }
    }
}

static void fill(const struct pattern *pattern, const struct text *drawn, struct text *out)
{
    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        if (piece->literal != NULL) {
            text_append(out, piece->literal, piece->length);
            continue;
        }
        const struct text *value = &drawn[piece->value];
        switch (piece->encoding) {
        case ENCODING_RAW:
            text_append(out, value->data, value->length);
            break;
        case ENCODING_JSON_STRING:
            add_json_text(value, out);
            break;
        case ENCODING_PATH:
            add_path_text(value, out);
            break;
        }
    }
}

static void compose(struct composer *composer, const struct request *request, struct prepared *prepared,
                    struct text *out)
{
    text_append(out, prepared->before_path.data, prepared->before_path.length);
    fill(&request->path, composer->drawn, out);
    prepared->path_length = out->length - prepared->before_path.length;
    text_append(out, prepared->after_path.data, prepared->after_path.length);
    if (request->body.count > 0) {
        text_clear(&composer->body);
        fill(&request->body, composer->drawn, &composer->body);
        prepared->body_length = composer->body.length;
        draw_integer((int64_t)composer->body.length, out);
        text_append(out, "\r\n\r\n", 4);
        text_append(out, composer->body.data, composer->body.length);
    }
}

static void prepare(struct composer *composer, const struct request *request, struct prepared *prepared,
                    const char *authority)
{
    text_format(&prepared->before_path, "%s ", request->method);
    text_format(&prepared->after_path, " HTTP/1.1\r\nHost: %s\r\n", authority);
    for (size_t i = 0; i < request->header_count; i++) {
        text_format(&prepared->after_path, "%s: %s\r\n", request->headers[i].name, request->headers[i].value);
    }
    if (request->body.count > 0) {
        text_add(&prepared->after_path, "Content-Length: ");
    } else {
        /* POST, PUT and PATCH say that their content is empty (RFC 9110, section 8.6): some services insist. */
        text_add(&prepared->after_path, request->method[0] == 'P' ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }
    use_values(prepared, &request->path);
    use_values(prepared, &request->body);
    use_values(prepared, &request->expect_value);
    if (prepared->value_count == 0) {
        compose(composer, request, prepared, &prepared->fixed);
    }
}

struct composer *composer_new(const struct traffic *traffic, const char *authority, const struct planned_step *step,
                              unsigned thread, unsigned threads)
{
    struct composer *composer = mem_new(1, sizeof *composer);
    uint64_t sum = 0;

    composer->traffic = traffic;
    composer->prepared = mem_new(traffic->request_count, sizeof *composer->prepared);
    composer->bounds = mem_new(traffic->request_count, sizeof *composer->bounds);
    composer->draws = mem_new(traffic->value_count, sizeof *composer->draws);
    composer->drawn = mem_new(traffic->value_count, sizeof *composer->drawn);
    for (size_t i = 0; i < traffic->value_count; i++) {
        draw_init(&composer->draws[i], &traffic->values[i], step, thread, threads);
        text_append(&composer->drawn[i], "", 0);
    }
    text_append(&composer->expected, "", 0);
    text_append(&composer->out, "", 0);
    for (size_t i = 0; i < traffic->request_count; i++) {
        prepare(composer, &traffic->requests[i], &composer->prepared[i], authority);
        sum += traffic->requests[i].weight;
        composer->bounds[i] = sum;
    }
    /* Streams of schedules are the thread numbers; requests draw from others. */
    random_init(&composer->random, step->seed, (UINT64_C(1) << 32) + thread);
    return composer;
}

void composer_free(struct composer *composer)
{
    if (composer == NULL) {
        return;
    }
    for (size_t i = 0; i < composer->traffic->request_count; i++) {
        text_release(&composer->prepared[i].before_path);
        text_release(&composer->prepared[i].after_path);
        text_release(&composer->prepared[i].fixed);
        free(composer->prepared[i].values);
    }
    for (size_t i = 0; i < composer->traffic->value_count; i++) {
        text_release(&composer->drawn[i]);
        draw_release(&composer->draws[i]);
    }
    text_release(&composer->out);
    text_release(&composer->body);
    text_release(&composer->expected);
    free(composer->prepared);
    free(composer->draws);
    free(composer->drawn);
    free(composer->bounds);
    free(composer);
}

static size_t choose(struct composer *composer)
{
    size_t count = composer->traffic->request_count;
    size_t chosen = 0;
    if (count == 1) {
        return 0;
    }
    uint64_t ticket = random_below(&composer->random, composer->bounds[count - 1]);
    while (ticket >= composer->bounds[chosen]) {
        chosen++;
    }
    return chosen;
}

void composer_next(struct composer *composer, struct composed *ret_composed)
{
    size_t chosen = choose(composer);
    const struct request *request = &composer->traffic->requests[chosen];
    struct prepared *prepared = &composer->prepared[chosen];
    const struct text *out = &prepared->fixed;

    text_clear(&composer->expected);
    for (size_t i = 0; i < prepared->value_count; i++) {
        size_t value = prepared->values[i];
        text_clear(&composer->drawn[value]);
        draw_next(&composer->draws[value], &composer->random, &composer->drawn[value]);
    }
    if (prepared->value_count > 0) {
        text_clear(&composer->out);
        compose(composer, request, prepared, &composer->out);
        out = &composer->out;
    }
    if (request->expect_json != NULL) {
        fill(&request->expect_value, composer->drawn, &composer->expected);
    }
    *ret_composed = (struct composed){.request = request,
                                      .data = out->data,
                                      .length = out->length,
                                      .path_length = prepared->path_length,
                                      .body_length = prepared->body_length,
                                      .expected = &composer->expected};
}
