#include "contract/verify/checks/report_table.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= UINT32_C(0x85ebca6b);
    h ^= h >> 13;
    h *= UINT32_C(0xc2b2ae35);
    h ^= h >> 16;
    return h;
}

struct report_row report_row(uint32_t index)
{
    const uint32_t id = index + 1, apart = UINT32_C(0x9e3779b9);
    struct report_row row = {.region = mix(id) % REPORT_REGIONS,
                             .amount_cents = 5000 + mix(id + REPORT_TERMS * apart) % 2000,
                             .x = {1}};

    for (uint32_t term = 1; term < REPORT_TERMS; term++) {
        row.x[term] = mix(id + term * apart) % 1000;
        row.amount_cents += term * row.x[term];
    }
    return row;
}

struct report_region {
    uint64_t count, total_cents, most_cents;
};

/* The sums behind a report. With long double and 2^20 rows at most, the equations below are right to more digits than
 * any service is asked for. */
struct report_sums {
    struct report_region regions[REPORT_REGIONS];
    long double equations[REPORT_TERMS][REPORT_TERMS + 1]; /* of least squares, the right side last */
};

static void add_row(struct report_sums *sums, const struct report_row *row)
{
    struct report_region *region = &sums->regions[row->region];

    region->count++;
    region->total_cents += row->amount_cents;
    region->most_cents = row->amount_cents > region->most_cents ? row->amount_cents : region->most_cents;
    for (int i = 0; i < REPORT_TERMS; i++) {
        for (int j = 0; j < REPORT_TERMS; j++) {
            sums->equations[i][j] += (long double)row->x[i] * row->x[j];
        }
        sums->equations[i][REPORT_TERMS] += (long double)row->x[i] * row->amount_cents;
    }
}

static void swap_rows(struct report_sums *sums, int a, int b)
{
    for (int j = 0; j <= REPORT_TERMS; j++) {
        long double kept = sums->equations[a][j];
        sums->equations[a][j] = sums->equations[b][j];
        sums->equations[b][j] = kept;
    }
}

/* Gauss-Jordan elimination with row pivots. */
static void solve(struct report_sums *sums)
{
    long double(*e)[REPORT_TERMS + 1] = sums->equations;

    for (int column = 0; column < REPORT_TERMS; column++) {
        int pivot = column;
        for (int i = column + 1; i < REPORT_TERMS; i++) {
            pivot = fabsl(e[i][column]) > fabsl(e[pivot][column]) ? i : pivot;
        }
        swap_rows(sums, column, pivot);
        for (int i = 0; i < REPORT_TERMS; i++) {
            long double factor = i == column ? 0 : e[i][column] / e[column][column];
            for (int j = 0; j <= REPORT_TERMS; j++) {
                e[i][j] -= factor * e[column][j];
            }
        }
    }
}

static json_t *groups_of(const struct report_sums *sums)
{
    json_t *groups = json_array();

    for (int i = 0; i < REPORT_REGIONS; i++) {
        const struct report_region *region = &sums->regions[i];
        if (region->count > 0) {
            json_array_append_new(groups,
                                  json_pack("{s:i, s:I, s:I, s:f, s:I}", "region", i, "count",
                                            (json_int_t)region->count, "total_cents", (json_int_t)region->total_cents,
                                            "mean_cents", (double)region->total_cents / (double)region->count,
                                            "most_cents", (json_int_t)region->most_cents));
        }
    }
    return groups;
}

json_t *report_make(uint64_t rows)
{
    struct report_sums *sums = mem_new(1, sizeof *sums);
    json_t *coefficients = json_array();

    for (uint64_t i = 0; i < rows; i++) {
        struct report_row row = report_row((uint32_t)i);
        add_row(sums, &row);
    }
    json_t *groups = groups_of(sums);
    solve(sums);
    for (int i = 0; i < REPORT_TERMS; i++) {
        json_array_append_new(coefficients,
                              json_real((double)(sums->equations[i][REPORT_TERMS] / sums->equations[i][i])));
    }
    free(sums);
    return json_pack("{s:I, s:o, s:o}", "rows", (json_int_t)rows, "groups", groups, "coefficients", coefficients);
}
