#include "report/page/packer.h"

#include "base/base64.h"
#include "base/random.h"
#include "test.h"

#include <string.h>
#include <zlib.h>

static struct text unpack(const struct text *packed)
{
    struct text gzip = {0}, bytes = {0};
    z_stream stream = {0};
    char block[4096];
    int result = Z_OK;

    assert_int_equal(base64_decode(packed->data, &gzip), 0);
    stream.next_in = (Bytef *)gzip.data;
    stream.avail_in = (uInt)gzip.length;
    assert_int_equal(inflateInit2(&stream, 31), Z_OK);
    while (result == Z_OK) {
        stream.next_out = (Bytef *)block;
        stream.avail_out = sizeof block;
        result = inflate(&stream, Z_NO_FLUSH);
        text_append(&bytes, block, sizeof block - stream.avail_out);
    }
    assert_int_equal(result, Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    inflateEnd(&stream);
    text_release(&gzip);
    return bytes;
}

/* Bytes that hardly become fewer, so that they fill many blocks; in parts of many lengths. */
static void check_comes_back(size_t length, uint64_t parts_most)
{
    struct text bytes = {0}, packed = {0};
    struct packer *packer = packer_new(&packed);
    struct random random;

    random_init(&random, 4, length);
    for (size_t i = 0; i < length; i++) {
        char byte = (char)random_below(&random, 200);
        text_append(&bytes, &byte, 1);
    }
    for (size_t at = 0; at < length;) {
        size_t part = 1 + (size_t)random_below(&random, parts_most);
        part = part < length - at ? part : length - at;
        packer_add(packer, bytes.data + at, part);
        at += part;
    }
    packer_finish(packer);
    struct text back = unpack(&packed);
    assert_int_equal(back.length, length);
    if (length > 0) {
        assert_memory_equal(back.data, bytes.data, length);
    }
    text_release(&back);
    text_release(&packed);
    text_release(&bytes);
}

TEST(what_was_packed_in_any_parts_comes_back)
{
    check_comes_back(0, 1);
    check_comes_back(1, 1);
    check_comes_back(1000, 3);
    check_comes_back(400000, 100000);
    check_comes_back(400000, 400000);
    check_comes_back(18000000, 1000000); /* large enough for the faster level */
}
