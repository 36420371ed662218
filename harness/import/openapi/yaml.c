#include "import/openapi/yaml.h"

#include "base/mem.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yaml.h>

enum { DEEPEST = 200, VALUES_MOST = 1000000 };

struct yaml_reader {
    yaml_parser_t parser;
    const char *file;
    json_t *anchors; /* name -> [value, how many values it holds] */
    size_t values;   /* that were read, those of aliases again */
    struct error *err;
};

static int refuse(struct yaml_reader *reader, size_t line, const char *what)
{
    return error_input(reader->err, "%s:%zu: %s", reader->file, line + 1, what);
}

/* The next event, which the caller deletes. */
static int next(struct yaml_reader *reader, yaml_event_t *ret_event)
{
    if (yaml_parser_parse(&reader->parser, ret_event) != 0) {
        return 0;
    }
    const char *problem = reader->parser.problem != NULL ? reader->parser.problem : "cannot be read";
    return error_input(reader->err, "%s:%zu: is no YAML: %s", reader->file, reader->parser.problem_mark.line + 1,
                       problem);
}

/* ---- scalars ---- */

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(text, *words) == 0) {
            return true;
        }
    }
    return false;
}

static json_t *number_of(const char *text)
{
    static const char digits[] = "0123456789";
    const char *unsigned_text = text + (text[0] == '-' || text[0] == '+');
    char *end;

    if (unsigned_text[0] == '\0' || strspn(unsigned_text, "0123456789.eE+-") != strlen(unsigned_text) ||
        strpbrk(unsigned_text, digits) == NULL || strchr("eE", unsigned_text[0]) != NULL) {
        return NULL;
    }
    errno = 0;
    if (strspn(unsigned_text, digits) == strlen(unsigned_text)) {
        long long whole = strtoll(text, &end, 10);
        return errno == 0 ? json_integer(whole) : NULL;
    }
    double real = strtod(text, &end);
    return *end == '\0' && isfinite(real) ? json_real(real) : NULL;
}

/* NULL: it is no text that JSON can hold. */
static json_t *scalar_of(const yaml_event_t *event)
{
    static const char *const nothing[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const yes[] = {"true", "True", "TRUE", NULL}, *const no[] = {"false", "False", "FALSE", NULL};
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.plain_implicit;

    if (plain && strlen(text) == length) {
        if (is_one_of(text, nothing)) {
            return json_null();
        }
        if (is_one_of(text, yes)) {
            return json_true();
        }
        if (is_one_of(text, no)) {
            return json_false();
        }
        json_t *number = number_of(text);
        if (number != NULL) {
            return number;
        }
    }
    return json_stringn(text, length);
}

/* ---- anchors ---- */

static void remember(struct yaml_reader *reader, const yaml_char_t *anchor, json_t *value, size_t before)
{
    if (anchor != NULL && value != NULL) {
        json_object_set_new(reader->anchors, (const char *)anchor,
                            json_pack("[O, I]", value, (json_int_t)(reader->values - before)));
    }
}

static json_t *repeat(struct yaml_reader *reader, const yaml_event_t *event)
{
    json_t *known = json_object_get(reader->anchors, (const char *)event->data.alias.anchor);

    if (known == NULL) {
        refuse(reader, event->start_mark.line, "an alias of nothing that was read before it");
        return NULL;
    }
    reader->values += (size_t)json_integer_value(json_array_get(known, 1));
    if (reader->values > VALUES_MOST) {
        refuse(reader, event->start_mark.line, "its aliases repeat more than a million values");
        return NULL;
    }
    return json_incref(json_array_get(known, 0));
}

/* ---- values ---- */

static json_t *read_value(struct yaml_reader *reader, yaml_event_t *event, unsigned depth);

static json_t *read_sequence(struct yaml_reader *reader, unsigned depth)
{
    json_t *array = json_array();
    yaml_event_t event;

    while (next(reader, &event) == 0) {
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&event);
            return array;
        }
        if (json_array_append_new(array, read_value(reader, &event, depth)) != 0) {
            break;
        }
    }
    json_decref(array);
    return NULL;
}

