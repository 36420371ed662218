#include "load/transport/heads/kept_header.h"

#include "test.h"

#include <string.h>

static void check(const char *head, const char *name, const char *expected)
{
    size_t length = 99;
    const char *value = kept_header(head, head != NULL ? strlen(head) : 0, name, &length);

    if (expected == NULL) {
        assert_null(value);
    } else {
        assert_non_null(value);
        assert_int_equal(length, strlen(expected));
        assert_memory_equal(value, expected, length);
    }
}

TEST(the_first_header_of_that_name_in_any_case_counts)
{
    static const char head[] = "Date:x\ncontent-TYPE: \t text/plain \r\nContent-Type:other\nEmpty:\nLast: 7";

    check(head, "Content-Type", "text/plain");
    check(head, "Empty", "");
    check(head, "Last", "7");
    check(head, "Content", NULL);
    check(head, "Type", NULL);
    check("", "Date", NULL);
    check(NULL, "Date", NULL);
}
