#include "contract/verify/rule.h"

static const char *const sentences[RULE_COUNT] = {
    [RULE_RESPONDS] = "Every backend answers the same requests with the same meaning",
    [RULE_FRAMING] = "HTTP/1.1: a response is as long as its head says, and nothing follows it",
    [RULE_KEPT] = "It keeps idle connections open for 75 seconds",
    [RULE_HEALTH] = "GET /healthz: 200 {\"status\":\"ok\"}",
    [RULE_GET] = "GET /items/{id}: 200 the item, or 404",
    [RULE_PAGE] =
        "GET /items?limit=20&after=0: 200 with the items with an id above `after`, ascending, at most `limit` of "
        "them; `next_after` is the last id of the page when at least one item follows it, else null",
    [RULE_CREATE] = "POST /items: 201 the item",
    [RULE_LOCATION] = "POST /items: 201 the item, with Location: /items/{id}",
    [RULE_IDS] =
        "Ids are counted up from 10001 for created items and are never used twice, whether or not an item is deleted",
    [RULE_REPLACE] = "PUT /items/{id}: 200 the item as replaced, or 404",
    [RULE_DELETE] = "DELETE /items/{id}: 204 without a body, or 404",
    [RULE_SEED] = "A fresh process holds items 1 to 10000, made by this rule",
    [RULE_ITEMS] =
        "ITEMS: a fresh process holds items 1 to so many, made by the rule of the seed, and counts up from there for "
        "created ones",
    [RULE_NAME] = "`name` comes back exactly as it was sent, whatever characters it holds",
    [RULE_DEFAULTS] = "stock: default 0; tags: default []",
    [RULE_NOT_JSON] = "400: the body is not JSON (cut short, empty)",
    [RULE_CONTENT_TYPE] = "415: the content type is not application/json (parameters such as charset are fine)",
    [RULE_NOT_AN_ITEM] =
        "422: JSON, but not an item: a missing or unknown field (an id counts as unknown), a wrong type, a "
        "number or length out of range; types are strict",
    [RULE_RANGES] =
        "name: 1 to 200 Unicode code points; price_cents: integer from 0 to 100,000,000; stock: integer from 0 "
        "to 1,000,000; tags: at most 8 strings of 1 to 32 code points each",
    [RULE_PATH] = "Path: an id that is not a decimal integer from 1 to 2^53 - 1 gives 422",
    [RULE_QUERY] =
        "Query: a `limit` (1 to 1000) or `after` (0 to 2^53 - 1) that is not a decimal integer in its range gives "
        "422",
    [RULE_UNKNOWN_QUERY] = "Unknown query parameters are ignored",
    [RULE_ORDER] =
        "Order of checks: path id, then content type, then JSON, then fields; a PUT to a missing item answers 404 "
        "only when its body is a good one",
    [RULE_PROBLEM] =
        "Errors (4xx) are application/problem+json with `type` (\"about:blank\"), `title`, `status` (the same "
        "number) and `detail` (a sentence for a person)",
    [RULE_UNKNOWN_PATH] = "An unknown path gives 404 in this form (application/problem+json)",
    [RULE_SUCCESS] = "Success bodies are application/json in UTF-8",
    [RULE_SURROGATE] = "A lone surrogate in a string: 201, 400 or 422, never 5xx",
    [RULE_UNAVAILABLE] = "Without the variable that names what an operation needs (UPSTREAM_URL, DATABASE_URL, "
                         "MODEL_FILE …) it answers 503",
    [RULE_SUMMARY] =
        "POST /series/summary: count, min and max are exact; mean, stdev (of the population) and p50, p95, p99 (linear "
        "interpolation at rank (count - 1) x p) within 1e-9 of the largest magnitude",
    [RULE_HISTOGRAM] =
        "POST /series/summary: 20 bins of equal width from min to max, a value's is floor((value - min) / (max - min) "
        "x 20), that of max the last; all equal: all in the first",
    [RULE_SERIES] =
        "POST /series/summary with {\"values\":[…]}: 1 to 200,000 JSON numbers, each of a magnitude of at most 1e9, "
        "else 422",
    [RULE_SERIES_SIZE] = "POST /series/summary: bodies of up to 8 MiB are taken",
    [RULE_SEARCH] =
        "GET /items/search?q=…: the ten items whose names are nearest by Levenshtein's distance in code points, of all "
        "that the catalog holds at that moment, by distance and then by id",
    [RULE_SEARCH_QUERY] =
        "GET /items/search: q is of 1 to 64 code points once decoded; none, an empty and a longer one give 422",
    [RULE_FAN_OUT] =
        "GET /fanout?key=…&calls=8: one call of the upstream for each, the results in order of call, their sum, and "
        "whether one failed",
    [RULE_PARTIAL] =
        "GET /fanout: a call that failed has the value null and makes `partial` true; the response is 200 all the same",
    [RULE_FAN_OUT_QUERY] = "GET /fanout: a `key` (0 to 2^53 - 1, required) or `calls` (1 to 64) that is not a decimal "
                           "integer in its range "
                           "gives 422",
    [RULE_AT_ONCE] = "GET /fanout: all calls are made at once, over as many as 4,096 connections of the whole service",
    [RULE_FAULT] =
        "POST /fault?kind=…: it fails as asked. panic and stack: 500, or the connection ends; timer: 202; memory: 200, "
        "or "
        "the connection ends; abort: the connection ends without a response; another kind: 422. It is there again "
        "within 30 s",
    [RULE_PLACE] = "POST /orders: 201 the order, with Location: /orders/{id}",
    [RULE_NOT_AN_ORDER] =
        "422: not an order: customer is a string of 1 to 100 code points without U+0000; lines are 1 to 20, no two "
        "with "
        "the same item_id; item_id is an integer from 1 to 2^53 - 1, quantity from 1 to 100; no other field",
    [RULE_UNKNOWN_ITEM] = "POST /orders: 422 for an item that the database does not have",
    [RULE_STOCK] =
        "POST /orders: 409 where the stock of an item is short of its quantity; nothing is stored then and no stock "
        "changes, of no line",
    [RULE_GET_ORDER] = "GET /orders/{id}: 200 the order with its lines in their order, on every connection, or 404",
    [RULE_SCORES] = "POST /inference: 200 with the model's score of each row, in the order of the rows, within 1e-5",
    [RULE_FEATURES] =
        "POST /inference with {\"features\":[…]}: 1 to 8,192 rows of 16 JSON numbers, each of a magnitude of at most "
        "1e6, else 422",
    [RULE_REPORT] =
        "GET /report?rows=…: for each region that the first rows have, ascending, count, total_cents and most_cents "
        "exact and mean_cents; and the 16 coefficients of least squares; both within 1e-6, or 1e-6 of their magnitude",
    [RULE_REPORT_QUERY] =
        "GET /report: `rows` that is not a decimal integer from 1,000 to TABLE_ROWS gives 422, and so does none",
    [RULE_STATEMENTS] =
        "An order is stored by four SQL statements (begin, the two of the contract, commit) and read by one; a "
        "connection to the database is not reset between requests",
    [RULE_LOGIN] = "POST /login: 200 for a name of ACCOUNTS_FILE and its password, else 401",
    [RULE_LOGIN_FIELDS] = "POST /login: 422 for what is not a name of 1 to 100 code points and a password of 1 to 200",
    [RULE_TOKEN] =
        "POST /login: the token is a JSON Web Token, HS256 under TOKEN_KEY, with sub, iat, and exp 3,600 s after it",
    [RULE_TOKEN_CHECKED] = "GET /members/items/{id}: 401, before anything is said of the id, without Authorization: "
                           "Bearer and a token that "
                           "is HS256 under TOKEN_KEY, has an exp, and has not reached it",
    [RULE_MEMBER_ITEM] = "GET /members/items/{id} with a good token: as GET /items/{id}",
    [RULE_SHOWN] =
        "GET /pages/items: 200 text/html with what GET /items answers as people read it: a row with id, linked name, "
        "price, stock and tags for each item, escaped; and a link to the next page when an item follows",
    [RULE_SHOWN_QUERY] = "GET /pages/items: `limit` and `after` as those of GET /items, else 422",
    [RULE_STREAM_HEAD] =
        "GET /events: 200 text/event-stream with Cache-Control: no-store; the head is sent at once, before there is an "
        "event",
    [RULE_STREAM] =
        "GET /events: at each whole second of the wall clock, and not before, one event with the Unix time N as its id "
        "and the data {\"second\":N}; each second that begins after the head was sent, in order, none twice, none left "
        "out",
    [RULE_STREAM_OTHERS] = "GET /events: a subscriber that goes away is forgotten, and the others go on",
    [RULE_SIZE] = "Left open: bodies above 1 MiB (one of 1 MiB is not above)",
};

const char *rule_sentence(enum rule rule)
{
    return sentences[rule];
}
