/* The C reader, backends/backend.schema.json and backends/README.md are three descriptions of one format. These tests
 * hold their keys together; checks/schemas.py holds the schema to the cases that the reader is held to. */
#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKENDS SOURCE_FOLDER "/backends/"

/* An object of each kind with a key in it that is like no other, and where the schema describes it. */
static const struct {
    const char *manifest, *definition;
} objects[] = {
    {"{\"schema\": 1, \"################################\": 0}", NULL},
    {"{\"schema\": 1, \"run\": [\"x\"], \"tools\": [{\"################################\": 0}]}", "tools"},
};

static json_t *read_schema(void)
{
    json_error_t found;
    json_t *schema = json_load_file(BACKENDS "backend.schema.json", JSON_REJECT_DUPLICATES, &found);

    if (schema == NULL) {
        fail_msg("backend.schema.json:%d: %s", found.line, found.text);
    }
    return schema;
}

static json_t *properties_of(json_t *schema, const char *definition)
{
    json_t *properties = json_object_get(schema, "properties");

    if (definition == NULL) {
        return properties;
    }
    return json_object_get(json_object_get(json_object_get(properties, definition), "items"), "properties");
}

/* The reader lists the keys it knows when it is given one that is like none of them. */
static char *keys_of_the_reader(const char *text)
{
    static const char listed[] = "the known keys are ";
    char folder[] = "/tmp/test-manifest-XXXXXX";
    struct manifest manifest;
    struct error err = {0};

    assert_non_null(mkdtemp(folder));
    char *file = file_join(folder, "backend.json");
    FILE *out = fopen(file, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    assert_int_equal(manifest_read_own(&manifest, folder, &err), -1);
    unlink(file);
    rmdir(folder);
    free(file);
    const char *keys = strstr(err.message, listed);
    assert_non_null(keys);
    return strdup(keys + sizeof listed - 1);
}

/* Between backquotes. */
static void explained(const char *readme, const char *key)
{
    struct text quoted = {0};

    text_format(&quoted, "`%s`", key);
    if (strstr(readme, quoted.data) == NULL) {
        fail_msg("backends/README.md does not explain %s", quoted.data);
    }
    text_release(&quoted);
}

TEST(the_reader_the_schema_and_the_readme_know_the_same_keys)
{
    json_t *schema = read_schema();
    struct text readme = {0};

    assert_int_equal(file_read(BACKENDS "README.md", &readme, NULL), 0);
    for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++) {
        json_t *properties = properties_of(schema, objects[i].definition);
        char *keys = keys_of_the_reader(objects[i].manifest), *rest = NULL;
        size_t count = 0;
        for (char *key = strtok_r(keys, ", ", &rest); key != NULL; key = strtok_r(NULL, ", ", &rest)) {
            if (json_object_get(properties, key) == NULL) {
                fail_msg("the schema does not know %s", key);
            }
            explained(readme.data, key);
            count++;
        }
        assert_int_equal(count, json_object_size(properties));
        free(keys);
    }
    text_release(&readme);
    json_decref(schema);
}

/* The rows of the table of keys: "| `key` |" and "| `key`, `key` |". */
TEST(the_readme_explains_no_key_that_is_none)
{
    json_t *schema = read_schema(), *properties = properties_of(schema, NULL);
    struct text readme = {0};
    size_t found = 0;

    assert_int_equal(file_read(BACKENDS "README.md", &readme, NULL), 0);
    char *rows = strstr(readme.data, "## Every key"), *end = strstr(readme.data, "## How a service is verified");
    assert_true(rows != NULL && end != NULL && rows < end);
    *end = '\0';
    for (char *rest = NULL, *row = strtok_r(rows, "\n", &rest); row != NULL; row = strtok_r(NULL, "\n", &rest)) {
        char *cell = strncmp(row, "| `", 3) == 0 ? strndup(row + 2, strcspn(row + 2, "|")) : strdup("");
        for (char *more = NULL, *key = strtok_r(cell, "`, ", &more); key != NULL; key = strtok_r(NULL, "`, ", &more)) {
            if (json_object_get(properties, key) == NULL) {
                fail_msg("backends/README.md explains `%s`, which is no key", key);
            }
            found++;
        }
        free(cell);
    }
    assert_int_equal(found, json_object_size(properties));
    text_release(&readme);
    json_decref(schema);
}
