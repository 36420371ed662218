#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/checks/check_posted.h"
#include "contract/verify/checks/scores.h"

#include <stdlib.h>

#define PATH "/inference"

#define EXACTNESS 1e-5

enum { ROWS_MOST = 8192, ROWS_SOME = 400, BATCHES = 10 };

/* In one of the forms that JSON has for it; all are exact for whole numbers below 10,000. */
static void add_number(struct text *body, struct random *random, double value)
{
    text_add(body, body->data[body->length - 1] == '[' ? "" : ",");
    switch (random_below(random, 8)) {
    case 0:
        text_format(body, "%.1f", value);
        break;
    case 1:
        text_format(body, "%.3e", value);
        break;
    default:
        text_format(body, "%.0f", value);
    }
}

/* Any of the cases, in any order, some of them again and again. */
static void score(struct session *session, const struct scores *scores, size_t rows)
{
    struct text features = {0};
    json_t *wanted = json_array();

    text_add(&features, "{\"features\":[");
    for (size_t i = 0; i < rows; i++) {
        size_t which = random_below(&session->random, scores->count);
        for (int k = 0; k < SCORES_FEATURES; k++) {
            add_number(&features, &session->random, scores->rows[which][k]);
        }
        json_array_append_new(wanted, json_real(scores->scores[which]));
    }
    text_add(&features, "]}");
    json_t *body = json_pack("{s:o}", "scores", wanted);
    struct call call = {.method = "POST",
                        .path = PATH,
                        .content_type = posted_type(session),
                        .body = features.data,
                        .body_length = features.length};
    struct expected_response expectation = {.rule = RULE_SCORES, .status = 200, .body = body, .tolerance = EXACTNESS};
    session_ask(session, &call, &expectation);
    json_decref(body);
    text_release(&features);
}

static void refuse_numbers(struct session *session, size_t count)
{
    struct text body = {0};

    text_add(&body, "{\"features\":[");
    for (size_t i = 0; i < count; i++) {
        text_add(&body, i > 0 ? ",1" : "1");
    }
    text_add(&body, "]}");
    posted_refuse(session, PATH, body.data, 422, RULE_FEATURES);
    text_release(&body);
}

/* Fifteen good numbers and another value. */
static void refuse_value(struct session *session, const char *value)
{
    char *body = mem_format("{\"features\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,%s]}", value);
    posted_refuse(session, PATH, body, 422, RULE_FEATURES);
    free(body);
}

static void check_features(struct session *session)
{
    static const char *const values[] = {"null", "true", "\"1\"", "[1]", "{}", "1000001", "-1000001", "1e300"};
    static const char *const bodies[] = {
        "{}", "[]", "null", "1", "{\"features\":1}", "{\"features\":null}", "{\"features\":{}}", "{\"rows\":[[1]]}"};
    static const size_t counts[] = {0, 1, 15, 17, 31, SCORES_FEATURES * (ROWS_MOST + 1)};

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        refuse_numbers(session, counts[i]);
    }
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        refuse_value(session, values[i]);
    }
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        posted_refuse(session, PATH, bodies[i], 422, RULE_FEATURES);
    }
    posted_refuse(session, PATH, "{\"features\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],\"x\":1}", 422, RULE_FEATURES);
    posted_check(session, PATH, "{\"features\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}");
}

void check_inference(const struct check_context *context)
{
    struct session *session = context->session;
    const char *cases = session->options->model_cases;
    struct scores scores;
    struct error why = {0};

    if (cases == NULL) {
        posted_refuse(session, PATH, "{\"features\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}", 503, RULE_UNAVAILABLE);
        return;
    }
    if (scores_read(&scores, cases, &why) != 0) {
        ledger_end(session->ledger, why.message);
        return;
    }
    score(session, &scores, 1);
    score(session, &scores, 2);
    score(session, &scores, ROWS_MOST);
    for (int i = 0; i < BATCHES; i++) {
        score(session, &scores, 1 + random_below(&session->random, ROWS_SOME));
    }
    check_features(session);
    scores_release(&scores);
}
