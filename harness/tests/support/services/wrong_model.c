#include "wrong_special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEATURES = 16, ROWS_MOST = 8192 };

static bool is_row(const json_t *row, const json_t *features, size_t from)
{
    for (size_t i = 0; i < FEATURES; i++) {
        if (json_number_value(json_array_get(row, i)) != json_number_value(json_array_get(features, from + i))) {
            return false;
        }
    }
    return true;
}

/* Looked up, where verify makes its rows of the same cases. */
static double score_of(const json_t *cases, const json_t *features, size_t from)
{
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(cases, "rows"), index, row)
    {
        if (is_row(row, features, from)) {
            return json_number_value(json_array_get(json_object_get(cases, "scores"), index));
        }
    }
    return 0.5;
}

static double spoil(enum fault fault, double score)
{
    switch (fault) {
    case FAULT_SCORES_OFF:
        return score + 1e-4;
    case FAULT_SCORES_ARE_LABELS:
        return round(score);
    case FAULT_SCORES_OF_THE_OTHER:
        return 1 - score;
    default:
        return (double)(float)score;
    }
}

static json_t *score_all(enum fault fault, const json_t *features)
{
    json_t *cases = json_load_file(WRONG_MODEL_CASES, 0, NULL), *scores = json_array();
    size_t rows = json_array_size(features) / FEATURES;
    size_t answered = fault == FAULT_SCORES_ONE_MISSING && rows > 1 ? rows - 1 : rows;

    for (size_t i = 0; i < answered; i++) {
        size_t row = fault == FAULT_SCORES_BACKWARDS ? rows - 1 - i : i;
        json_array_append_new(scores, json_real(spoil(fault, score_of(cases, features, row * FEATURES))));
    }
    json_decref(cases);
    return json_pack("{s:o}", "scores", scores);
}

static bool are_features(enum fault fault, const json_t *body)
{
    const json_t *features = json_object_get(body, "features");
    size_t count = json_array_size(features), index;
    size_t most = FEATURES * (size_t)(ROWS_MOST + (fault == FAULT_SCORES_ROW_TOO_MANY));
    json_t *value;

    if (json_object_size(body) != 1 || count < FEATURES || count > most ||
        (count % FEATURES != 0 && fault != FAULT_SCORES_PART_OF_A_ROW)) {
        return false;
    }
    json_array_foreach(features, index, value)
    {
        if (!json_is_number(value) || (fabs(json_number_value(value)) > 1e6 && fault != FAULT_SCORES_LARGE_NUMBERS)) {
            return false;
        }
    }
    return true;
}

bool wrong_model_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                        struct wrong_response *response)
{
    if (strcmp(request->path, "/inference") != 0 || strcmp(request->method, "POST") != 0) {
        return false;
    }
    json_t *body = json_loadb(request->body, request->length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    if (catalog->fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
    } else if (!wrong_catalog_is_json(catalog, request->content_type)) {
        wrong_catalog_problem(catalog, response, 415);
    } else if (body == NULL) {
        wrong_catalog_problem(catalog, response, 400);
    } else if (!are_features(catalog->fault, body)) {
        wrong_catalog_problem(catalog, response, 422);
    } else {
        *response = (struct wrong_response){.status = 200,
                                            .body = score_all(catalog->fault, json_object_get(body, "features"))};
    }
    json_decref(body);
    return true;
}
