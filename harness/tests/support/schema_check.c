#include "schema_check.h"

#include <regex.h>
#include <stddef.h>
#include <string.h>

static bool passes(struct schema_check *check, json_t *schema, json_t *value)
{
    return schema == NULL || schema_check_value(check, schema, value);
}

static bool is_type(const char *type, const json_t *value)
{
    static const struct {
        const char *name;
        json_type type;
    } types[] = {{"object", JSON_OBJECT},   {"array", JSON_ARRAY},   {"string", JSON_STRING},
                 {"integer", JSON_INTEGER}, {"number", JSON_REAL},   {"number", JSON_INTEGER},
                 {"boolean", JSON_TRUE},    {"boolean", JSON_FALSE}, {"null", JSON_NULL}};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].name, type) == 0 && types[i].type == json_typeof(value)) {
            return true;
        }
    }
    return false;
}

/* The patterns of the schema mean the same to ECMAScript and to POSIX. */
static bool matches(const char *pattern, const char *text)
{
    regex_t regex;

    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0) {
        return false;
    }
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static json_t *find(const struct schema_check *check, const char *ref)
{
    const char *name = strncmp(ref, "#/$defs/", 8) == 0 ? ref + 8 : "";
    return json_object_get(json_object_get(check->root, "$defs"), name);
}

/* ---- keywords: each gets its argument and the value; true when it has nothing to say about such a value ---- */

static bool type(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    if (json_is_string(argument)) {
        return is_type(json_string_value(argument), value);
    }
    for (size_t i = 0; i < json_array_size(argument); i++) {
        if (is_type(json_string_value(json_array_get(argument, i)), value)) {
            return true;
        }
    }
    return false;
}

static bool one_of_the_values(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    for (size_t i = 0; i < json_array_size(argument); i++) {
        if (json_equal(json_array_get(argument, i), value)) {
            return true;
        }
    }
    return false;
}

static bool the_value(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return json_equal(argument, value) == 1;
}

static bool ref(struct schema_check *check, json_t *argument, json_t *value)
{
    json_t *schema = find(check, json_string_value(argument));
    if (schema == NULL) {
        check->unknown = json_string_value(argument);
        return false;
    }
    return schema_check_value(check, schema, value);
}

static bool pattern(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_string(value) || matches(json_string_value(argument), json_string_value(value));
}

static bool min_length(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_string(value) || (json_int_t)json_string_length(value) >= json_integer_value(argument);
}

static bool minimum(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_number(value) || json_number_value(value) >= json_number_value(argument);
}

static bool maximum(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_number(value) || json_number_value(value) <= json_number_value(argument);
}

static bool exclusive_minimum(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_number(value) || json_number_value(value) > json_number_value(argument);
}

static bool min_items(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_array(value) || (json_int_t)json_array_size(value) >= json_integer_value(argument);
}

static bool max_items(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_array(value) || (json_int_t)json_array_size(value) <= json_integer_value(argument);
}

static bool items(struct schema_check *check, json_t *argument, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!schema_check_value(check, argument, json_array_get(value, i))) {
            return false;
        }
    }
    return true;
}

static bool prefix_items(struct schema_check *check, json_t *argument, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value) && i < json_array_size(argument); i++) {
        if (!schema_check_value(check, json_array_get(argument, i), json_array_get(value, i))) {
            return false;
        }
    }
    return true;
}

static bool required(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    for (size_t i = 0; json_is_object(value) && i < json_array_size(argument); i++) {
        if (json_object_get(value, json_string_value(json_array_get(argument, i))) == NULL) {
            return false;
        }
    }
    return true;
}

static bool min_properties(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_object(value) || (json_int_t)json_object_size(value) >= json_integer_value(argument);
}

static bool max_properties(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    return !json_is_object(value) || (json_int_t)json_object_size(value) <= json_integer_value(argument);
}

