/* histogram_dump: histograms as this harness encodes them, for histogram_peer.py to read with another implementation.
 * Each is three lines: "digits total", the encoding, and "index:count" of every bucket that is not empty. */
#include "stats/histogram.h"

#include "base/random.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void print(struct histogram *histogram)
{
    struct text encoded = {0};
    int digits = histogram->digits;

    histogram_encode(histogram, &encoded);
    printf("%d %" PRIu64 "\n%s\n", digits, histogram->total, encoded.data);
    for (uint32_t i = 0; i < histogram->count_length; i++) {
        if (histogram->counts[i] > 0) {
            printf(" %" PRIu32 ":%" PRIu64, i, histogram->counts[i]);
        }
    }
    printf("\n");
    text_release(&encoded);
    histogram_release(histogram);
    histogram_init(histogram, digits);
}

static void print_random(struct histogram *histogram, struct random *random, int values)
{
    for (int i = 0; i < values; i++) {
        uint64_t ns = (uint64_t)exp(random_unit(random) * log((double)HISTOGRAM_HIGHEST_NS));
        histogram_record_many(histogram, ns, 1 + random_below(random, UINT64_C(1) << random_below(random, 40)));
    }
    print(histogram);
}

int main(void)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram histogram;
        histogram_init(&histogram, digits);
        print(&histogram);
        histogram_record(&histogram, 0);
        print(&histogram);
        histogram_record(&histogram, HISTOGRAM_HIGHEST_NS);
        print(&histogram);
        for (uint64_t ns = 1; ns < HISTOGRAM_HIGHEST_NS; ns += ns / 50 + 1) {
            histogram_record_many(&histogram, ns, ns % 17);
        }
        print(&histogram);
        for (int values = 1; values <= 4096; values *= 8) {
            print_random(&histogram, &random, values);
        }
        histogram_release(&histogram);
    }
    return 0;
}
