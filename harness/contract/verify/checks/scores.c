#include "contract/verify/checks/scores.h"

#include "base/mem.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>

static bool read_row(const json_t *row, double ret_row[SCORES_FEATURES])
{
    bool good = json_array_size(row) == SCORES_FEATURES;

    for (size_t i = 0; i < SCORES_FEATURES && good; i++) {
        const json_t *value = json_array_get(row, i);
        good = json_is_integer(value);
        ret_row[i] = json_number_value(value);
    }
    return good;
}

static bool read_all(const json_t *cases, struct scores *scores)
{
    const json_t *rows = json_object_get(cases, "rows"), *wanted = json_object_get(cases, "scores");
    bool good = scores->count > 0 && json_array_size(wanted) == scores->count;

    for (size_t i = 0; i < scores->count && good; i++) {
        const json_t *score = json_array_get(wanted, i);
        good = json_is_number(score) && read_row(json_array_get(rows, i), scores->rows[i]);
        scores->scores[i] = json_number_value(score);
    }
    return good;
}

int scores_read(struct scores *scores, const char *path, struct error *err)
{
    json_error_t why;
    json_t *cases = json_load_file(path, JSON_REJECT_DUPLICATES, &why);

    if (cases == NULL) {
        return error_input(err, "%s: %s", path, why.text);
    }
    struct scores read = {.count = json_array_size(json_object_get(cases, "rows"))};
    read.rows = mem_new(read.count + 1, sizeof *read.rows);
    read.scores = mem_new(read.count + 1, sizeof *read.scores);
    bool good = read_all(cases, &read);
    json_decref(cases);
    if (!good) {
        scores_release(&read);
        return error_input(err, "%s: expected rows of %d whole numbers, and a score for each", path, SCORES_FEATURES);
    }
    *scores = read;
    return 0;
}

void scores_release(struct scores *scores)
{
    free(scores->rows);
    free(scores->scores);
    *scores = (struct scores){0};
}
