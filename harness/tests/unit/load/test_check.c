#include "load/check.h"

#include "test.h"

#include <math.h>
#include <string.h>

static const struct request any = {.name = "read", .expect_length = -1};
static const struct request created = {.name = "make", .expect_status = 201, .expect_length = -1};
static const struct request with_id = {.name = "read", .expect_json = "id", .expect_length = -1};
static const struct request of_length = {.name = "read", .expect_status = 200, .expect_length = 5};

static struct response response_of(int status, const char *body)
{
    return (struct response){
        .status = status, .body = body, .body_length = strlen(body), .body_bytes = strlen(body), .keep_alive = true};
}

static struct wrong_response *explain(const struct request *request, int status, const char *body)
{
    struct text expected = {.data = "7", .length = 1};
    struct response response = response_of(status, body);

    assert_true(check_response(&response, request, &expected) != FAILURE_NONE);
    return check_explain(&response, request, &expected);
}

TEST(a_wrong_status_is_explained_by_both)
{
    struct wrong_response *wrong = explain(&created, 404, "nothing here");

    assert_string_equal(wrong->request, "make");
    assert_int_equal(wrong->status, 404);
    assert_int_equal(wrong->expected_status, 201);
    assert_string_equal(wrong->body, "nothing here");
    assert_int_equal(wrong->body_bytes, 12);
    assert_true(isnan(wrong->expected_bytes));
    assert_null(wrong->member);
    wrong_response_free(wrong);
    wrong = explain(&any, 302, "");
    assert_int_equal(wrong->expected_status, 0);
    wrong_response_free(wrong);
}

TEST(whatever_comes_of_a_fault_is_right)
{
    static const struct request fault = {.name = "end", .fault = true, .expect_length = -1};
    static const int statuses[] = {200, 202, 404, 500, 503};

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct response response = response_of(statuses[i], "");
        assert_int_equal(check_response(&response, &fault, NULL), FAILURE_NONE);
    }
}

TEST(the_status_is_what_is_wrong_where_the_body_is_too)
{
    struct wrong_response *wrong = explain(&with_id, 500, "{\"id\":8}");

    assert_null(wrong->member);
    wrong_response_free(wrong);
}

TEST(a_wrong_length_is_explained_by_both)
{
    struct wrong_response *wrong = explain(&of_length, 200, "sixsix");

    assert_true(wrong->expected_bytes == 5);
    assert_int_equal(wrong->body_bytes, 6);
    wrong_response_free(wrong);
}

static void check_member(const char *body, const char *came)
{
    struct wrong_response *wrong = explain(&with_id, 200, body);

    assert_string_equal(wrong->member, "id");
    assert_string_equal(wrong->expected_value, "7");
    if (came == NULL) {
        assert_null(wrong->came_value);
    } else {
        assert_non_null(wrong->came_value);
        assert_string_equal(wrong->came_value, came);
    }
    wrong_response_free(wrong);
}

TEST(a_wrong_member_is_explained_by_both_values)
{
    check_member("{\"name\":\"x\", \"id\": 8 }", "8");
    check_member("{\"id\": {\"is\": [1, 2]}}", "{\"is\":[1,2]}");
    check_member("{\"name\": \"x\"}", NULL);
    check_member("[7]", NULL);
    check_member("seven", NULL);
    check_member("", NULL);
}
