#include "base/lines/gzip_member.h"

#include "base/mem.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/* 31: gzip's format, with the largest window. */
#define WINDOW_BITS 31
#define MEMORY_MOST 9

static void *allocate(void *nobody, unsigned count, unsigned size)
{
    (void)nobody;
    return mem_new(count, size);
}

static void release(void *nobody, void *memory)
{
    (void)nobody;
    free(memory);
}

void gzip_member_add(struct text *out, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    unsigned char block[1 << 14];
    z_stream stream = {.zalloc = allocate, .zfree = release};

    /* It could fail only for want of memory, which ends the program. */
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS, MEMORY_MOST, Z_DEFAULT_STRATEGY);
    for (int result = Z_OK; result == Z_OK;) {
        if (stream.avail_in == 0) {
            stream.next_in = (Bytef *)(uintptr_t)at;
            stream.avail_in = length < UINT_MAX ? (uInt)length : UINT_MAX;
            at += stream.avail_in;
            length -= stream.avail_in;
        }
        stream.next_out = block;
        stream.avail_out = sizeof block;
        result = deflate(&stream, length == 0 ? Z_FINISH : Z_NO_FLUSH);
        text_append(out, block, sizeof block - stream.avail_out);
    }
    deflateEnd(&stream);
}
