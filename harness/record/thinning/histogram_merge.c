#include "record/thinning/histogram_merge.h"

#include "base/text.h"
#include "stats/zigzag.h"

#include <stddef.h>

/* Counts that are being packed, in ascending order of their buckets. */
struct packing {
    struct text bytes;
    uint32_t behind; /* the bucket behind the last one */
};

static void pack(struct packing *packing, uint32_t index, uint64_t count)
{
    uint32_t zeros = index - packing->behind;

    if (zeros > 0) {
        zigzag_put(&packing->bytes, zeros == 1 ? 0 : -(int64_t)zeros);
    }
    zigzag_put(&packing->bytes, (int64_t)count);
    packing->behind = index + 1;
}

void histogram_merge(const struct histogram *from, bool (*are_apart)(const void *terms, uint32_t low, uint32_t high),
                     const void *terms, struct histogram *ret_merged)
{
    struct packing packing = {0};
    uint64_t pending = 0;
    uint32_t last = 0;
    size_t seen = 0; /* buckets */

    histogram_init_packed(ret_merged, from->digits);
    for (struct histogram_walk at = {0}; histogram_next(from, &at); last = at.index) {
        if (seen == 1 || (seen > 1 && are_apart(terms, last, at.index))) {
            pack(&packing, last, pending);
            pending = 0;
        }
        pending += at.count;
        seen++;
    }
    if (seen > 0) {
        pack(&packing, last, pending);
    }
    ret_merged->packed = (unsigned char *)packing.bytes.data;
    ret_merged->packed_length = (uint32_t)packing.bytes.length;
    ret_merged->total = from->total;
    ret_merged->min = from->min;
    ret_merged->max = from->max;
    ret_merged->sum = from->sum;
}
