#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/checks/check_posted.h"
#include "contract/verify/checks/series.h"
#include "contract/verify/model/summary.h"

#include <stdlib.h>
#include <string.h>

#define PATH "/series/summary"

enum { MOST = 200000, FEW = 2000, SERIES = 12, MIB = 1 << 20 };

static void post(struct session *session, const struct series *series, enum rule rule)
{
    struct summary summary;
    struct call call = {.method = "POST",
                        .path = PATH,
                        .content_type = posted_type(session),
                        .body = series->body.data,
                        .body_length = series->body.length};

    summary_make(&summary, series->values, series->count);
    json_t *body = summary_json(&summary);
    struct expected_response expectation = {.rule = rule, .status = 200, .body = body, .summary = &summary};
    session_ask(session, &call, &expectation);
    json_decref(body);
}

static void post_random(struct session *session, enum series_shape kind, size_t count)
{
    struct series series;

    series_make(&series, &session->random, kind, count);
    post(session, &series, count == MOST ? RULE_SERIES : RULE_SUMMARY);
    series_release(&series);
}

void check_summary(const struct check_context *context)
{
    struct session *session = context->session;

    for (int kind = 0; kind < SERIES_SHAPES; kind++) {
        post_random(session, (enum series_shape)kind, 1);
        post_random(session, (enum series_shape)kind, 2 + random_below(&session->random, 30));
        post_random(session, (enum series_shape)kind, FEW);
    }
    for (int i = 0; i < SERIES; i++) {
        post_random(session, (enum series_shape)random_below(&session->random, SERIES_SHAPES),
                    1 + random_below(&session->random, FEW));
    }
    post_random(session, SERIES_SCALES, MOST);
}

/* ---- what is no series, and long ones ---- */

static void refuse_large(struct session *session)
{
    struct text body = {0};

    text_add(&body, "{\"values\":[0");
    for (int i = 0; i < MOST; i++) {
        text_add(&body, ",1");
    }
    text_add(&body, "]}");
    posted_refuse(session, PATH, body.data, 422, RULE_SERIES);
    text_release(&body);
}

/* White space makes it as long as a body may be. */
static void post_long(struct session *session)
{
    static const char head[] = "{\"values\":[1,2.5,-3";
    double values[] = {1, 2.5, -3};
    size_t length = (size_t)8 * MIB;
    struct series series = {.values = values, .count = 3};
    char *body = mem_new(length + 1, 1);

    memset(body, ' ', length);
    memcpy(body, head, sizeof head - 1);
    memcpy(body + length - 2, "]}", 3);
    series.body = (struct text){.data = body, .length = length};
    post(session, &series, RULE_SERIES_SIZE);
    free(body);
}

static void post_edges(struct session *session)
{
    static const char body[] = "{\"values\":[1e9,-1E+9,1000000000,-1000000000.0,0,0.1e1,5e-1,25E-2]}";
    double values[] = {1e9, -1e9, 1e9, -1e9, 0, 1, 0.5, 0.25};
    struct series series = {.values = values, .count = sizeof values / sizeof values[0]};

    text_add(&series.body, body);
    post(session, &series, RULE_SERIES);
    text_release(&series.body);
}

void check_series(const struct check_context *context)
{
    static const char *const values[] = {
        "null",
        "1",
        "\"1\"",
        "{}",
        "[]",
        "true",
        "[\"1\"]",
        "[null]",
        "[true]",
        "[[1]]",
        "[{}]",
        "[1,\"2\"]",
        "[1,2,null]",
        "{\"0\":1}",
        "[1e10]",
        "[-1e10]",
        "[1e100]",
        "[1000000001]",
        "[-1000000001]",
        "[1000000000.5]",
        "[-1000000000.5]",
        "[1,2,1e12]",
        "[\"NaN\"]",
        "[\"\",1]",
    };
    static const char *const bodies[] = {"{}",
                                         "[]",
                                         "[1,2]",
                                         "null",
                                         "1",
                                         "\"x\"",
                                         "{\"values\":[1],\"x\":1}",
                                         "{\"values\":[1],\"count\":1}",
                                         "{\"Values\":[1]}",
                                         "{\"value\":[1]}"};
    struct session *session = context->session;

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char *body = mem_format("{\"values\":%s}", values[i]);
        posted_refuse(session, PATH, body, 422, RULE_SERIES);
        free(body);
    }
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        posted_refuse(session, PATH, bodies[i], 422, RULE_SERIES);
    }
    posted_check(session, PATH, "{\"values\":[1,2.5,-3]}");
    post_edges(session);
    refuse_large(session);
    post_long(session);
}
