#include "contract/orders/audit_rule.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

#define ORDERS                                                                                                         \
    "{\"schema\": 1, \"name\": \"orders\", \"why\": \"w\", \"requests\": ["                                            \
    "{\"name\": \"place\", \"method\": \"POST\", \"path\": \"/orders\", \"json\": {\"customer\": \"c\", \"lines\": "   \
    "[{\"item_id\": 1, \"quantity\": 2}, {\"item_id\": 5, \"quantity\": 1}]}},"                                        \
    "{\"name\": \"read\", \"path\": \"/orders/1\"}],"                                                                  \
    "\"double\": {\"what\": \"rate\", \"from\": 5, \"steps\": 2}, \"needs\": {\"database\": \"postgresql\"}}"

#define FANOUT(more)                                                                                                   \
    "{\"schema\": 1, \"name\": \"fanout\", \"why\": \"w\", \"requests\": ["                                            \
    "{\"name\": \"fan out\", \"path\": \"/fanout?key=1&calls=4\"}], " more                                             \
    "\"double\": {\"what\": \"rate\", \"from\": 5, \"steps\": 2}, \"needs\": {\"upstream\": {\"delay\": \"1ms\"}}}"

/* 10 orders placed, 2 of them late; 3 refused; 4 never answered. */
static struct audit_count order_counts[] = {{(char *)"place", 17, 8, 2, 3, 4}, {(char *)"read", 50, 50, 0, 0, 0}};
static struct audit_count fan_counts[] = {{(char *)"fan out", 10, 7, 1, 1, 1}};

static char *judge(const char *text, struct audit_record *audit)
{
    struct scenario scenario;
    struct error err = {0};
    struct run_log log = {.audits = audit, .audit_count = 1};

    if (scenario_parse(&scenario, "text", text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    audit->backend = (char *)"go";
    assert_null(audit_rule_judge(&log, &scenario, "rust"));
    char *why = audit_rule_judge(&log, &scenario, "go");
    scenario_release(&scenario);
    return why;
}

static void check_orders(const struct database_audit *database, const char *words)
{
    struct audit_record audit = {.counts = order_counts, .count = 2, .database = *database};
    char *why = judge(ORDERS, &audit);

    if (words == NULL && why != NULL) {
        fail_msg("%s", why);
    } else if (words != NULL && (why == NULL || strstr(why, words) == NULL)) {
        fail_msg("expected \"%s\", came \"%s\"", words, why != NULL ? why : "nothing");
    }
    free(why);
}

TEST(orders_stored_lie_between_those_confirmed_and_those_sent)
{
    check_orders(&(struct database_audit){true, 10, 20, 30, 30, 0, 0}, NULL);
    check_orders(&(struct database_audit){true, 17, 34, 51, 51, 0, 0}, NULL);
    check_orders(&(struct database_audit){true, 9, 18, 27, 27, 0, 0}, "10 orders were answered as placed and 9 are");
    check_orders(&(struct database_audit){true, 18, 36, 54, 54, 0, 0}, "18 orders are stored and only 17 were sent");
    check_orders(&(struct database_audit){false, 0, 0, 0, 0, 0, 0}, NULL);
}

TEST(lines_totals_and_stock_have_to_add_up)
{
    check_orders(&(struct database_audit){true, 10, 19, 30, 30, 0, 0}, "with 19 lines");
    check_orders(&(struct database_audit){true, 10, 20, 30, 30, 1, 0}, "1 stored orders");
    check_orders(&(struct database_audit){true, 10, 20, 30, 29, 0, 0}, "29 taken from stock");
    check_orders(&(struct database_audit){true, 10, 20, 30, 30, 0, 2}, "2 items do not add up");
}

static void check_calls(const char *scenario, uint64_t calls, const char *words)
{
    struct audit_record audit = {.counts = fan_counts, .count = 1, .upstream = {true, calls, 0}};
    char *why = judge(scenario, &audit);

    if (words == NULL || why == NULL) {
        assert_true(words == NULL && why == NULL);
    } else {
        assert_non_null(strstr(why, words));
    }
    free(why);
}

TEST(a_right_answer_takes_its_calls_to_the_upstream)
{
    check_calls(FANOUT(""), 28, NULL);
    check_calls(FANOUT(""), 40, NULL);
    check_calls(FANOUT(""), 27, "take 28 calls to the upstream and it made 27");
    check_calls(FANOUT(""), 41, "it made 41 calls to the upstream and was asked for 40");
}

TEST(a_call_may_be_given_up_where_answers_may_take_that_long)
{
    check_calls(FANOUT("\"deadline\": \"3s\", "), 0, NULL);
    check_calls(FANOUT("\"deadline\": \"2s\", "), 0, "take 28 calls");
}
