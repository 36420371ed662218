/* What a trial comes to in a run log, on the steps of a run that was measured for real. */
#include "base/mem.h"
#include "record/run_log.h"
#include "record/thinning/thinned_load.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Four services in six trials each, as the ladder, the search and the recovery of the standard profile make them. */
#define MEASURED SOURCE_FOLDER "/harness/tests/runs/catalog-epyc-2cores.jsonl.gz"

/* A trial of a ladder and a recovery; the longest has four steps of the search besides. */
#define TRIAL_BYTES_MOST   80000
#define LONGEST_BYTES_MOST 96000

static const uint64_t limits_ns[] = {50000000};
static const double percentiles[] = {0.5, 0.9, 0.95, 0.99, 0.999};
static const struct thinning thinning = {limits_ns, 1, percentiles, 5};

/* As the bench makes a record: thinned, times of readings in microseconds. */
static void prepare(struct step_record *step)
{
    thinned_load_make(&step->load, &thinning);
    step->samples = mem_new(step->sample_count, sizeof *step->samples);
    for (size_t i = 0; i < step->sample_count; i++) {
        struct sample *sample = &step->samples[i];
        *sample = step_record_sample(step, i);
        sample->at_ns -= sample->at_ns % 1000;
        sample->cost_ns -= sample->cost_ns % 1000;
        sample->cpu_ns -= sample->cpu_ns % 1000;
        sample->busiest_thread_cpu_ns -= sample->busiest_thread_cpu_ns % 1000;
        sample->run_delay_ns -= sample->run_delay_ns % 1000;
    }
    packed_rows_free(step->packed);
    step->packed = NULL;
}

static size_t size_of(const char *file)
{
    struct stat info;

    assert_int_equal(stat(file, &info), 0);
    return (size_t)info.st_size;
}

/* Writes the trial's records as a run does, and returns the bytes. */
static size_t write_trial(const struct run_log *log, const struct trial_record *trial, const char *file)
{
    struct run_writer *writer;
    struct error err = {0};

    assert_int_equal(run_writer_open(&writer, file, &err), 0);
    for (size_t i = 0; i < log->forecast_count; i++) {
        if (log->forecasts[i].trial == trial->trial && strcmp(log->forecasts[i].backend, trial->backend) == 0) {
            assert_int_equal(run_writer_forecast(writer, &log->forecasts[i], &err), 0);
        }
    }
    for (size_t i = 0; i < log->step_count; i++) {
        struct step_record *step = &log->steps[i];
        if (step->trial == trial->trial && strcmp(step->backend, trial->backend) == 0) {
            prepare(step);
            assert_int_equal(run_writer_step(writer, step, &err), 0);
        }
    }
    for (size_t i = 0; i < log->recovery_count; i++) {
        struct step_record *step = &log->recoveries[i];
        if (step->trial == trial->trial && strcmp(step->backend, trial->backend) == 0) {
            prepare(step);
            assert_int_equal(run_writer_recovery(writer, step, &err), 0);
        }
    }
    assert_int_equal(run_writer_trial(writer, trial, &err), 0);
    run_writer_close(writer);
    size_t size = size_of(file);
    unlink(file);
    return size;
}

TEST(a_trial_of_a_service_comes_to_80_KB_or_less)
{
    char folder[] = "/tmp/twofold-size-XXXXXX", file[64];
    struct run_log log;
    struct error err = {0};
    size_t sum = 0, most = 0;

    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/trial.jsonl.gz", folder);
    if (run_log_read(&log, MEASURED, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(log.trial_count, 24);
    for (size_t i = 0; i < log.trial_count; i++) {
        size_t size = write_trial(&log, &log.trials[i], file);
        sum += size;
        most = size > most ? size : most;
    }
    size_t records = log.step_count + log.recovery_count;
    if (log.trial_count == 0 || records == 0) {
        fail_msg("%s has no trial", MEASURED);
        return;
    }
    printf("a trial: %zu bytes, at most %zu; a step: %zu\n", sum / log.trial_count, most, sum / records);
    assert_true(records >= 11 * log.trial_count);
    assert_true(sum / log.trial_count <= TRIAL_BYTES_MOST);
    assert_true(most <= LONGEST_BYTES_MOST);
    run_log_release(&log);
    rmdir(folder);
}
