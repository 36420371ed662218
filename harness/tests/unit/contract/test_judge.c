#include "contract/verify/judge.h"

#include "test.h"

#include <stdio.h>

#include <stdlib.h>
#include <string.h>

static struct call_response make_response(long status, const char *headers, const char *body)
{
    struct call_response response = {.status = status, .version = 11};

    text_format(&response.head, "HTTP/1.1 %ld X\r\n%s\r\n", status, headers);
    text_add(&response.body, body);
    return response;
}

/* The sentence that the response breaks; -1 when it is good. */
static int judge(const struct expected_response *expectation, long status, const char *headers, const char *body)
{
    struct call_response response = make_response(status, headers, body);
    struct text wrong = {0};
    enum rule rule = RULE_COUNT;
    int verdict = judge_response(expectation, &response, &rule, &wrong) ? -1 : (int)rule;

    assert_int_equal(verdict == -1, wrong.length == 0);
    text_release(&wrong);
    call_response_release(&response);
    return verdict;
}

#define JSON    "Content-Type: application/json\r\n"
#define PROBLEM "content-type:application/problem+json; charset=utf-8\r\n"
#define GOOD    "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":404,\"detail\":\"None.\",\"more\":1}"

TEST(the_status_is_one_of_those_expected)
{
    struct expected_response one = {.rule = RULE_DELETE, .status = 204};
    struct expected_response many = {.rule = RULE_SURROGATE, .status = 201, .other_status = 404, .third_status = 422};

    assert_int_equal(judge(&one, 204, "", ""), -1);
    assert_int_equal(judge(&one, 200, "", ""), RULE_DELETE);
    assert_int_equal(judge(&many, 201, "", "what it likes"), -1);
    assert_int_equal(judge(&many, 404, PROBLEM, GOOD), -1);
    assert_int_equal(judge(&many, 400, PROBLEM, GOOD), RULE_SURROGATE);
    assert_int_equal(judge(&many, 0, "", ""), RULE_SURROGATE);
}

TEST(a_problem_has_its_type_and_all_its_members)
{
    struct expected_response missing = {.rule = RULE_GET, .status = 404};
    static const char *const bad[] = {
        "",
        "[]",
        "null",
        "{}",
        "{\"title\":\"No\",\"status\":404,\"detail\":\"None.\"}",
        "{\"type\":\"about:blank\",\"title\":\"\",\"status\":404,\"detail\":\"None.\"}",
        "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":\"404\",\"detail\":\"None.\"}",
        "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":400,\"detail\":\"None.\"}",
        "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":404.0,\"detail\":\"None.\"}",
        "{\"type\":\"about:blank\",\"title\":\"No\",\"status\":404,\"detail\":[\"None.\"]}",
    };

    assert_int_equal(judge(&missing, 404, PROBLEM, GOOD), -1);
    assert_int_equal(judge(&missing, 404, JSON, GOOD), RULE_PROBLEM);
    assert_int_equal(judge(&missing, 404, "", GOOD), RULE_PROBLEM);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(judge(&missing, 404, PROBLEM, bad[i]), RULE_PROBLEM);
    }
}

TEST(content_types_are_read_as_http_says)
{
    json_t *body = json_pack("[i]", 1);
    struct expected_response expectation = {.rule = RULE_PAGE, .status = 200, .body = body};
    static const char *const good[] = {"Content-Type: application/json\r\n", "content-type:Application/JSON\r\n",
                                       "X: y\r\nCONTENT-TYPE:\tapplication/json ; charset=\"UTF-8\" \r\n",
                                       "Content-Type: application/json;charset=utf-8;v=1\r\n"};
    static const char *const bad[] = {"",
                                      "Content-Type:\r\n",
                                      "Content-Type: application/jsonx\r\n",
                                      "Content-Type: application/json charset=utf-8\r\n",
                                      "X-Content-Type: application/json\r\n",
                                      "Content-Type: application/json; charset=iso-8859-1\r\n",
                                      "Content-Type: text/json\r\n"};

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_int_equal(judge(&expectation, 200, good[i], "[1]"), -1);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(judge(&expectation, 200, bad[i], "[1]"), RULE_SUCCESS);
    }
    json_decref(body);
}

TEST(a_body_is_equal_json_in_utf_8)
{
    json_t *item = json_pack("{s:i, s:s}", "id", 7, "name", "\xc3\xa9");
    struct expected_response create = {.rule = RULE_CREATE, .status = 201, .body = item, .location = 7};
    const char *head = JSON "Location: /items/7\r\n";

    assert_int_equal(judge(&create, 201, head, " {\"name\":\"\\u00e9\",\"id\":7} "), -1);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"\xe9\",\"id\":7}"), RULE_SUCCESS);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"\xc3\xa9\",\"id\":7,\"id\":7}"), RULE_SUCCESS);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"\xc3\xa9\",\"id\":7"), RULE_SUCCESS);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"e\",\"id\":7}"), RULE_NAME);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"\xc3\xa9\",\"id\":8}"), RULE_IDS);
    assert_int_equal(judge(&create, 201, head, "{\"name\":\"\xc3\xa9\",\"id\":7,\"x\":1}"), RULE_CREATE);
    json_decref(item);
}

TEST(a_location_is_the_path_of_the_item)
{
    json_t *item = json_pack("{s:i}", "id", 7);
    struct expected_response create = {.rule = RULE_CREATE, .status = 201, .body = item, .location = 7};

    assert_int_equal(judge(&create, 201, JSON "location:  /items/7\r\n", "{\"id\":7}"), -1);
    assert_int_equal(judge(&create, 201, JSON, "{\"id\":7}"), RULE_LOCATION);
    assert_int_equal(judge(&create, 201, JSON "Location: /items/70\r\n", "{\"id\":7}"), RULE_LOCATION);
    assert_int_equal(judge(&create, 201, JSON "Location: http://h/items/7\r\n", "{\"id\":7}"), RULE_LOCATION);
    json_decref(item);
}

TEST(a_response_that_did_not_come_is_told_with_its_reason)
{
    struct expected_response expectation = {.rule = RULE_GET, .status = 200};
    struct call_response response = {.failure = "no response within 5.00 s"};
    struct text wrong = {0};
    enum rule rule = RULE_COUNT;

    assert_false(judge_response(&expectation, &response, &rule, &wrong));
    assert_int_equal(rule, RULE_RESPONDS);
    assert_string_equal(wrong.data, "no response within 5.00 s");
    text_release(&wrong);
}
