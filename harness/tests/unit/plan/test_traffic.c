#include "plan/traffic/traffic.h"

#include "base/secret.h"
#include "pattern_show.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASES   TESTS_FOLDER "/cases/scenario/"
#define CATALOG SOURCE_FOLDER "/scenarios"

static struct traffic read_from(const char *folder, const char *name)
{
    struct json_source source;
    struct traffic traffic;
    struct error err = {0};
    char file[1000];

    snprintf(file, sizeof file, "%s/%s", folder, name);
    if (json_source_read(&source, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    struct json_at top = json_top(&source);
    if (traffic_read(&traffic, &top, folder, &err) != 0) {
        fail_msg("%s", err.message);
    }
    json_source_release(&source);
    return traffic;
}

static void shows(const struct pattern *pattern, const char *wanted)
{
    char *shown = pattern_show(pattern);
    assert_string_equal(shown, wanted);
    free(shown);
}

TEST(the_catalog_reads_and_writes)
{
    struct traffic traffic = read_from(CATALOG, "catalog.json");
    const struct request *get = &traffic.requests[0];
    const struct request *post = &traffic.requests[1];

    assert_int_equal(traffic.value_count, 3);
    assert_string_equal(get->name, "read");
    assert_string_equal(get->method, "GET");
    shows(&get->path, "/items/<0:path>");
    assert_int_equal(get->body.count, 0);
    assert_int_equal(get->header_count, 0);
    assert_int_equal(get->expect_status, 200);
    assert_string_equal(get->expect_json, "id");
    shows(&get->expect_value, "<0>");
    assert_int_equal(get->expect_length, -1);
    assert_string_equal(post->method, "POST");
    shows(&post->path, "/items");
    shows(&post->body, "{\"name\":\"<1:json>\",\"price_cents\":<2>}");
    assert_int_equal(post->header_count, 1);
    assert_string_equal(post->headers[0].name, "Content-Type");
    shows(&post->headers[0].value, "application/json");
    assert_int_equal(post->expect_status, 201);
    assert_string_equal(post->expect_json, "name");
    shows(&post->expect_value, "\"<1:json>\"");
    traffic_release(&traffic);
}

TEST(every_part_of_a_request_is_taken)
{
    struct traffic traffic = read_from(CASES "valid/everything", "case.json");
    const struct request *read = &traffic.requests[0];
    const struct request *write = &traffic.requests[1];
    const struct request *text = &traffic.requests[2];
    const struct request *bare = &traffic.requests[3];

    assert_int_equal(traffic.request_count, 4);
    assert_int_equal(traffic.value_count, 5);
    assert_int_equal(read->weight, 1000000);
    shows(&read->path, "/items/<0:path>?q=<3:path>&{raw}");
    assert_int_equal(read->header_count, 2);
    assert_string_equal(read->headers[0].name, "Accept");
    shows(&read->headers[0].value, "text/html");
    shows(&read->headers[1].value, "{}");
    assert_int_equal(read->expect_length, 0);
    assert_int_equal(write->header_count, 1);
    shows(&write->headers[0].value, "application/vnd.api+json");
    shows(&write->body, "{\"name\":\"<3:json> <4:json>\",\"n\":[<2>,<1>,1.1,true,null,{},[]],\"<3:json>\":\"{id}\"}");
    shows(&write->expect_value, "\"<3:json> <4:json>\"");
    assert_string_equal(text->method, "PUT");
    shows(&text->body, "a=<2>\nb={}");
    assert_int_equal(text->header_count, 0);
    assert_int_equal(text->weight, 1);
    assert_int_equal(text->expect_status, 0);
    assert_null(text->expect_json);
    shows(&bare->body, "<1>");
    shows(&bare->expect_value, "true");
    traffic_release(&traffic);
}

TEST(nothing_is_kept_of_traffic_that_is_refused)
{
    struct json_source source;
    struct traffic traffic;
    struct traffic before;
    struct error err = {0};

    memset(&traffic, 0x5a, sizeof traffic);
    memcpy(&before, &traffic, sizeof traffic);
    assert_int_equal(json_source_parse(&source, "f",
                                       "{\"values\": {\"a\": {\"words\": 1}, \"b\": {\"words\": 1}},"
                                       " \"requests\": [{\"name\": \"r\", \"path\": \"/{a}\"}]}",
                                       NULL),
                     0);
    struct json_at top = json_top(&source);
    assert_int_equal(traffic_read(&traffic, &top, NULL, &err), -1);
    assert_string_equal(
        err.message,
        "f:1: values.b: no request sends this value; put {b} into a path, a header or a body, or remove it");
    assert_memory_equal(&traffic, &before, sizeof traffic);
    json_source_release(&source);
}

TEST(headers_have_places_of_all_kinds)
{
    struct traffic traffic = read_from(CASES "valid/header-places", "case.json");
    const struct request *request = &traffic.requests[0];

    assert_int_equal(request->header_count, 4);
    shows(&request->headers[0].value, "Bearer <0:header>");
    shows(&request->headers[1].value, "<1:header>/<2:header>");
    shows(&request->headers[2].value, "{}");
    shows(&request->headers[3].value, "{<0:header>}");
    assert_true(request_sends(request, 0) && request_sends(request, 1) && request_sends(request, 2));
    assert_int_equal(traffic.values[0].type, VALUE_ENV);
    assert_string_equal(traffic.values[0].variable, "TWOFOLD_CASE_TOKEN");
    traffic_release(&traffic);
}

/* ---- what the environment holds ---- */

/* The complaint about the variable when it holds `held`; NULL: it is not set. */
static char *complaint(const char *held)
{
    struct error err = {0};

    if (held != NULL) {
        setenv("TWOFOLD_CASE_TOKEN", held, 1);
    } else {
        unsetenv("TWOFOLD_CASE_TOKEN");
    }
    struct traffic traffic = read_from(CASES "valid/header-places", "case.json");
    int result = traffic_need_env(&traffic, &err);
    traffic_release(&traffic);
    unsetenv("TWOFOLD_CASE_TOKEN");
    assert_true(result == 0 || err.kind == ERROR_INPUT);
    return result == 0 ? NULL : strdup(err.message);
}

TEST(a_variable_is_needed_only_when_something_is_to_be_sent)
{
    static const struct {
        const char *held, *said;
    } cases[] = {
        {NULL, "values.token.env: the environment variable TWOFOLD_CASE_TOKEN is not set; set it before the run"},
        {"", "values.token.env: the environment variable TWOFOLD_CASE_TOKEN is empty; set it before the run"},
        {"caf\xe9-secret", "values.token.env: the environment variable TWOFOLD_CASE_TOKEN is not UTF-8 text"},
        {"abc\r\nX: secret", "values.token.env: a header of \"r\" has a place for it, and the environment variable "
                             "TWOFOLD_CASE_TOKEN holds a "
                             "control character or a line break, which no header can hold"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *said = complaint(cases[i].held);
        assert_string_equal(said, cases[i].said);
        free(said);
    }
    assert_null(complaint("a \xc3\xa9 token\t"));
    secret_forget();
}

TEST(what_a_variable_holds_is_a_secret_from_then_on)
{
    struct error err = {0};

    setenv("TWOFOLD_CASE_TOKEN", "s3cret/token", 1);
    struct traffic traffic = read_from(CASES "valid/header-places", "case.json");
    error_failed(&err, "the service said s3cret/token and s3cret%%2Ftoken");
    assert_string_equal(err.message, "the service said (cut) and (cut)");
    traffic_release(&traffic);
    unsetenv("TWOFOLD_CASE_TOKEN");
    secret_forget();
}

TEST(a_single_get_takes_its_path_literally)
{
    struct traffic traffic;

    traffic_init_get(&traffic, "/a/{b}?c=}");
    assert_int_equal(traffic.request_count, 1);
    assert_int_equal(traffic.value_count, 0);
    assert_string_equal(traffic.requests[0].method, "GET");
    assert_int_equal(traffic.requests[0].weight, 1);
    assert_int_equal(traffic.requests[0].expect_length, -1);
    assert_int_equal(traffic.requests[0].expect_status, 0);
    shows(&traffic.requests[0].path, "/a/{b}?c=}");
    traffic_release(&traffic);
    assert_int_equal(traffic.request_count, 0);
}
