#include "import/openapi/example.h"

#include "base/mem.h"
#include "import/openapi/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 12, VALUES_MOST = 2000, ITEMS_MOST = 100, LENGTH_MOST = 10000 };

struct maker {
    const json_t *document;
    unsigned values; /* that were made, whether or not they were kept */
    unsigned depth;
    bool made_up;
};

static json_t *make(struct maker *maker, const json_t *schema);

/* ---- what the document shows ---- */

static json_t *shown(const json_t *schema)
{
    static const char *const keys[] = {"example", "default", "const"};
    static const char *const lists[] = {"examples", "enum"};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        json_t *value = json_object_get(schema, keys[i]);
        if (value != NULL) {
            return json_incref(value);
        }
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        json_t *first = json_array_get(json_object_get(schema, lists[i]), 0);
        if (first != NULL) {
            return json_incref(first);
        }
    }
    return NULL;
}

/* ---- scalars ---- */

static json_t *make_string(const json_t *schema)
{
    static const struct {
        const char *format, *text;
    } known[] = {{"date", "2024-01-31"},
                 {"date-time", "2024-01-31T12:00:00Z"},
                 {"time", "12:00:00Z"},
                 {"uuid", "00000000-0000-4000-8000-000000000000"},
                 {"email", "someone@example.com"},
                 {"uri", "https://example.com/"},
                 {"url", "https://example.com/"},
                 {"hostname", "example.com"},
                 {"ipv4", "192.0.2.1"},
                 {"ipv6", "2001:db8::1"}};
    const char *format = json_string_value(json_object_get(schema, "format"));
    json_int_t least = json_integer_value(json_object_get(schema, "minLength"));
    json_t *most = json_object_get(schema, "maxLength");

    for (size_t i = 0; format != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(format, known[i].format) == 0) {
            return json_string(known[i].text);
        }
    }
    if (json_object_get(schema, "pattern") != NULL || least > LENGTH_MOST ||
        (most != NULL && json_integer_value(most) < 1)) {
        return NULL;
    }
    size_t length = least > 6 ? (size_t)least : 6;
    if (most != NULL && (size_t)json_integer_value(most) < length) {
        length = (size_t)json_integer_value(most);
    }
    char *text = mem_new(length + 1, 1);
    for (size_t i = 0; i < length; i++) {
        text[i] = "string"[i % 6];
    }
    json_t *string = json_string(text);
    free(text);
    return string;
}

static json_t *make_number(const json_t *schema, bool whole)
{
    const json_t *least = json_object_get(schema, "minimum"), *most = json_object_get(schema, "maximum");
    double value = 1;

    if (json_is_number(least) && value < json_number_value(least)) {
        value = ceil(json_number_value(least));
    }
    if (json_is_number(most) && value > json_number_value(most)) {
        value = floor(json_number_value(most));
    }
    return whole && fabs(value) < 9e15 ? json_integer((json_int_t)value) : json_real(value);
}

/* ---- what holds others ---- */

