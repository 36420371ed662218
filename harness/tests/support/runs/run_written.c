#include "run_example.h"
#include "test.h"

void run_example_write(const struct run_log *log, const char *file)
{
    struct run_writer *writer = NULL;
    struct error err = {0};
    int result = run_writer_open(&writer, file, &err);

    result = result == 0 ? run_writer_run(writer, &log->run, &err) : result;
    for (size_t i = 0; i < log->backend_count && result == 0; i++) {
        result = run_writer_backend(writer, &log->backends[i], &err);
    }
    for (size_t i = 0; i < log->generator_count && result == 0; i++) {
        result = run_writer_generator(writer, &log->generators[i], &err);
    }
    for (size_t i = 0; i < log->step_count && result == 0; i++) {
        result = run_writer_step(writer, &log->steps[i], &err);
    }
    for (size_t i = 0; i < log->forecast_count && result == 0; i++) {
        result = run_writer_forecast(writer, &log->forecasts[i], &err);
    }
    for (size_t i = 0; i < log->recovery_count && result == 0; i++) {
        result = run_writer_recovery(writer, &log->recoveries[i], &err);
    }
    for (size_t i = 0; i < log->trial_count && result == 0; i++) {
        result = run_writer_trial(writer, &log->trials[i], &err);
    }
    for (size_t i = 0; i < log->resume_count && result == 0; i++) {
        result = run_writer_resume(writer, &log->resumes[i], &err);
    }
    for (size_t i = 0; i < log->audit_count && result == 0; i++) {
        result = run_writer_audit(writer, &log->audits[i], &err);
    }
    for (size_t i = 0; i < log->dependency_count && result == 0; i++) {
        result = run_writer_dependency(writer, &log->dependencies[i], &err);
    }
    for (size_t i = 0; i < log->soak_count && result == 0; i++) {
        result = run_writer_soak(writer, &log->soaks[i], &err);
    }
    if (result == 0) {
        result = run_writer_end(writer, &log->end, &err);
    }
    for (size_t i = 0; i < log->calibration_count && result == 0; i++) {
        result = run_writer_calibration(writer, &log->calibrations[i], &err);
    }
    run_writer_close(writer);
    if (result != 0) {
        fail_msg("%s", err.message);
    }
}
