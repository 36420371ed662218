#include "record/run_bounds.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "run_example.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Changes the example, writes it, and checks that it is not read again, with `key` and `word`, unless it is NULL, in
 * the message. */
static void check_refused(void (*change)(struct run_log *), const char *key, const char *word)
{
    static const char *const files[] = {"changed.jsonl", NULL};
    char *folder = run_example_folder();
    char *file = file_join(folder, files[0]);
    struct run_log log, read = {.step_count = 4711};
    struct error err = {0};

    run_example_make(&log);
    change(&log);
    run_example_write(&log, file);
    assert_int_equal(run_log_read(&read, file, &err), -1);
    print_message("%s\n", err.message);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, key));
    assert_non_null(strstr(err.message, word));
    assert_int_equal(read.step_count, 4711);
    run_log_release(&log);
    run_example_remove(folder, files);
    free(file);
}

static void name_no_path(struct run_log *log)
{
    free(log->run.folders[0]);
    log->run.folders[0] = mem_string("../shop");
}

TEST(a_folder_without_the_name_of_its_service_is_refused)
{
    check_refused(name_no_path, "\"folders\"", "../shop");
}

/* A service that did not start in its first trial is described again when it does. */
TEST(the_record_of_a_service_that_starts_later_replaces_the_first)
{
    static const char *const files[] = {"changed.jsonl", NULL};
    char *folder = run_example_folder();
    char *file = file_join(folder, files[0]);
    struct run_log log, read;
    struct error err = {0};

    run_example_make(&log);
    struct backend_record *late = list_add(log.backends, log.backend_count);
    late->name = mem_string("go");
    late->cold_start_ns = 77;
    log.backends[0].cold_start_ns = 0;
    run_example_write(&log, file);
    assert_int_equal(run_log_read(&read, file, &err), 0);
    assert_int_equal(read.backend_count, log.backend_count - 1);
    assert_string_equal(read.backends[0].name, "go");
    assert_int_equal(read.backends[0].cold_start_ns, 77);
    assert_null(read.backends[0].versions);
    run_log_release(&read);
    run_log_release(&log);
    run_example_remove(folder, files);
    free(file);
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static void replace(char **string, const char *by)
{
    free(*string);
    *string = mem_string(by);
}

static void backward_range(struct run_log *log)
{
    replace(&log->run.service_cores, "5-4");
}

static void more_cores_than_there_are(struct run_log *log)
{
    replace(&log->run.service_cores, "0-4294967295");
}

static void no_profile(struct run_log *log)
{
    replace(&log->run.profile, "");
}

static void no_cores(struct run_log *log)
{
    replace(&log->run.generator_cores, "");
}

TEST(a_core_set_that_is_none_is_refused)
{
    check_refused(backward_range, "\"service_cores\"", "\"5-4\"");
    check_refused(more_cores_than_there_are, "\"service_cores\"", "4294967295");
    check_refused(no_profile, "\"profile\"", "empty");
    check_refused(no_cores, "\"generator_cores\"", "\"\"");
}

/* --- backends ----------------------------------------------------------------------------------------------------- */

static void no_name(struct run_log *log)
{
    replace(&log->backends[1].name, "");
}

static void two_of_a_name(struct run_log *log)
{
    replace(&log->backends[2].name, "go");
}

static void a_step_of_a_stranger(struct run_log *log)
{
    replace(&log->steps[1].backend, "java");
}

static void a_recovery_of_a_stranger(struct run_log *log)
{
    replace(&log->recoveries[0].backend, "java");
}

static void a_soak_of_a_stranger(struct run_log *log)
{
    replace(&log->soaks[0].backend, "java");
}

static void a_forecast_of_a_stranger(struct run_log *log)
{
    replace(&log->forecasts[0].backend, "java");
}

static void a_trial_of_a_stranger(struct run_log *log)
{
    replace(&log->trials[0].backend, "java");
}

TEST(backends_have_names_of_their_own_and_steps_name_one)
{
    check_refused(no_name, "\"name\"", "empty");
    check_refused(two_of_a_name, "\"name\"", "\"go\"");
    check_refused(a_step_of_a_stranger, "\"backend\"", "\"java\"");
    check_refused(a_recovery_of_a_stranger, "\"backend\"", "\"java\"");
    check_refused(a_soak_of_a_stranger, "\"backend\"", "\"java\"");
    check_refused(a_forecast_of_a_stranger, "\"backend\"", "\"java\"");
    check_refused(a_trial_of_a_stranger, "\"backend\"", "\"java\"");
}

/* --- steps -------------------------------------------------------------------------------------------------------- */

static void level_0(struct run_log *log)
{
    log->steps[0].level = 0;
}

static void a_recovery_without_end(struct run_log *log)
{
    log->recoveries[0].load.measured_ns = UINT64_C(172800000000000);
}

static void a_soak_without_end(struct run_log *log)
{
    log->soaks[0].load.measured_ns = UINT64_C(172800000000000);
}

static void a_forecast_below_0(struct run_log *log)
{
    log->forecasts[0].expected.service_cores = -0.5;
}

static void a_forecast_of_level_0(struct run_log *log)
{
    log->forecasts[0].level = 0;
}

static void two_days(struct run_log *log)
{
    log->steps[0].load.measured_ns = UINT64_C(172800000000000);
}

static void long_intervals(struct run_log *log)
{
    struct load_record *load = &log->steps[0].load;
    load->interval_ns = load->measured_ns / load->interval_count + 1;
}

static void longest_intervals(struct run_log *log)
{
    log->steps[0].load.interval_ns = INT64_MAX;
}

static void fewer_than_none_in_flight(struct run_log *log)
{
    log->steps[0].load.mean_in_flight = -0.5;
}

static void fewer_than_none_carried(struct run_log *log)
{
    log->steps[0].load.carried_in_flight = -0.5;
}

static void less_than_no_work(struct run_log *log)
{
    log->steps[0].load.busiest_thread = -1;
}

static void samples_of_one_moment(struct run_log *log)
{
    log->steps[0].samples[2].at_ns = log->steps[0].samples[1].at_ns;
}

static void more_throttled_periods_than_periods(struct run_log *log)
{
    struct sample *sample = &log->steps[0].samples[1];
    sample->service_group_throttled_periods = sample->service_group_periods + 1;
}

static void a_quota_below_nothing(struct run_log *log)
{
    log->steps[0].samples[2].service_group_quota_cores = -0.5;
}

static void samples_back_in_time(struct run_log *log)
{
    log->steps[0].samples[1].at_ns = 0;
}

static void overlapping_stalls(struct run_log *log)
{
    log->steps[0].load.stalls.stalls[1].at_ns = 0;
}

static void a_stall_past_the_end(struct run_log *log)
{
    struct load_record *load = &log->steps[0].load;
    load->stalls.stalls[load->stalls.count - 1].length_ns = load->measured_ns;
}

static void more_stalls_than_are_kept(struct run_log *log)
{
    struct stall_list *list = &log->steps[0].load.stalls;
    while (list->count <= STALLS_MOST) {
        *list_add(list->stalls, list->count) = (struct stall){0};
    }
}

TEST(a_step_that_no_generator_made_is_refused)
{
    check_refused(overlapping_stalls, "\"stalls\"", "\"at_ns\"[1]");
    check_refused(a_stall_past_the_end, "\"stalls\"", "\"at_ns\"[2]");
    check_refused(more_stalls_than_are_kept, "\"stalls\"", "more than 64");
    check_refused(level_0, "\"level\"", "0");
    check_refused(two_days, "\"measured_ns\"", "day");
    check_refused(a_recovery_without_end, "\"measured_ns\"", "day");
    check_refused(a_soak_without_end, "\"measured_ns\"", "day");
    check_refused(a_forecast_below_0, "\"expected\"", "\"service_cores\"");
    check_refused(a_forecast_of_level_0, "\"level\"", "0");
    check_refused(long_intervals, "\"window_ns\"", "3 windows");
    check_refused(longest_intervals, "\"window_ns\"", "3 windows");
    check_refused(fewer_than_none_in_flight, "\"mean_in_flight\"", "below 0");
    check_refused(fewer_than_none_carried, "\"carried_in_flight\"", "below 0");
    check_refused(less_than_no_work, "\"busiest_thread\"", "below 0");
    check_refused(samples_of_one_moment, "\"at_ns\"[2]", "not after");
    check_refused(samples_back_in_time, "\"at_ns\"[1]", "not after");
    check_refused(more_throttled_periods_than_periods, "\"service_group_throttled_periods\"[1]", "more than");
    check_refused(a_quota_below_nothing, "\"service_group_quota_cores\"[2]", "below 0");
}

/* --- histograms --------------------------------------------------------------------------------------------------- */

static void another_total(struct run_log *log)
{
    log->steps[0].load.response.total++;
}

static void a_sum_below_0(struct run_log *log)
{
    log->steps[0].load.service.sum = -1e300;
}

static void a_sum_beyond_all(struct run_log *log)
{
    log->steps[0].load.service.sum = 1e300;
}

static void a_least_above_the_most(struct run_log *log)
{
    log->steps[0].load.intervals[1].response.min = log->steps[0].load.intervals[1].response.max + 1;
}

static void a_least_below_all(struct run_log *log)
{
    log->steps[0].load.intervals[1].response.min = 1;
}

static void a_most_above_all(struct run_log *log)
{
    log->steps[0].load.intervals[1].response.max *= 2;
}

TEST(what_is_said_beside_counts_fits_them)
{
    check_refused(another_total, "\"total\"", "\"response\"");
    check_refused(a_sum_below_0, "\"sum\"", "\"service\"");
    check_refused(a_sum_beyond_all, "\"sum\"", "\"service\"");
    check_refused(a_least_above_the_most, "\"min\"", "\"windows\"[1]");
    check_refused(a_least_below_all, "\"min\"", "\"windows\"[1]");
    check_refused(a_most_above_all, "\"max\"", "\"windows\"[1]");
}
