#include "record/run_log.h"

#include "base/lines/gzip_member.h"
#include "run_example.h"
#include "run_place.h"
#include "test.h"

#include <string.h>

/* From a file and from memory, as one member and as one for each line. */
static void check_unpacked(const struct run_place *place, const struct text *packed, const struct run_log *expected)
{
    struct run_log log;
    struct error err = {0};

    run_place_write(place->file, packed->data, packed->length);
    if (run_log_read(&log, place->file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    run_example_check_same(&log, expected);
    run_log_release(&log);
    if (run_log_parse(&log, "dropped", packed->data, packed->length, &err) != 0) {
        fail_msg("%s", err.message);
    }
    run_example_check_same(&log, expected);
    run_log_release(&log);
}

TEST(a_run_that_is_compressed_is_the_same_run)
{
    struct run_place place;
    struct run_log expected;
    struct text whole = {0}, lines = {0};
    struct error err = {0};

    run_place_init(&place);
    run_example_make(&expected);
    gzip_member_add(&whole, place.text.data, place.text.length);
    check_unpacked(&place, &whole, &expected);
    for (const char *at = place.text.data, *next; *at != '\0'; at = next) {
        next = strchr(at, '\n') + 1;
        gzip_member_add(&lines, at, (size_t)(next - at));
    }
    check_unpacked(&place, &lines, &expected);

    struct run_log log = {0};
    /* Deep in one long member: in short ones the middle may be a byte of a header that nobody reads. */
    whole.data[whole.length / 2] ^= 0x40;
    assert_int_equal(run_log_parse(&log, "dropped", whole.data, whole.length, &err), -1);
    assert_non_null(strstr(err.message, "dropped: its gzip is damaged"));
    text_release(&whole);
    text_release(&lines);
    run_log_release(&expected);
    run_place_release(&place);
}