/* On the heap; NULL: it is no key. */
static char *key_of(struct yaml_reader *reader, const json_t *object, yaml_event_t *event)
{
    size_t line = event->start_mark.line;
    char *key = NULL;

    if (event->type == YAML_SCALAR_EVENT &&
        strlen((const char *)event->data.scalar.value) == event->data.scalar.length) {
        key = mem_string((const char *)event->data.scalar.value);
    }
    yaml_event_delete(event);
    if (key == NULL) {
        refuse(reader, line, "expected a string as the key");
    } else if (json_object_get(object, key) != NULL) {
        refuse(reader, line, "this key is here twice");
        free(key);
        key = NULL;
    }
    return key;
}

/* Reads the value of the key that `event` is, which is deleted. */
static int read_member(struct yaml_reader *reader, json_t *object, yaml_event_t *event, unsigned depth)
{
    char *key = key_of(reader, object, event);
    yaml_event_t value;
    int result = -1;

    if (key != NULL && next(reader, &value) == 0) {
        size_t line = value.start_mark.line;
        json_t *read = read_value(reader, &value, depth);
        result = json_object_set_new(object, key, read);
        if (result != 0 && read != NULL) {
            refuse(reader, line, "this key is no text");
        }
    }
    free(key);
    return result;
}

static json_t *read_mapping(struct yaml_reader *reader, unsigned depth)
{
    json_t *object = json_object();
    yaml_event_t event;

    while (next(reader, &event) == 0) {
        if (event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return object;
        }
        if (read_member(reader, object, &event, depth) != 0) {
            break;
        }
    }
    json_decref(object);
    return NULL;
}

static json_t *read_scalar(struct yaml_reader *reader, const yaml_event_t *event)
{
    json_t *scalar = scalar_of(event);

    if (scalar == NULL) {
        refuse(reader, event->start_mark.line, "this text is not UTF-8");
    }
    return scalar;
}

static json_t *read_inside(struct yaml_reader *reader, const yaml_event_t *event, unsigned depth)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_ALIAS_EVENT:
        return repeat(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(reader, depth + 1);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reader, depth + 1);
    default:
        refuse(reader, event->start_mark.line, "expected a value");
        return NULL;
    }
}

static const yaml_char_t *anchor_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor;
    default:
        return NULL;
    }
}

/* Reads the value that begins with `event`, which is deleted. NULL, with an error, where there is none. */
static json_t *read_value(struct yaml_reader *reader, yaml_event_t *event, unsigned depth)
{
    size_t before = reader->values++;
    json_t *value = NULL;

    if (depth == DEEPEST) {
        refuse(reader, event->start_mark.line, "is nested more than 200 levels deep");
    } else {
        value = read_inside(reader, event, depth);
    }
    remember(reader, anchor_of(event), value, before);
    yaml_event_delete(event);
    return value;
}

static json_t *read_document(struct yaml_reader *reader)
{
    yaml_event_t event;

    while (next(reader, &event) == 0) {
        switch (event.type) {
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_START_EVENT:
            yaml_event_delete(&event);
            break;
        default:
            return read_value(reader, &event, 0);
        }
    }
    return NULL;
}

int yaml_read(json_t **ret_json, const char *file, const char *text, size_t length, struct error *err)
{
    struct yaml_reader reader = {.file = file, .anchors = json_object(), .err = err};

    if (yaml_parser_initialize(&reader.parser) == 0) {
        json_decref(reader.anchors);
        return error_failed(err, "%s: there is no memory to read it", file);
    }
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
    json_t *json = read_document(&reader);
    yaml_parser_delete(&reader.parser);
    json_decref(reader.anchors);
    if (json == NULL) {
        return -1;
    }
    *ret_json = json;
    return 0;
}
