/* Whatever traffic is taken, its requests are HTTP: each one message, whole, with the body that its Content-Length
 * says, and JSON where JSON was given. The input: a byte for the thread, eight for seed and level, and an object with
 * "requests" and "values". */
#include "base/mem.h"
#include "fuzz.h"
#include "json_change.h"
#include "load/traffic/composer.h"
#include "scenario_words.h"

#include <llhttp.h>
#include <stdlib.h>
#include <string.h>

enum { COMPOSED = 24, THREADS = 4 };

/* What a service would make of it. */
struct heard {
    unsigned begun, whole;
    struct text body;
};

static int on_begin(llhttp_t *parser)
{
    ((struct heard *)parser->data)->begun++;
    return 0;
}

static int on_body(llhttp_t *parser, const char *data, size_t length)
{
    struct heard *heard = parser->data;
    text_append(&heard->body, data, length);
    return 0;
}

static int on_whole(llhttp_t *parser)
{
    ((struct heard *)parser->data)->whole++;
    return 0;
}

static void check_json(const struct text *text)
{
    json_t *json = json_loadb(text->data, text->length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    FUZZ_HOLDS(json != NULL);
    json_decref(json);
}

/* `given` is the request as it stands in the input. */
static void check(const struct composed *composed, const json_t *given)
{
    static const llhttp_settings_t settings = {.on_message_begin = on_begin,
                                               .on_body = on_body,
                                               .on_message_complete = on_whole};
    struct heard heard = {0};
    llhttp_t parser;

    text_append(&heard.body, "", 0);
    llhttp_init(&parser, HTTP_REQUEST, &settings);
    parser.data = &heard;
    llhttp_errno_t result = llhttp_execute(&parser, composed->data, composed->length);
    FUZZ_HOLDS(result == HPE_OK || result == HPE_PAUSED_UPGRADE); /* whoever asks for an upgrade asks for it */
    FUZZ_HOLDS(heard.begun == 1 && heard.whole == 1);
    FUZZ_HOLDS(heard.body.length == composed->body_length);
    FUZZ_HOLDS((composed->request->body.count > 0) == (composed->body_length > 0));
    const char *body = strstr(composed->data, "\r\n\r\n");
    FUZZ_HOLDS(body != NULL && (size_t)(composed->data + composed->length - body) == composed->body_length + 4);
    const char *path_end = composed->data + strlen(composed->request->method) + 1 + composed->path_length;
    FUZZ_HOLDS(path_end < body && strncmp(path_end, " HTTP/1.1\r\n", 11) == 0);
    if (json_object_get(given, "json") != NULL) {
        check_json(&heard.body);
    }
    if (composed->request->expect_json != NULL) {
        check_json(composed->expected);
    }
    text_release(&heard.body);
}

/* What a header cannot hold is refused with the file. */
static bool in_header(const struct traffic *traffic, size_t value)
{
    for (size_t i = 0; i < traffic->request_count; i++) {
        for (size_t j = 0; j < traffic->requests[i].header_count; j++) {
            if (pattern_uses(&traffic->requests[i].headers[j].value, value)) {
                return true;
            }
        }
    }
    return false;
}

/* Two rows, as a CSV file could hold them. */
static void fill_tables(struct traffic *traffic)
{
    for (size_t i = 0; i < traffic->table_count; i++) {
        struct csv_table *table = &traffic->tables[i];
        table->column_count = 1; /* without a file, every value is of the first */
        table->row_count = 2;
        table->cells = mem_new(2, sizeof *table->cells);
        table->cells[0] = "17";
        table->cells[1] = "-1e3";
        table->columns = mem_new(1, sizeof *table->columns);
        table->columns[0] = mem_string("column");
    }
}

/* Lines as a file could hold them. */
static void fill_lines(struct traffic *traffic)
{
    static const char *const lines[] = {"word",   "two words", "\"quoted\\\"", "\r\x01\x7f",
                                        "%2F?&#", "{id}",      "\xc3\xa9"};
    enum { LINES = sizeof lines / sizeof lines[0] };

    for (size_t i = 0; i < traffic->value_count; i++) {
        struct value *value = &traffic->values[i];
        if (value->type == VALUE_ENV) {
            value->secret = mem_string("t0ken \"/\xc3\xa9");
        } else if (value->type == VALUE_LINES && in_header(traffic, i)) {
            value->lines = mem_new(2, sizeof *value->lines);
            value->lines[0] = mem_string("a line, that a header can hold");
            value->line_count = 1;
        } else if (value->type == VALUE_LINES) {
            value->lines = mem_new(LINES + 1, sizeof *value->lines);
            value->line_count = LINES;
            for (size_t j = 0; j < LINES; j++) {
                value->lines[j] = mem_string(lines[j]);
            }
        }
    }
}

/* The same requests again, for the same seed. */
static void compose(const struct traffic *traffic, const struct planned_step *step, unsigned thread,
                    const json_t *requests)
{
    struct composer *composer = composer_new(traffic, "127.0.0.1:8080", step, thread, THREADS);
    struct composer *again = composer_new(traffic, "127.0.0.1:8080", step, thread, THREADS);

    for (int i = 0; i < COMPOSED; i++) {
        struct composed composed, other;
        composer_next(composer, &composed);
        composer_next(again, &other);
        FUZZ_HOLDS(composed.request == other.request && composed.length == other.length);
        FUZZ_HOLDS(memcmp(composed.data, other.data, composed.length) == 0);
        check(&composed, json_array_get(requests, (size_t)(composed.request - traffic->requests)));
    }
    composer_free(composer);
    composer_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    uint8_t thread = fuzz_byte(&bytes);
    uint64_t seed = fuzz_number(&bytes);
    char *text = fuzz_string(&bytes);
    const struct planned_step step = {.level = seed >> 24, .seed = seed};
    struct json_source source;
    struct traffic traffic;
    struct error err = {0};

    if (fuzz_taken(json_source_parse(&source, "traffic", text, &err), &err)) {
        struct json_at top = json_top(&source);
        if (json_is_object(source.root) && fuzz_taken(traffic_read(&traffic, &top, NULL, &err), &err)) {
            fill_lines(&traffic);
            fill_tables(&traffic);
            compose(&traffic, &step, thread % THREADS, json_object_get(source.root, "requests"));
            traffic_release(&traffic);
        }
        json_source_release(&source);
    }
    free(text);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed)
{
    enum { BEFORE = 9 };

    if (size < BEFORE || most <= BEFORE || seed % 8 == 0) {
        return LLVMFuzzerMutate(data, size, most);
    }
    return BEFORE + json_change_bytes(data + BEFORE, size - BEFORE, most - BEFORE, scenario_words, seed);
}
