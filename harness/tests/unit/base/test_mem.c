#include "base/mem.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST(new_memory_is_zeroed_and_never_null)
{
    unsigned char *block = mem_new(100, 3);
    void *nothing = mem_new(0, 8);

    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(block[i], 0);
    }
    assert_non_null(nothing);
    free(block);
    free(nothing);
}

TEST(resizing_keeps_what_is_there)
{
    char *block = mem_resize(NULL, 4, 1);

    memcpy(block, "abc", 4);
    block = mem_resize(block, 4000, 1);
    assert_string_equal(block, "abc");
    free(block);
}

TEST(copies_stand_alone_and_end_with_nul)
{
    char source[] = "a\0b";
    char *copy = mem_copy(source, 3);
    char *empty = mem_copy(NULL, 0);
    char *format = mem_format("%s/%d", "x", 7);

    source[0] = 'z';
    assert_memory_equal(copy, "a\0b\0", 4);
    assert_string_equal(empty, "");
    assert_string_equal(format, "x/7");
    assert_null(mem_string(NULL));
    free(copy);
    free(empty);
    free(format);
}
