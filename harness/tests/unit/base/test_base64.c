#include "base/base64.h"

#include "base/random.h"
#include "test.h"

#include <string.h>

/* RFC 4648, section 10. */
static const struct {
    const char *plain, *base64;
} vectors[] = {{"", ""},
               {"f", "Zg=="},
               {"fo", "Zm8="},
               {"foo", "Zm9v"},
               {"foob", "Zm9vYg=="},
               {"fooba", "Zm9vYmE="},
               {"foobar", "Zm9vYmFy"}};

TEST(the_standards_own_examples_hold_both_ways)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        struct text encoded = {0}, decoded = {0};
        text_add(&encoded, "");
        text_add(&decoded, "");
        base64_encode(vectors[i].plain, strlen(vectors[i].plain), &encoded);
        assert_string_equal(encoded.data, vectors[i].base64);
        assert_int_equal(base64_decode(vectors[i].base64, &decoded), 0);
        assert_string_equal(decoded.data, vectors[i].plain);
        text_release(&encoded);
        text_release(&decoded);
    }
}

TEST(any_bytes_come_back)
{
    struct random random;
    unsigned char bytes[300];

    random_init(&random, 1, 1);
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct text encoded = {0}, decoded = {0};
        for (size_t i = 0; i < length; i++) {
            bytes[i] = (unsigned char)random_next(&random);
        }
        text_add(&encoded, "");
        base64_encode(bytes, length, &encoded);
        assert_int_equal(encoded.length, (length + 2) / 3 * 4);
        assert_int_equal(base64_decode(encoded.data, &decoded), 0);
        assert_int_equal(decoded.length, length);
        assert_memory_equal(length > 0 ? decoded.data : "", bytes, length);
        text_release(&encoded);
        text_release(&decoded);
    }
}

TEST(what_is_not_base64_is_refused)
{
    static const char *const wrong[] = {"Z",        "Zg",       "Zg=",        "Z===",     "====",
                                        "Zm9v=",    "Zm=v",     "Z=9v",       "=m9v",     "Zg=v",
                                        "Zm9v\n",   "Zm9v\nZg", "Zg==Zg==",   "Zm8=Zm9v", "Zm-v",
                                        "Zm_v",     "Zm v",     "Zm9\xc3",    "Zh==",     /* bits left over */ "Zm9=",
                                        "Zm9v====", "Zm9v,m9v", "Zm9v\x01m9v"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct text out = {0};
        if (base64_decode(wrong[i], &out) != -1) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        text_release(&out);
    }
}
