/* run_log: one run as one file of JSON Lines, written record by record, each flushed to the disk before the next step,
 * and read back whole. A run cut short is still readable: a last line without its newline is dropped and named in
 * `warning`. Raw data only; nothing in it is a verdict.
 *
 * Records, in order: one `run`; a `dependency` for each that the scenario needs; a `backend` before the first trial of
 * each; then trial by trial: a `forecast` before each step of the ladder, the `step` (one that was invalid is followed
 * by its repetition: the same trial and index again), a `recovery` when the ladder is over, the `step`s of the search,
 * a `soak` where the scenario asks for one (an invalid one is followed by its repetition, and the last of a trial
 * counts), an `audit` where there are dependencies, and a `trial` when all of it is done; one `end` unless the run was
 * killed. A run that was cut short and continued has a `resume` after that, and goes on. The schema number is in `run`;
 * another number is refused by name. */
#ifndef TWOFOLD_RECORD_RUN_LOG_H
#define TWOFOLD_RECORD_RUN_LOG_H

#include "base/error.h"
#include "record/dependency.h"
#include "record/load_record.h"
#include "record/machine.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RUN_LOG_SCHEMA 2

/* What the reference service did on this machine with this generator: a bound on what can be shown here. */
struct calibration {
    bool done;
    uint64_t throughput_rps; /* closed load */
    unsigned connections;
    uint64_t p50_ns, p99_ns; /* response time */
    uint64_t generator_cpu_ns_per_request;
    uint64_t service_cpu_ns_per_request;
    double generator_busy; /* share of its core: near 1 says that the generator, not the service, was the limit */
};

struct run_record {
    char *harness_version;
    char *started; /* wall clock, UTC */
    char *scenario_name;
    char *scenario_text; /* the file, byte for byte: every limit and level is in it */
    char *scenario_hash; /* FNV-1a 64 of the text, in hex */
    uint64_t seed;
    unsigned trials;
    char *profile;                         /* "quick", "standard", "rigorous" (plan/profile.h says what they are) */
    char *backends;                        /* the names of all that were asked for, commas between */
    char *generator_cores, *service_cores; /* "0", "1-3" */
    bool cores_shared;                     /* generator and service on the same cores */
    struct machine machine;
    struct calibration calibration;
};

struct backend_record {
    char *name, *language, *framework, *class;
    char *versions;             /* what its tools print of themselves, "; " between */
    unsigned workers;           /* CORES given to it */
    uint64_t cold_start_ns;     /* from exec to the first 200 of /healthz */
    uint64_t first_request_ns;  /* the first request of the scenario after that */
    struct memory_reading idle; /* before any load */
    uint64_t artifact_bytes;
    uint64_t dependencies; /* in its lock file */
    uint64_t build_ns;     /* of this run's build: from scratch or not, as found */
    uint64_t source_lines;
    char *skipped; /* why it took no part (toolchain missing, build failed, verify found a difference); NULL: it did */
};

/* How the service's process ended, where it did during a step. */
struct death {
    bool died;
    uint64_t at_ns; /* clock_now_ns(), as seen */
    int exit_code;  /* -1 when a signal ended it */
    int signal;     /* 0 when it exited */
    char *output;   /* the last it wrote, at most 2 KiB; NULL when nothing */
};

enum step_phase {
    PHASE_LADDER, /* the load doubles from step to step */
    PHASE_SEARCH, /* between the highest load that held and the lowest that did not */
};

const char *step_phase_name(enum step_phase phase); /* "ladder", "search" */

/* What was expected of a step of the ladder before it ran (analysis/forecast.h). Each is NAN where the steps before
 * gave no base for it. */
struct forecast {
    double service_cores; /* cores' worth of CPU, by the service */
    double busy_cores;    /* the same on its cores by anyone, the kernel's work for its packets included */
    double memory_bytes;
    double p99_ns; /* response time */
    double in_flight;
    double busiest_thread; /* share of a core */

