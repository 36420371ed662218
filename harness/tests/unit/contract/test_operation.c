#include "contract/operation.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"
#include "traffic_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *operation(const char *method, const char *path)
{
    struct piece piece = {.literal = (char *)path, .length = strlen(path)};
    struct request request = {.method = (char *)method, .path = {.pieces = &piece, .count = 1}};
    return operation_of(&request);
}

/* {id} and the like as some value. */
static void fill(const char *template, struct text *out)
{
    for (const char *at = template; *at != '\0';) {
        size_t plain = strcspn(at, "{");
        text_append(out, at, plain);
        at += plain;
        if (*at == '{') {
            text_add(out, "17");
            at = strchr(at, '}') + 1;
        }
    }
}

TEST(every_operation_of_the_contract_is_found_by_its_request)
{
    json_t *contract = json_load_file(SOURCE_FOLDER "/backends/contract/openapi.json", 0, NULL), *methods, *what;
    const char *path, *method;
    unsigned found = 0;

    json_object_foreach(json_object_get(contract, "paths"), path, methods)
    {
        json_object_foreach(methods, method, what)
        {
            const char *id = json_string_value(json_object_get(what, "operationId"));
            char upper[16] = "";
            struct text filled = {0};
            for (size_t i = 0; i < sizeof upper - 1 && method[i] != '\0'; i++) {
                upper[i] = (char)(method[i] - 'a' + 'A');
            }
            if (id != NULL) {
                fill(path, &filled);
                text_add(&filled, "?q=x");
                const char *came = operation(upper, filled.data);
                assert_non_null(came);
                assert_string_equal(came, id);
                found++;
            }
            text_release(&filled);
        }
    }
    assert_in_range(found, 10, 100);
    json_decref(contract);
}

TEST(what_the_contract_does_not_know_is_none)
{
    assert_null(operation("PATCH", "/items/1"));
    assert_null(operation("GET", "/items/"));
    assert_null(operation("GET", "/items/1/tags"));
    assert_null(operation("GET", "/item"));
    assert_null(operation("GET", "/"));
}

static void hint(const char *requests, const char *expected)
{
    struct scenario scenario = {0};
    struct text out = {0};

    traffic_from_text(&scenario.traffic, requests);
    operation_hint(&scenario, &out);
    assert_string_equal(out.length > 0 ? out.data : "", expected);
    text_release(&out);
    traffic_release(&scenario.traffic);
}

TEST(a_request_that_no_operation_answers_gets_a_hint)
{
    hint("{\"requests\": [{\"name\": \"a\", \"path\": \"/item/{id}?x=1\"}, {\"name\": \"b\", \"path\": "
         "\"/items/{id}\"}],"
         " \"values\": {\"id\": {\"uniform\": [1, 2]}}}",
         "hint: no operation of the contract (backends/contract) is GET /item/{id}?x=1 (\"a\"); the sample services "
         "will "
         "answer it with an error\n");
}

TEST(a_request_that_expects_an_error_gets_no_hint)
{
    hint("{\"requests\": [{\"name\": \"a\", \"path\": \"/nowhere\", \"expect\": {\"status\": 404}}]}", "");
}

TEST(the_scenarios_here_get_no_hint)
{
    char **files;
    struct text out = {0};

    assert_int_equal(file_list(SOURCE_FOLDER "/scenarios", &files, NULL), 0);
    for (char **file = files; *file != NULL; file++) {
        struct scenario scenario;
        if (strstr(*file, "schema") != NULL || strstr(*file, ".json") == NULL) {
            continue;
        }
        char *path = mem_format("%s/scenarios/%s", SOURCE_FOLDER, *file);
        assert_int_equal(scenario_read(&scenario, path, NULL), 0);
        operation_hint(&scenario, &out);
        scenario_release(&scenario);
        free(path);
    }
    assert_int_equal(out.length, 0);
    file_list_free(files);
}

TEST(a_whole_sample_service_serves_every_operation)
{
    char *all[] = {"health",   "searchItems", "listItems",       "createItem", "getItem",    "replaceItem",
                   "getOrder", "deleteItem",  "summarizeSeries", "fanOut",     "placeOrder", NULL};

    assert_true(operation_all(all)); /* without the special ones */
    all[10] = NULL;
    assert_false(operation_all(all));
    assert_false(operation_all(NULL));
}