static bool property_names(struct schema_check *check, json_t *argument, json_t *value)
{
    const char *key;
    json_t *member;
    bool good = true;

    json_object_foreach(value, key, member)
    {
        json_t *name = json_string(key);
        good = good && schema_check_value(check, argument, name);
        json_decref(name);
    }
    return good;
}

static bool properties(struct schema_check *check, json_t *argument, json_t *value)
{
    const char *key;
    json_t *member;

    json_object_foreach(value, key, member)
    {
        if (!passes(check, json_object_get(argument, key), member)) {
            return false;
        }
    }
    return true;
}

static bool is_not(struct schema_check *check, json_t *argument, json_t *value)
{
    return !schema_check_value(check, argument, value);
}

static size_t count_passed(struct schema_check *check, json_t *schemas, json_t *value)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(schemas); i++) {
        count += schema_check_value(check, json_array_get(schemas, i), value);
    }
    return count;
}

static bool all_of(struct schema_check *check, json_t *argument, json_t *value)
{
    return count_passed(check, argument, value) == json_array_size(argument);
}

static bool any_of(struct schema_check *check, json_t *argument, json_t *value)
{
    return count_passed(check, argument, value) > 0;
}

static bool one_of(struct schema_check *check, json_t *argument, json_t *value)
{
    return count_passed(check, argument, value) == 1;
}

static bool says_nothing(struct schema_check *check, json_t *argument, json_t *value)
{
    (void)check;
    (void)argument;
    (void)value;
    return true;
}

static const struct keyword {
    const char *name;
    bool (*holds)(struct schema_check *check, json_t *argument, json_t *value);
} keywords[] = {
    {"$ref", ref},
    {"type", type},
    {"enum", one_of_the_values},
    {"const", the_value},
    {"pattern", pattern},
    {"minLength", min_length},
    {"minimum", minimum},
    {"maximum", maximum},
    {"exclusiveMinimum", exclusive_minimum},
    {"minItems", min_items},
    {"maxItems", max_items},
    {"items", items},
    {"prefixItems", prefix_items},
    {"required", required},
    {"minProperties", min_properties},
    {"maxProperties", max_properties},
    {"propertyNames", property_names},
    {"properties", properties},
    {"not", is_not},
    {"allOf", all_of},
    {"anyOf", any_of},
    {"oneOf", one_of},
    {"$schema", says_nothing},
    {"$defs", says_nothing},
    {"title", says_nothing},
    {"description", says_nothing},
    {"default", says_nothing},
    {"examples", says_nothing},
    {"additionalProperties", says_nothing}, /* with "properties" beside it, below */
    {"if", says_nothing},                   /* with its branches, below */
    {"then", says_nothing},
    {"else", says_nothing},
};

static bool holds(struct schema_check *check, const char *name, json_t *argument, json_t *value)
{
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
        if (strcmp(keywords[i].name, name) == 0) {
            return keywords[i].holds(check, argument, value);
        }
    }
    check->unknown = name;
    return false;
}

static bool others_hold(struct schema_check *check, json_t *schema, json_t *value)
{
    const char *key;
    json_t *member;

    json_object_foreach(value, key, member)
    {
        if (json_object_get(json_object_get(schema, "properties"), key) == NULL &&
            !passes(check, json_object_get(schema, "additionalProperties"), member)) {
            return false;
        }
    }
    return true;
}

static bool branch_holds(struct schema_check *check, json_t *schema, json_t *value)
{
    json_t *condition = json_object_get(schema, "if");

    if (condition == NULL) {
        return true;
    }
    const char *branch = schema_check_value(check, condition, value) ? "then" : "else";
    return passes(check, json_object_get(schema, branch), value);
}

bool schema_check_value(struct schema_check *check, json_t *schema, json_t *value)
{
    const char *name;
    json_t *argument;

    if (json_is_boolean(schema)) {
        return json_is_true(schema);
    }
    json_object_foreach(schema, name, argument)
    {
        if (!holds(check, name, argument, value)) {
            return false;
        }
    }
    return others_hold(check, schema, value) && branch_holds(check, schema, value);
}
