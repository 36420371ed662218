#include "bench/crew/fleet_order.h"

#include "run_example.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* What a generator measured arrives as it was, so that the records of a fleet add up exactly: written again it is the
 * same to the byte. */
TEST(a_result_arrives_as_it_was)
{
    struct generator_load generator = {.rank = 2, .host = (char *)"gen2", .late_ns = 17, .clock_error_ns = 4}, came;
    struct load_record read;
    struct error err = {0};
    struct run_log log;
    size_t length, again_length;

    run_example_make(&log);
    const struct load_record *load = &log.steps[0].load;
    fleet_order_describe(&generator, load);
    char *text = fleet_order_write_result(&generator, load, &length);
    if (fleet_order_read_result(text, length, &came, &read, &err) != 0) {
        fail_msg("%s", err.message);
    }
    char *again = fleet_order_write_result(&came, &read, &again_length);
    assert_int_equal(again_length, length);
    assert_string_equal(again, text);
    assert_int_equal(came.offered, load->tally.offered);
    assert_int_equal(came.p99_ns, histogram_quantile(&load->response, 0.99));
    free(came.host);
    load_record_release(&read);
    free(again);
    free(text);
    run_log_release(&log);
}

TEST(half_a_result_is_refused)
{
    struct generator_load generator = {.host = (char *)"gen2"}, came;
    struct load_record read;
    struct run_log log;
    size_t length;

    run_example_make(&log);
    char *text = fleet_order_write_result(&generator, &log.steps[0].load, &length);
    for (size_t cut = 1; cut < length; cut += length / 20) {
        assert_int_equal(fleet_order_read_result(text, cut, &came, &read, NULL), -1);
        free(came.host);
        load_record_release(&read);
    }
    free(text);
    run_log_release(&log);
}