    /* NAN as well in files from before these were recorded. */
    double dependency_cpu;    /* share of its own cores, by what it depends on */
    double dependency_places; /* calls or sessions at work there at a time */
};

struct forecast_record {
    char *backend;
    unsigned trial, index; /* of the step */
    uint64_t level;
    struct forecast expected;
};

struct step_record {
    char *backend;
    unsigned trial;                    /* 0, 1, … */
    unsigned index;                    /* in the ladder; those of the search go on counting after it */
    enum step_phase phase;             /* a recovery and a soak have none */
    uint64_t level, rate, connections; /* as planned */
    struct load_record load;
    struct sample *samples; /* ten a second, from the start of settle */
    size_t sample_count;
    struct memory_reading memory; /* right after the measured part; peak is over the step */
    struct death death;
    struct dependency_load *dependencies; /* that the host was asked about */
    size_t dependency_count;
};

/* A trial that is over, whatever came of it. */
struct trial_record {
    char *backend;
    unsigned trial;
    char *failed; /* why it has no steps; NULL: it has */
};

/* Where a run that was cut short goes on. The trial that was under way then is run again from a fresh process: its
 * records before this one stay in the file and are not read. */
struct resume_record {
    char *harness_version;
    char *resumed; /* wall clock, UTC */
    char *backend; /* of that trial; NULL: none was under way */
    unsigned trial;
};

struct end_record {
    bool present;
    char *ended;
    bool interrupted;
};

struct run_log {
    struct run_record run;
    struct backend_record *backends;
    size_t backend_count;
    struct forecast_record *forecasts;
    size_t forecast_count;
    struct step_record *steps;
    size_t step_count;
    struct step_record *recoveries; /* the first step's load right after the ladder */
    size_t recovery_count;
    struct step_record *soaks; /* a steady load at a share of what the trial held, after everything else */
    size_t soak_count;
    struct dependency_record *dependencies;
    size_t dependency_count;
    struct audit_record *audits;
    size_t audit_count;
    struct trial_record *trials;
    size_t trial_count;
    struct resume_record *resumes;
    size_t resume_count;
    struct end_record end; /* of the last part of a run that was continued */
    char *warning;         /* what was wrong with the file and could be lived with; NULL: nothing */
};

/* Read a whole file. ERROR_INPUT with file and line on anything that is not understood, and on figures that no run has
 * (record/run_bounds.h). */
int run_log_read(struct run_log *log, const char *file, struct error *err);
void run_log_release(struct run_log *log);

void run_record_release(struct run_record *record);
void backend_record_release(struct backend_record *record);
void step_record_release(struct step_record *record);

/* The records of one trial, before they are made again. */
void run_log_drop_trial(struct run_log *log, const char *backend, unsigned trial);

/* Writing: each call appends one line, and returns only when it is on the disk. A write that fails (disk full) leaves
 * the file ending in whole lines. */
struct run_writer;
int run_writer_open(struct run_writer **ret_writer, const char *file, struct error *err); /* the file must not exist */

/* A file that is there, to go on behind its last whole line: what was torn behind that is cut off. */
int run_writer_reopen(struct run_writer **ret_writer, const char *file, struct error *err);

int run_writer_run(struct run_writer *writer, const struct run_record *record, struct error *err);
int run_writer_backend(struct run_writer *writer, const struct backend_record *record, struct error *err);
int run_writer_forecast(struct run_writer *writer, const struct forecast_record *record, struct error *err);
int run_writer_step(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_recovery(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_soak(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_dependency(struct run_writer *writer, const struct dependency_record *record, struct error *err);
int run_writer_audit(struct run_writer *writer, const struct audit_record *record, struct error *err);
int run_writer_trial(struct run_writer *writer, const struct trial_record *record, struct error *err);
int run_writer_resume(struct run_writer *writer, const struct resume_record *record, struct error *err);
int run_writer_end(struct run_writer *writer, const struct end_record *record, struct error *err);
void run_writer_close(struct run_writer *writer); /* NULL is fine */

#endif
