#include "load/traffic/composer.h"

#include "base/list.h"
#include "base/mem.h"
#include "load/traffic/sequences.h"

#include <stdlib.h>
#include <string.h>

/* One request made ready: what never changes is written once. */
struct prepared {
    struct text before_path;         /* "GET " */
    struct pattern after_path;       /* " HTTP/1.1", headers, and for a request without a body the empty line */
    struct text fixed;               /* the whole, when nothing in it changes */
    size_t path_length, body_length; /* of the request composed last */
    const char *large_body;          /* as in struct composed */
    size_t *values;                  /* that this request uses and that change, each once */
    size_t value_count;
};

#define NO_ROW SIZE_MAX

/* Streams of the seed, one a request, apart from all others: of requests by their weights, and of users. */
#define REQUEST_DRAWS (UINT64_C(1) << 61)
#define USER_DRAWS    (UINT64_C(1) << 63)

/* Of a user: what is drawn on arrival is apart from what is drawn for each step. */
#define DRAWS_PER_USER 128

struct composer {
    const struct traffic *traffic;
    struct prepared *prepared;
    struct draw *draws;
    struct text *drawn; /* text of each value for the request at hand */
    size_t *rows;       /* which row of each CSV file the request at hand has; NO_ROW: none was drawn for it */
    struct sequences sequences;
    uint64_t *bounds; /* running sum of weights */
    uint64_t seed;
    uint64_t number, stride; /* of the next request, among those of all threads */
    uint64_t followed;       /* the sequences know of all requests before this one */
    struct random random;
    struct text out, body, expected;
};

