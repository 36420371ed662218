#include "wrong_work.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 200000, MANY = 5000, BINS = 20, MIB = 1 << 20 };

/* Of the decimal writing of both, as a language that sorts texts would. */
static int compare_texts(const void *a, const void *b)
{
    char x[64], y[64];

    snprintf(x, sizeof x, "%.17g", *(const double *)a);
    snprintf(y, sizeof y, "%.17g", *(const double *)b);
    return strcmp(x, y);
}

static int compare(const void *a, const void *b)
{
    return *(const double *)a < *(const double *)b ? -1 : *(const double *)a > *(const double *)b;
}

static double percentile(enum fault fault, const double *sorted, size_t count, double p)
{
    double rank = p * (double)(fault == FAULT_RANK_OF_COUNT ? count : count - 1);
    size_t below = (size_t)floor(rank);

    if (fault == FAULT_NEAREST_RANK) {
        return sorted[(size_t)round(rank)];
    }
    if (below + 1 >= count) {
        return sorted[count - 1];
    }
    return sorted[below] + (rank - (double)below) * (sorted[below + 1] - sorted[below]);
}

static double spread(enum fault fault, const double *values, size_t count, double mean)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        sum += fault == FAULT_SUM_OF_SQUARES ? values[i] * values[i] : (values[i] - mean) * (values[i] - mean);
    }
    if (fault == FAULT_SUM_OF_SQUARES) {
        return sqrt(fmax(0, sum / (double)count - mean * mean));
    }
    return sqrt(sum / (double)(fault == FAULT_STDEV_OF_SAMPLE && count > 1 ? count - 1 : count));
}

static json_t *histogram(enum fault fault, const double *values, size_t count, double min, double max)
{
    size_t bins[BINS + 1] = {0};
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++) {
        double place = fault == FAULT_EQUAL_IN_LAST ? BINS : 0;
        if (max > min) {
            place = (values[i] - min) / (max - min) * BINS;
        }
        size_t bin = (size_t)(fault == FAULT_BINS_ROUND ? round(place) : floor(place));
        bins[bin < BINS || fault == FAULT_MAX_BEYOND_LAST ? bin : BINS - 1]++;
    }
    for (int i = 0; i < BINS; i++) {
        json_array_append_new(array, json_integer((json_int_t)bins[i]));
    }
    return array;
}

static double add_up(enum fault fault, const double *values, size_t count)
{
    double sum = 0, lost = 0;
    float rough = 0;

    for (size_t i = 0; i < count; i++) {
        double term = values[i] - lost;
        double next = sum + term;
        lost = next - sum - term;
        sum = next;
        rough += (float)values[i];
    }
    return fault == FAULT_SINGLE_PRECISION ? (double)rough : sum;
}

static json_t *summarize(enum fault fault, double *values, size_t count)
{
    double mean = add_up(fault, values, count) / (double)count;
    double stdev = spread(fault, values, count, mean);

    qsort(values, count, sizeof *values, compare);
    double min = values[0], max = values[count - 1];
    json_t *bins = histogram(fault, values, count, min, max);
    if (fault == FAULT_SORTS_AS_TEXT && count <= MANY) {
        qsort(values, count, sizeof *values, compare_texts);
    }
    json_t *body = json_pack("{s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:o}", "count", (json_int_t)count, "mean", mean,
                             "stdev", stdev, "min", min, "max", max, "p50", percentile(fault, values, count, 0.5),
                             "p95", percentile(fault, values, count, 0.95), "p99",
                             percentile(fault, values, count, 0.99), "histogram", bins);
    if (fault == FAULT_COUNT_IS_REAL) {
        json_object_set_new(body, "count", json_real((double)count));
    } else if (fault == FAULT_SUMMARY_WITH_SUM) {
        json_object_set_new(body, "sum", json_real(mean * (double)count));
    }
    return body;
}

/* The numbers on the heap, NULL when it is no series. */
static double *read_values(enum fault fault, const json_t *body, size_t *ret_count)
{
    const json_t *array = json_object_get(body, "values");
    size_t count = json_array_size(array);
    size_t most = MOST;
    if (fault == FAULT_SERIES_TOO_LONG) {
        most++;
    } else if (fault == FAULT_SERIES_TOO_SHORT) {
        most--;
    }

    if ((json_object_size(body) != 1 && fault != FAULT_SERIES_FIELDS) || count < 1 || count > most) {
        return NULL;
    }
    double *values = mem_new(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(array, i);
        bool text = fault == FAULT_SERIES_OF_TEXTS && json_is_string(value);
        values[i] = text ? atof(json_string_value(value)) : json_number_value(value);
        if ((!json_is_number(value) && !text) || (fabs(values[i]) > 1e9 && fault != FAULT_SERIES_TOO_LARGE)) {
            free(values);
            return NULL;
        }
    }
    *ret_count = count;
    return values;
}

void wrong_work_summarize(struct wrong_catalog *catalog, const struct wrong_request *request,
                          struct wrong_response *response)
{
    enum fault fault = catalog->fault;
    size_t count = 0;

    if (!wrong_catalog_is_json(catalog, request->content_type)) {
        wrong_catalog_problem(catalog, response, 415);
        return;
    }
    if (fault == FAULT_SERIES_ONE_MIB && request->length > MIB) {
        wrong_catalog_problem(catalog, response, 413);
        return;
    }
    json_t *body = json_loadb(request->body, request->length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    double *values = body != NULL ? read_values(fault, body, &count) : NULL;
    if (body == NULL) {
        wrong_catalog_problem(catalog, response, fault == FAULT_SERIES_BROKEN ? 422 : 400);
    } else if (values == NULL) {
        wrong_catalog_problem(catalog, response, 422);
    } else {
        *response = (struct wrong_response){.status = 200, .body = summarize(fault, values, count)};
    }
    free(values);
    json_decref(body);
}
