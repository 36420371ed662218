/* The C reader and scenarios/scenario.schema.json are two descriptions of one format. These tests hold their keys
 * together; checks/schemas.py holds the schema to the cases that the reader is held to. */
#include "plan/scenario/scenario.h"

#include "base/file.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIOS SOURCE_FOLDER "/scenarios/"

static json_t *read_schema(void)
{
    json_error_t found;
    json_t *schema = json_load_file(SCENARIOS "scenario.schema.json", JSON_REJECT_DUPLICATES, &found);

    if (schema == NULL) {
        fail_msg("scenario.schema.json:%d: %s", found.line, found.text);
    }
    return schema;
}

TEST(every_scenario_here_is_valid)
{
    char **names;
    size_t count = 0;

    assert_int_equal(file_list(SCENARIOS, &names, NULL), 0);
    for (size_t i = 0; names[i] != NULL; i++) {
        struct scenario scenario;
        struct error err = {0};
        const char *dot = strchr(names[i], '.');
        if (dot == NULL || strcmp(dot, ".json") != 0) {
            continue;
        }
        char *file = file_join(SOURCE_FOLDER "/scenarios", names[i]);
        if (scenario_read(&scenario, file, &err) != 0) {
            fail_msg("%s", err.message);
        }
        scenario_release(&scenario);
        free(file);
        count++;
    }
    file_list_free(names);
    assert_in_range(count, 1, 1000);
}

/* ---- keys ---- */

/* An object of each kind that a scenario has, with a key in it that is like no other, and where the schema describes
 * it. */
static const struct {
    const char *scenario, *definition;
} objects[] = {
    {"{\"schema\": 1, \"%s\": 0}", NULL},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [{\"%s\": 0}]}", "request"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\","
     " \"requests\": [{\"name\": \"r\", \"path\": \"/\", \"expect\": {\"%s\": 0}}]}",
     "expect"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [], \"values\": {\"v\": {\"%s\": 0}}}", "value"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"
     " \"double\": {\"%s\": 0}}",
     "double"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [], \"sessions\": [{\"%s\": 0}]}", "session"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [],"
     " \"sessions\": [{\"name\": \"s\", \"steps\": [{\"%s\": 0}]}]}",
     "session_step"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"
     " \"double\": {\"what\": \"rate\", \"from\": 1, \"steps\": 1}, \"step\": {\"%s\": 0}}",
     "step"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"
     " \"double\": {\"what\": \"rate\", \"from\": 1, \"steps\": 1}, \"soak\": {\"%s\": 0}}",
     "soak"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\", \"requests\": [{\"name\": \"r\", \"path\": \"/\"}],"
     " \"double\": {\"what\": \"rate\", \"from\": 1, \"steps\": 1}, \"limits\": {\"%s\": 0}}",
     "limits"},
    {"{\"schema\": 1, \"name\": \"n\", \"why\": \"w\","
     " \"requests\": [{\"name\": \"r\", \"path\": \"/\", \"limits\": {\"%s\": 0}}],"
     " \"double\": {\"what\": \"rate\", \"from\": 1, \"steps\": 1}}",
     "request_limits"},
};

/* The reader lists the keys it knows when it is given one that is like none of them. */
static char *keys_of_the_reader(const char *format)
{
    struct scenario scenario;
    struct error err = {0};
    struct text text = {0};
    const char *listed = "the known keys are ";

    text_add(&text, format);
    char *place = strstr(text.data, "%s");
    assert_non_null(place);
    struct text whole = {0};
    text_append(&whole, text.data, (size_t)(place - text.data));
    text_add(&whole, "################################");
    text_add(&whole, place + 2);
    assert_int_equal(scenario_parse(&scenario, "x", whole.data, &err), -1);
    text_release(&whole);
    text_release(&text);
    const char *keys = strstr(err.message, listed);
    assert_non_null(keys);
    return strdup(keys + strlen(listed));
}

static json_t *properties_of(json_t *schema, const char *definition)
{
    json_t *described = schema;

    if (definition != NULL) {
        described = json_object_get(json_object_get(schema, "$defs"), definition);
    }
    if (described == NULL) {
        described = json_object_get(json_object_get(schema, "properties"), definition);
    }
    return json_object_get(described, "properties");
}

TEST(the_reader_and_the_schema_know_the_same_keys)
{
    json_t *schema = read_schema();

    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        json_t *properties = properties_of(schema, objects[i].definition);
        char *keys = keys_of_the_reader(objects[i].scenario);
        size_t count = 0;
        char *rest = keys;
        for (char *key = strtok_r(keys, ", ", &rest); key != NULL; key = strtok_r(NULL, ", ", &rest)) {
            if (json_object_get(properties, key) == NULL) {
                fail_msg("the schema does not know %s of %s", key, objects[i].definition);
            }
            count++;
        }
        assert_int_equal(count, json_object_size(properties));
        free(keys);
    }
    json_decref(schema);
}

/* In the README each key stands between backquotes. */
TEST(the_readme_explains_every_key)
{
    json_t *schema = read_schema();
    struct text readme = {0};

    assert_int_equal(file_read(SCENARIOS "README.md", &readme, NULL), 0);
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        const char *key;
        json_t *value;
        json_object_foreach(properties_of(schema, objects[i].definition), key, value)
        {
            struct text quoted = {0};
            text_format(&quoted, "`%s`", key);
            if (strstr(readme.data, quoted.data) == NULL) {
                fail_msg("scenarios/README.md does not explain %s", quoted.data);
            }
            text_release(&quoted);
        }
    }
    text_release(&readme);
    json_decref(schema);
}