static void use_values(struct prepared *prepared, const struct traffic *traffic, const struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        size_t known = 0;
        if (piece->literal != NULL || traffic->values[piece->value].type == VALUE_ENV) {
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
        case ENCODING_HEADER:
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
    if (prepared->after_path.count == 1) { /* as nearly always */
        text_append(out, prepared->after_path.pieces[0].literal, prepared->after_path.pieces[0].length);
    } else {
        fill(&prepared->after_path, composer->drawn, out);
    }
    if (prepared->large_body != NULL) {
        prepared->body_length = request->body.pieces[0].length;
        draw_integer((int64_t)prepared->body_length, out);
        text_append(out, "\r\n\r\n", 4);
    } else if (request->body.count > 0) {
        text_clear(&composer->body);
        fill(&request->body, composer->drawn, &composer->body);
        prepared->body_length = composer->body.length;
        draw_integer((int64_t)composer->body.length, out);
        text_append(out, "\r\n\r\n", 4);
        text_append(out, composer->body.data, composer->body.length);
    }
}

/* Three texts, one behind the other. */
static void append_texts(struct pattern *pattern, const char *first, const char *second, const char *third)
{
    pattern_append_literal(pattern, first);
    pattern_append_literal(pattern, second);
    pattern_append_literal(pattern, third);
}

static void prepare_head(const struct request *request, struct prepared *prepared, const char *authority)
{
    struct pattern *head = &prepared->after_path;

    text_format(&prepared->before_path, "%s ", request->method);
    append_texts(head, " HTTP/1.1\r\nHost: ", authority, "\r\n");
    for (size_t i = 0; i < request->header_count; i++) {
        append_texts(head, request->headers[i].name, ": ", "");
        pattern_append(head, &request->headers[i].value);
        pattern_append_literal(head, "\r\n");
    }
    if (request->body.count > 0) {
        pattern_append_literal(head, "Content-Length: ");
    } else {
        /* POST, PUT and PATCH say that their content is empty (RFC 9110, section 8.6): some services insist. */
        pattern_append_literal(head, request->method[0] == 'P' ? "Content-Length: 0\r\n\r\n" : "\r\n");
    }
}

static void prepare(struct composer *composer, const struct request *request, struct prepared *prepared,
                    const char *authority)
{
    const struct traffic *traffic = composer->traffic;

    prepare_head(request, prepared, authority);
    if (request->body.count == 1 && request->body.pieces[0].length >= COMPOSED_LARGE) {
        prepared->large_body = request->body.pieces[0].literal;
    }
    use_values(prepared, traffic, &request->path);
    use_values(prepared, traffic, &prepared->after_path);
    use_values(prepared, traffic, &request->body);
    use_values(prepared, traffic, &request->expect_value);
    if (prepared->value_count == 0) {
        compose(composer, request, prepared, &prepared->fixed);
    }
}

static void prepare_values(struct composer *composer, const struct planned_step *step)
{
    const struct traffic *traffic = composer->traffic;

    for (size_t i = 0; i < traffic->value_count; i++) {
        const struct value *value = &traffic->values[i];
        draw_init(&composer->draws[i], value, step);
        text_add(&composer->drawn[i], value->type == VALUE_ENV && value->secret != NULL ? value->secret : "");
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
    composer->rows = mem_new(traffic->table_count, sizeof *composer->rows);
    composer->seed = step->seed;
    composer->number = thread;
    composer->stride = threads;
    sequences_init(&composer->sequences, traffic);
    prepare_values(composer, step);
    text_append(&composer->expected, "", 0);
    text_append(&composer->out, "", 0);
    for (size_t i = 0; i < traffic->request_count; i++) {
        struct prepared *prepared = &composer->prepared[i];
        prepare(composer, &traffic->requests[i], prepared, authority);
        sequences_use(&composer->sequences, i, prepared->values, prepared->value_count);
        sum += traffic->requests[i].weight;
        composer->bounds[i] = sum;
    }
    return composer;
}

static void release_prepared(struct prepared *prepared)
{
    text_release(&prepared->before_path);
    pattern_release(&prepared->after_path);
    text_release(&prepared->fixed);
    free(prepared->values);
}

void composer_free(struct composer *composer)
{
    if (composer == NULL) {
        return;
    }
    for (size_t i = 0; i < composer->traffic->request_count; i++) {
        release_prepared(&composer->prepared[i]);
    }
    for (size_t i = 0; i < composer->traffic->value_count; i++) {
        text_release(&composer->drawn[i]);
        draw_release(&composer->draws[i]);
    }
    sequences_release(&composer->sequences);
    text_release(&composer->out);
    text_release(&composer->body);
    text_release(&composer->expected);
    free(composer->prepared);
    free(composer->draws);
    free(composer->drawn);
    free(composer->rows);
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

/* The row that the request at hand has of the file. */
static size_t row_of(struct composer *composer, size_t index)
{
    const struct csv_table *table = &composer->traffic->tables[index];
    size_t *row = &composer->rows[index];

    if (*row == NO_ROW && table->order == CSV_SEQUENCE) {
        *row = sequences_of_rows(&composer->sequences, index) % table->row_count;
    } else if (*row == NO_ROW) {
        *row = random_below(&composer->random, table->row_count);
    }
    return *row;
}

/* What was drawn last is forgotten. */
static void begin_draws(struct composer *composer)
{
    for (size_t i = 0; i < composer->traffic->table_count; i++) {
        composer->rows[i] = NO_ROW;
    }
}

static void draw(struct composer *composer, size_t index, struct text *drawn)
{
    const struct value *value = &composer->traffic->values[index];

    text_clear(drawn);
    if (value->type == VALUE_CSV) {
        const struct csv_table *table = &composer->traffic->tables[value->table];
        text_add(drawn, csv_table_cell(table, row_of(composer, value->table), value->column));
    } else {
        composer->draws[index].next = sequences_of_value(&composer->sequences, index);
        draw_next(&composer->draws[index], &composer->random, drawn);
    }
}

/* What the user keeps of values is not drawn. */
static void draw_values(struct composer *composer, const struct prepared *prepared, const struct text *kept)
{
    begin_draws(composer);
    for (size_t i = 0; i < prepared->value_count; i++) {
        size_t value = prepared->values[i];
        struct text *drawn = &composer->drawn[value];
        if (kept == NULL || composer->traffic->values[value].scope == VALUE_OF_REQUEST) {
            draw(composer, value, drawn);
        } else {
            text_clear(drawn);
            text_append(drawn, kept[value].data, kept[value].length);
        }
    }
}

void composer_compose(struct composer *composer, size_t index, const struct text *kept, struct composed *ret_composed)
{
    const struct request *request = &composer->traffic->requests[index];
    struct prepared *prepared = &composer->prepared[index];
    const struct text *out = &prepared->fixed;

    text_clear(&composer->expected);
    draw_values(composer, prepared, kept);
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
                                      .large_body = prepared->large_body,
                                      .expected = &composer->expected};
}

/* What is drawn next follows from the seed and that request's number. */
static void begin_request(struct composer *composer, uint64_t number)
{
    random_init(&composer->random, composer->seed, REQUEST_DRAWS + number);
}

/* The requests of other threads, and those that were skipped, go on with the sequences, too. */
static void follow_others(struct composer *composer)
{
    for (; composer->followed < composer->number; composer->followed++) {
        begin_request(composer, composer->followed);
        sequences_go_on(&composer->sequences, choose(composer));
    }
}

void composer_next(struct composer *composer, struct composed *ret_composed)
{
    if (composer->sequences.any) {
        follow_others(composer);
    }
    begin_request(composer, composer->number);
    composer_compose(composer, choose(composer), NULL, ret_composed);
    composer_skip(composer);
}

void composer_skip(struct composer *composer)
{
    composer->number += composer->stride;
}

void composer_arrive(struct composer *composer, uint64_t user)
{
    random_init(&composer->random, composer->seed, USER_DRAWS + user * DRAWS_PER_USER);
    if (composer->sequences.any) {
        sequences_of_user(&composer->sequences, user, NULL, 0);
    }
}

void composer_walk(struct composer *composer, uint64_t user, const struct user_session *session, size_t step)
{
    random_init(&composer->random, composer->seed, USER_DRAWS + user * DRAWS_PER_USER + 1 + step);
    if (composer->sequences.any) {
        sequences_of_user(&composer->sequences, user, session, step);
    }
}

void composer_draw_kept(struct composer *composer, const size_t *values, size_t count, struct text *kept)
{
    begin_draws(composer);
    for (size_t i = 0; i < count; i++) {
        draw(composer, values[i], &kept[values[i]]);
    }
}