static bool is_required(const json_t *schema, const char *name)
{
    const json_t *required = json_object_get(schema, "required");

    for (size_t i = 0; i < json_array_size(required); i++) {
        const char *each = json_string_value(json_array_get(required, i));
        if (each != NULL && strcmp(each, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds the member to `object` if it is needed or has an example. Returns whether the object can still be made. */
static bool make_member(struct maker *maker, const json_t *schema, const char *name, json_t *object)
{
    const json_t *member = json_object_get(json_object_get(schema, "properties"), name);
    bool required = is_required(schema, name), before = maker->made_up;

    if (json_is_true(json_object_get(reference_follow(maker->document, member), "readOnly"))) {
        return true;
    }
    maker->made_up = false;
    json_t *value = make(maker, member);
    bool keep = value != NULL && (required || !maker->made_up);
    maker->made_up = before || (keep && maker->made_up);
    if (keep) {
        json_object_set(object, name, value);
    }
    json_decref(value);
    return keep || !required;
}

static json_t *make_object(struct maker *maker, const json_t *schema)
{
    json_t *object = json_object(), *member;
    const char *name;

    json_object_foreach((json_t *)json_object_get(schema, "properties"), name, member)
    {
        if (!make_member(maker, schema, name, object)) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *make_array(struct maker *maker, const json_t *schema)
{
    json_int_t least = json_integer_value(json_object_get(schema, "minItems"));
    json_t *item = make(maker, json_object_get(schema, "items"));
    json_t *array = json_array();

    if (item == NULL || least > ITEMS_MOST) {
        json_decref(item);
        if (least == 0) {
            return array;
        }
        json_decref(array);
        return NULL;
    }
    for (json_int_t i = 0; i < (least > 1 ? least : 1); i++) {
        json_array_append(array, item);
    }
    json_decref(item);
    return array;
}

/* All members of all parts. */
static json_t *make_all(struct maker *maker, const json_t *schema)
{
    const json_t *parts = json_object_get(schema, "allOf");
    json_t *whole = json_object_get(schema, "properties") != NULL ? make_object(maker, schema) : json_object();

    for (size_t i = 0; whole != NULL && i < json_array_size(parts); i++) {
        json_t *part = make(maker, json_array_get(parts, i));
        if (!json_is_object(part)) {
            json_decref(whole);
            return part; /* "allOf" around one schema that is no object, to describe it */
        }
        json_object_update(whole, part);
        json_decref(part);
    }
    return whole;
}

/* ---- a schema ---- */

/* "type" may be a list, of which null is no example. */
static const char *type_of(const json_t *schema)
{
    const json_t *type = json_object_get(schema, "type");

    for (size_t i = 0; i < json_array_size(type); i++) {
        const char *each = json_string_value(json_array_get(type, i));
        if (each != NULL && strcmp(each, "null") != 0) {
            return each;
        }
    }
    if (json_is_string(type)) {
        return json_string_value(type);
    }
    return json_object_get(schema, "properties") != NULL ? "object" : "";
}

static json_t *make_up(struct maker *maker, const json_t *schema, const char *type)
{
    maker->made_up = true;
    if (strcmp(type, "string") == 0) {
        return make_string(schema);
    }
    if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0) {
        return make_number(schema, type[0] == 'i');
    }
    return strcmp(type, "boolean") == 0 ? json_true() : NULL;
}

static json_t *make_kind(struct maker *maker, const json_t *schema)
{
    const json_t *one = json_array_get(json_object_get(schema, "oneOf"), 0);
    const json_t *any = json_array_get(json_object_get(schema, "anyOf"), 0);
    const char *type = type_of(schema);

    if (json_is_array(json_object_get(schema, "allOf"))) {
        return make_all(maker, schema);
    }
    if (one != NULL || any != NULL) {
        return make(maker, one != NULL ? one : any);
    }
    if (strcmp(type, "object") == 0) {
        return make_object(maker, schema);
    }
    if (strcmp(type, "array") == 0) {
        return make_array(maker, schema);
    }
    return make_up(maker, schema, type);
}

static json_t *make(struct maker *maker, const json_t *schema)
{
    schema = reference_follow(maker->document, schema);
    if (!json_is_object(schema) || maker->depth == DEEPEST || maker->values++ > VALUES_MOST) {
        return NULL;
    }
    json_t *value = shown(schema);
    if (value == NULL) {
        maker->depth++;
        value = make_kind(maker, schema);
        maker->depth--;
    }
    return value;
}

struct example example_of_schema(const json_t *document, const json_t *schema)
{
    struct maker maker = {.document = document};
    json_t *value = make(&maker, schema);

    return (struct example){value, value != NULL && maker.made_up};
}

struct example example_of(const json_t *document, const json_t *described)
{
    json_t *value = json_object_get(described, "example");
    void *first = json_object_iter((json_t *)json_object_get(described, "examples"));

    if (value == NULL && first != NULL) {
        value = json_object_get(reference_follow(document, json_object_iter_value(first)), "value");
    }
    if (value != NULL) {
        return (struct example){json_incref(value), false};
    }
    return example_of_schema(document, json_object_get(described, "schema"));
}
