#include "record/thinning/thinned_load.h"

#include "base/mem.h"
#include "record/thinning/histogram_merge.h"
#include "record/thinning/limit_cells.h"

#include <stdbool.h>
#include <stdlib.h>

/* Bits of the number of a bucket of three digits: so many are not told apart where values are kept to a sixty-fourth,
 * to a sixteenth, to a quarter, and at all. */
#define SIXTY_FOURTH 4
#define SIXTEENTH    6
#define QUARTER      8
#define ALL          31

#define COARSE_UP_TO 0.9 /* of the response times of a step */

/* Of a limit that more requests miss than this there is no doubt, and in an interval nobody asks how they lie below it.
 */
#define DOUBT_FROM 0.5

#define CUTS_MOST 160 /* two for the limit of each request, which are at most 64, and the percentiles */

/* What buckets of one histogram must stay apart. */
struct apart {
    const struct histogram *from;
    const struct limit_cells *cells; /* NULL: no limit is set on it */
    uint32_t cells_from;             /* the cells of buckets below this one are not told apart */
    uint32_t cuts[CUTS_MOST];        /* buckets that are the last of what is counted together */
    size_t cut_count;
    unsigned shift;      /* so many bits of the bucket's number are not told apart, */
    unsigned fine_shift; /* and above `fine_from` so many */
    uint32_t fine_from;
};

static uint32_t cell_of(const struct apart *apart, uint32_t index)
{
    uint64_t low, width;

    histogram_bucket(apart->from, index, &low, &width);
    return apart->cells->number[histogram_index(&apart->cells->like, low)];
}

static bool are_apart(const void *terms, uint32_t low, uint32_t high)
{
    const struct apart *apart = terms;
    unsigned shift = low >= apart->fine_from ? apart->fine_shift : apart->shift;

    for (size_t i = 0; i < apart->cut_count; i++) {
        if (low <= apart->cuts[i] && apart->cuts[i] < high) {
            return true;
        }
    }
    if (low >> shift != high >> shift) {
        return true;
    }
    return apart->cells != NULL && high >= apart->cells_from && cell_of(apart, low) != cell_of(apart, high);
}

static void cut(struct apart *apart, uint32_t index)
{
    if (apart->cut_count < CUTS_MOST) {
        apart->cuts[apart->cut_count++] = index;
    }
}

/* Cuts behind the last bucket that is not above `ns` as a whole. */
static void cut_above(struct apart *apart, uint64_t ns)
{
    uint64_t low, width;
    uint32_t index = histogram_index(apart->from, ns < apart->from->highest ? ns : apart->from->highest);

    histogram_bucket(apart->from, index, &low, &width);
    if (low + width - 1 <= ns) {
        cut(apart, index);
    } else if (index > 0) {
        cut(apart, index - 1);
    }
}

/* Cuts behind each percentile of `of`. */
static void cut_at_percentiles(struct apart *apart, const struct thinning *thinning, const struct histogram *of)
{
    for (size_t i = 0; i < thinning->percentile_count && of->total > 0; i++) {
        uint64_t ns = histogram_quantile(of, thinning->percentiles[i]);
        cut(apart, histogram_index(apart->from, ns < of->highest ? ns : of->highest));
    }
}

/* Cuts where one of the run's own limits, or half of it, begins. */
static void cut_at_limits(struct apart *apart, const struct thinning *thinning)
{
    for (size_t i = 0; i < thinning->limit_count; i++) {
        cut_above(apart, thinning->limits_ns[i]);
        cut_above(apart, thinning->limits_ns[i] / 2);
    }
}

static void replace(struct histogram *histogram, const struct apart *apart)
{
    struct histogram merged;

    histogram_merge(histogram, are_apart, apart, &merged);
    histogram_release(histogram);
    *histogram = merged;
}

static void thin_response(struct histogram *response, const struct thinning *thinning, const struct limit_cells *cells)
{
    uint64_t coarse_ns = histogram_quantile(response, COARSE_UP_TO);
    struct apart apart = {.from = response, .cells = cells, .shift = SIXTEENTH, .fine_shift = SIXTY_FOURTH};

    apart.fine_from = histogram_index(response, coarse_ns < response->highest ? coarse_ns : response->highest);
    cut_at_limits(&apart, thinning);
    cut_at_percentiles(&apart, thinning, response);
    replace(response, &apart);
}

static void thin_other(struct histogram *histogram, unsigned shift, const struct thinning *thinning)
{
    struct apart apart = {.from = histogram, .shift = shift, .fine_from = UINT32_MAX};

    cut_at_percentiles(&apart, thinning, histogram);
    replace(histogram, &apart);
}

static void thin_intervals(struct load_record *load, struct interval *intervals, const struct histogram *whole,
                           const struct thinning *thinning, const struct limit_cells *cells)
{
    uint64_t doubt_ns = histogram_quantile(whole, 1 - DOUBT_FROM);

    for (size_t i = 0; intervals != NULL && i < load->interval_count; i++) {
        struct apart apart = {.from = &intervals[i].response, .cells = cells, .shift = ALL, .fine_from = UINT32_MAX};
        apart.cells_from = histogram_index(apart.from, doubt_ns < whole->highest ? doubt_ns : whole->highest);
        cut_at_limits(&apart, thinning);
        cut_at_percentiles(&apart, thinning, whole);
        cut_at_percentiles(&apart, thinning, &intervals[i].response);
        replace(&intervals[i].response, &apart);
    }
}

static void thin_request(struct load_record *load, struct request_record *request, const struct thinning *thinning,
                         const struct limit_cells *cells)
{
    struct apart apart = {.from = &request->response, .cells = cells, .shift = ALL, .fine_from = UINT32_MAX};

    cut_at_percentiles(&apart, thinning, &request->response);
    cut_at_percentiles(&apart, thinning, &load->response);
    thin_intervals(load, request->intervals, &request->response, thinning, cells);
    replace(&request->response, &apart);
}

void thinned_load_make(struct load_record *load, const struct thinning *thinning)
{
    struct limit_cells cells;

    limit_cells_find(thinning->limits_ns, thinning->limit_count, &cells);
    thin_intervals(load, load->intervals, &load->response, thinning, &cells);
    for (size_t i = 0; i < load->request_count; i++) {
        thin_request(load, &load->requests[i], thinning, &cells);
    }
    thin_response(&load->response, thinning, &cells);
    thin_other(&load->service, SIXTEENTH, thinning);
    thin_other(&load->send_lag, QUARTER, thinning);
    load->thinned = true;
    limit_cells_release(&cells);
}
