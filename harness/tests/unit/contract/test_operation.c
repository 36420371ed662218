#include "contract/operation.h"

#include "base/text.h"
#include "test.h"

#include <jansson.h>
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
