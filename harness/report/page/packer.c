#include "report/page/packer.h"

#include "base/base64.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/* Whole groups of base64, so that only the last block is padded. */
#define BLOCK 49152

/* So much is compressed as far as it can be: pages of usual runs. What follows, of large ones, is compressed in half
 * the time, and comes to a hundredth more. */
#define SMALL_BYTES (16 << 20)
#define LARGE_LEVEL 6

struct packer {
    z_stream stream;
    bool ready; /* false only for want of memory, where everything else would end too */
    bool large; /* more than SMALL_BYTES came */
    struct text *out;
    unsigned char block[BLOCK]; /* compressed, not yet in `out` */
};

struct packer *packer_new(struct text *out)
{
    struct packer *packer = mem_new(1, sizeof *packer);

    packer->out = out;
    packer->stream.next_out = packer->block;
    packer->stream.avail_out = BLOCK;
    /* 31: the largest window, in gzip's format. */
    packer->ready = deflateInit2(&packer->stream, Z_BEST_COMPRESSION, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY) == Z_OK;
    return packer;
}

static void empty_block(struct packer *packer)
{
    base64_encode(packer->block, BLOCK - packer->stream.avail_out, packer->out);
    packer->stream.next_out = packer->block;
    packer->stream.avail_out = BLOCK;
}

/* Compresses what is waiting; with Z_FINISH until the end of the file is in `out`. */
static void compress_all(struct packer *packer, int flush)
{
    bool more = packer->ready;

    while (more) {
        int result = deflate(&packer->stream, flush);
        more = flush == Z_FINISH ? result == Z_OK : packer->stream.avail_in > 0;
        if (packer->stream.avail_out == 0) {
            empty_block(packer);
        }
    }
}

/* What was compressed until then goes out at the old level, for which there must be room. */
static void go_on_faster(struct packer *packer)
{
    while (packer->ready && deflateParams(&packer->stream, LARGE_LEVEL, Z_DEFAULT_STRATEGY) == Z_BUF_ERROR &&
           packer->stream.avail_out == 0) {
        empty_block(packer);
    }
    if (packer->stream.avail_out == 0) {
        empty_block(packer);
    }
    packer->large = true;
}

void packer_add(struct packer *packer, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    while (length > 0) {
        size_t part = length < UINT32_MAX ? length : UINT32_MAX; /* of what zlib can count */
        packer->stream.next_in = (Bytef *)(uintptr_t)at;
        packer->stream.avail_in = (uInt)part;
        compress_all(packer, Z_NO_FLUSH);
        at += part;
        length -= part;
    }
    if (!packer->large && packer->stream.total_in > SMALL_BYTES) {
        go_on_faster(packer);
    }
}

void packer_finish(struct packer *packer)
{
    compress_all(packer, Z_FINISH);
    empty_block(packer);
    if (packer->ready) {
        deflateEnd(&packer->stream);
    }
    free(packer);
}
