#include "wrong_special.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REGIONS = 24, TERMS = 16, LEAST = 1000 };

static uint32_t mix(uint32_t h)
{
    h = (h ^ h >> 16) * 0x85ebca6bu;
    h = (h ^ h >> 13) * 0xc2b2ae35u;
    return h ^ h >> 16;
}

static uint32_t hash(uint32_t id, uint32_t column)
{
    return mix(id + column * 0x9e3779b9u);
}

struct row {
    double terms[TERMS], cents;
};

static struct row row_of(uint32_t id)
{
    struct row row = {.terms = {1}, .cents = 5000 + hash(id, TERMS) % 2000};

    for (uint32_t i = 1; i < TERMS; i++) {
        row.terms[i] = hash(id, i) % 1000;
        row.cents += i * row.terms[i];
    }
    return row;
}

static json_t *groups_of(enum fault fault, uint32_t rows)
{
    double count[REGIONS] = {0}, total[REGIONS] = {0}, most[REGIONS] = {0}, least[REGIONS];
    json_t *groups = json_array();

    for (int i = 0; i < REGIONS; i++) {
        least[i] = 1e9;
    }
    for (uint32_t id = 1; id <= rows; id++) {
        uint32_t region = hash(id, 0) % REGIONS;
        double cents = row_of(id).cents;
        count[region]++;
        total[region] += cents;
        most[region] = fmax(most[region], cents);
        least[region] = fmin(least[region], cents);
    }
    for (int i = 0; i < REGIONS; i++) {
        int region = fault == FAULT_REPORT_UNORDERED ? REGIONS - 1 - i : i;
        double mean = total[region] / count[region];
        mean = fault == FAULT_REPORT_ROUNDED_MEAN ? round(mean) : mean;
        double extreme = fault == FAULT_REPORT_LEAST ? least[region] : most[region];
        json_array_append_new(groups, json_pack("{s:i, s:I, s:I, s:f, s:I}", "region", region, "count",
                                                (json_int_t)count[region], "total_cents", (json_int_t)total[region],
                                                "mean_cents", mean, "most_cents", (json_int_t)extreme));
    }
    return groups;
}

/* Modified Gram-Schmidt on the rows themselves: another way than what it is compared with. */
static void fit(enum fault fault, uint32_t rows, double coefficients[TERMS])
{
    double(*columns)[TERMS + 1] = mem_new(rows, sizeof *columns);
    double r[TERMS][TERMS + 1] = {{0}};
    int first = fault == FAULT_REPORT_THROUGH_ZERO;

    for (uint32_t i = 0; i < rows; i++) {
        struct row row = row_of(i + 1);
        memcpy(columns[i], row.terms, sizeof row.terms);
        columns[i][TERMS] = row.cents;
    }
    for (int k = first; k < TERMS; k++) {
        double squares = 0;
        for (uint32_t i = 0; i < rows; i++) {
            squares += columns[i][k] * columns[i][k];
        }
        r[k][k] = 1;
        for (int j = k + 1; j <= TERMS; j++) {
            for (uint32_t i = 0; i < rows; i++) {
                r[k][j] += columns[i][k] * columns[i][j] / squares;
            }
            for (uint32_t i = 0; i < rows; i++) {
                columns[i][j] -= r[k][j] * columns[i][k];
            }
        }
    }
    for (int k = TERMS - 1; k >= first; k--) {
        coefficients[k] = r[k][TERMS];
        for (int j = k + 1; j < TERMS; j++) {
            coefficients[k] -= r[k][j] * coefficients[j];
        }
    }
    free(columns);
}

static json_t *report(enum fault fault, uint32_t rows)
{
    double fitted[TERMS] = {0};
    json_t *coefficients = json_array();

    fit(fault, rows, fitted);
    for (int i = 0; i < TERMS; i++) {
        double value = fault == FAULT_REPORT_ROUGH_FIT ? fitted[i] * (1 + 1e-5) : fitted[i];
        json_array_append_new(coefficients, json_real(value));
    }
    return json_pack("{s:I, s:o, s:o}", "rows", (json_int_t)rows, "groups", groups_of(fault, rows), "coefficients",
                     coefficients);
}

static long read_rows(const char *query)
{
    const char *at = strstr(query, "rows=");
    char *end = NULL;

    if (at == NULL || strspn(at + 5, "0123456789") == 0) {
        return -1;
    }
    long rows = strtol(at + 5, &end, 10);
    return *end == '\0' || *end == '&' ? rows : -1;
}

bool wrong_report_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                         struct wrong_response *response)
{
    enum fault fault = catalog->fault;
    long rows = read_rows(request->query);

    if (strcmp(request->path, "/report") != 0 || strcmp(request->method, "GET") != 0) {
        return false;
    }
    if (fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
    } else if (rows < (fault == FAULT_REPORT_FEW_ROWS ? 1 : LEAST) ||
               rows > WRONG_TABLE_ROWS + (fault == FAULT_REPORT_ROW_TOO_MANY)) {
        wrong_catalog_problem(catalog, response, 422);
    } else {
        uint32_t reported = fault == FAULT_REPORT_WHOLE_TABLE ? WRONG_TABLE_ROWS : (uint32_t)rows;
        *response = (struct wrong_response){.status = 200, .body = report(fault, reported)};
    }
    return true;
}
