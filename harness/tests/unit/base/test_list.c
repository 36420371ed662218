#include "base/list.h"

#include "test.h"

#include <stdlib.h>

TEST(added_elements_are_zeroed_and_the_earlier_ones_stay)
{
    uint64_t *items = NULL;
    size_t count = 0;

    for (size_t i = 0; i < 1000; i++) {
        uint64_t *item = list_add(items, count);
        assert_int_equal(*item, 0);
        *item = i + 1;
        assert_int_equal(count, i + 1);
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i + 1);
    }
    free(items);
}

TEST(an_element_can_be_a_pointer_or_a_struct)
{
    struct pair {
        int first;
        const char *second;
    } *pairs = NULL;
    struct list {
        const char **names;
        size_t count;
    } list = {0};
    size_t count = 0;

    *list_add(list.names, list.count) = "one";
    *list_add(list.names, list.count) = "two";
    *list_add(pairs, count) = (struct pair){2, list.names[1]};
    assert_string_equal(list.names[0], "one");
    assert_int_equal(pairs[0].first, 2);
    assert_string_equal(pairs[0].second, "two");
    free(list.names);
    free(pairs);
}
