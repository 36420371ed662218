#include "verify/rule.h"

static const char *const sentences[RULE_COUNT] = {
    [RULE_ANSWERS] = "Every backend answers the same requests with the same meaning",
    [RULE_FRAMING] = "HTTP/1.1: a reply is as long as its head says, and nothing follows it",
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
    [RULE_SIZE] = "Left open: bodies above 1 MiB (one of 1 MiB is not above)",
};

const char *rule_sentence(enum rule rule)
{
    return sentences[rule];
}
