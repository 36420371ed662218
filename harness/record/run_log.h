/* run_log: one run, stored as a file of JSON Lines. Each record is written and flushed to the disk before the next step
 * begins, so that a run that was cut short can be read: a last line without its newline is dropped and named in
 * `warning`. The file has raw data only; verdicts are computed from it.
 *
 * The records, in order: a `run`; a `generator` for each of a fleet; a `dependency` for each one that the scenario
 * needs; a `backend` before the first trial of each service. Then, where there is more than one trial, a `calibration`
 * before each block of trials, and trial by trial: a `forecast` before each step of the ladder, and the `step`; an
 * invalid step is repeated, and both have the same trial and index. After the ladder a `recovery`, the `step`s of the
 * search, a `soak` if the scenario asks for one (an invalid one is repeated, and the last one counts), an `audit` if
 * there are dependencies, and a `trial` at the end of the trial. A service that did not start in its first trial has a
 * second `backend` record before the first trial in which it does: that one replaces the first. An `end` closes the
 * run, unless it was killed. When a run that was cut short is continued, a `resume` follows, and then the next records.
 * The number of the schema is in `run`. Files of RUN_LOG_SCHEMA_OLDEST to RUN_LOG_SCHEMA can be read, any other number
 * is an error. What a schema added is missing in older files, and then has the value that its member's comment names.
 */
#ifndef TWOFOLD_RECORD_RUN_LOG_H
#define TWOFOLD_RECORD_RUN_LOG_H

#include "base/error.h"
#include "base/lines/line_file.h"
#include "base/text.h"
#include "record/dependency.h"
#include "record/fleet/generator.h"
#include "record/load_record.h"
#include "record/machine.h"
#include "record/profile/profile_record.h"
#include "record/reading/runtime.h"
#include "record/sample.h"
#include "stats/packed_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RUN_LOG_SCHEMA        3 /* what is written */
#define RUN_LOG_SCHEMA_OLDEST 2

/* What the reference service achieved on this machine with this generator: no result can be better. */
struct calibration {
    bool done;
    uint64_t throughput_rps; /* closed load */
    unsigned connections;
    uint64_t p50_ns, p99_ns; /* response time */
    uint64_t generator_cpu_ns_per_request;
    uint64_t service_cpu_ns_per_request;
    double generator_busy;  /* share of its core; near 1 the generator was the limit, not the service */
    uint64_t round_trip_ns; /* the bare one of the network between a generator of a fleet and the service's host, of the
                             * generator that is farthest; 0: one process, or an older file */
    bool disturbed;         /* others took from it, and when it was repeated too; false in files without the figure */
};

/* The same right before a block of trials: those of one number. */
struct calibration_record {
    unsigned trial; /* 0, 1, … */
    struct calibration measured;
};

struct run_record {
    char *harness_version;
    char *built; /* "commit 443e9981; libuv 1.44.2, …; RelWithDebInfo": what the program was made of and runs with; NULL
                  * in files without the key */
    char *started; /* wall clock, UTC */
    char *scenario_name;
    char *scenario_text; /* the file, byte for byte, with what was overridden: every limit and level is in it */
    char *scenario_hash; /* FNV-1a 64 of the text, in hex */
    uint64_t seed;
    unsigned trials;
    char *profile;  /* "quick", "standard", "rigorous" (plan/profile.h says what they are) */
    char *backends; /* the names of all that were asked for, separated by commas */
    char **folders; /* of those of them whose folders were named by their paths: "shop=../shop", NULL-terminated; NULL:
                     * none (and in files without the key) */
    char *generator_cores, *service_cores; /* "0", "1-3" */
    bool cores_shared;                     /* generator and service on the same cores */
    char
        *overridden; /* "double.from=100 limits.p99=20ms": keys of the scenario that the command line set; NULL: none */
    char *targets; /* "web=http://127.0.0.1:8080/ http://…": the attached services, without credentials; NULL: none */
    bool http2, insecure; /* of their protocol: HTTP/2 and nothing else; any certificate was good enough */
    char *ca_file;        /* whose certificates were trusted; NULL: the system's */
    char *box; /* "cpus=0.5,memory=256MiB": what each service may use, or several boxes (plan/box.h); NULL: nothing is
                * limited */
    struct machine machine;
    struct calibration calibration;
};

struct backend_record {
    char *name, *language, *framework, *class;
    char *versions;              /* what its tools report, separated by "; " */
    unsigned workers;            /* the CORES that it was given; those that an attached service may use, 0: not known */
    uint64_t memory_given_bytes; /* the MEMORY that it was given; 0: none (and in files without the key) */
    uint64_t cold_start_ns;      /* from exec to the first response that says that it is ready */
    uint64_t first_request_ns;   /* the response time of the scenario's first request after that */
    struct memory_reading idle;  /* before any load */
    uint64_t artifact_bytes;
    char *artifact_hash;    /* SHA-256 of all that it ships, in hex; NULL: could not be read, or an older file */
    uint64_t runtime_bytes; /* what an empty machine needs beside the artifact: its interpreter; 0: nothing, or not told
                             * (and in files without the key) */
    uint64_t dependencies;  /* of others, compiled or loaded; in older files those in its lock file */
    uint64_t build_ns;      /* of this run's build, which may have found earlier results */
    uint64_t build_clean_ns;   /* from scratch, and */
    uint64_t build_changed_ns; /* after one changed line (bench/service/owning/build_times.h); 0: not taken (and in
                                * files without the keys) */
    uint64_t source_lines;
    uint64_t change_files, change_lines; /* that a prescribed change touches: lines taken away and added; 0: not told */
    char *followed; /* "4711 nginx": the process that listens on its port and is read beside the one that was started,
                     * of which it is no descendant; NULL: there is none (and in files of schema 2) */
    char *not_watched; /* why the processes that serve it could not be read; NULL: they were */
    char *attached;    /* the URL of a service that ran already and was not started by the harness; NULL: it was */
    char *protocol;    /* what was spoken to an attached service: "plain HTTP/1.1"; else NULL */
    char *cores;       /* "0-3": where the process of an attached service may run; NULL: not known */
    char *watch; /* of an attached service: how it was to be watched, "auto, metrics:http://…", as it was given; NULL:
                  * nothing was said, or it was launched */
    char *watched;      /* what that came to: "process 4711 (nginx) and its 2 children, cgroup /web"; NULL: nothing */
    char *environment;  /* "GOGC=200; API_TOKEN=(cut)": the variables that its manifest names and that it was given,
                         * secrets cut; NULL: none (and in files without the key) */
    char *box;          /* the one that it ran in, as in the run's; NULL: none */
    char *unboxed;      /* "go" of "go@0.25cpu": its name without the box; NULL: there is none behind it */
    char *verified;     /* by what: "contract", "verifier", "contract and verifier", "first responses" or "ready"; NULL:
                         * it was not, or an older file, in which all were held to the contract */
    char *skipped;      /* why it was not measured: toolchain missing, build failed, verification failed; else NULL */
    bool not_installed; /* and that is because its toolchain is not here; false in older files */
};

/* Whether it is a sample service: one that was held to the contract (backends/contract), so that what its dependencies
 * hold can be held against its responses. */
bool backend_record_is_sample(const struct backend_record *record);

/* Whether it was made for figures, as nobody would ship it. Not so where its class is not told, as in an older file. */
bool backend_record_is_tuned(const struct backend_record *record);

/* Whether and how the process of the service ended during a step. */
struct death {
    bool died;
    uint64_t at_ns; /* clock_now_ns() when it was noticed */
    int exit_code;  /* -1 if a signal ended it, or if only its parent, not the harness, knows how it ended */
    int signal;     /* 0 if it exited, or if that is not known */
    char *output;   /* the last that it wrote, at most 2 KiB; NULL if it wrote nothing */
};

enum step_phase {
    PHASE_LADDER, /* the load doubles from step to step */
    PHASE_SEARCH, /* the load lies between the highest that was held and the lowest that was not */
    PHASE_WARM,   /* the load doubles once more, since the process was cold when it did first */
};

const char *step_phase_name(enum step_phase phase); /* "ladder", "search", "warm" */

/* What was expected of a step of the ladder before it ran (analysis/forecast/forecast.h). A value is NAN if the steps
 * before it did not allow a forecast. */
struct forecast {
    double service_cores; /* CPU used by the service, in cores */
    double busy_cores;    /* CPU used on its cores by anyone, with the kernel's work for its packets */
    double memory_bytes;
    double p99_ns; /* response time */
    double in_flight;
    double busiest_thread; /* share of a core */

    /* NAN also in files that are older than these figures. */
    double dependency_cpu;    /* CPU used by a dependency, as a share of that one's cores */
    double dependency_places; /* calls or sessions at work in a dependency at a time */
};

struct forecast_record {
    char *backend;
    unsigned trial, index; /* of the step */
    uint64_t level;
    struct forecast expected;
};

struct step_record {
    char *backend;
    unsigned trial;        /* 0, 1, … */
    unsigned index;        /* in the ladder; the steps of the search continue its numbers */
    unsigned attempt;      /* 0, 1, …: how often this trial ran this index before; 0 in files of schema 2 */
    enum step_phase phase; /* not used for a recovery and a soak */
    uint64_t level, rate, connections; /* as planned */
    uint64_t seed;                     /* of schedule and values, its low 63 bits; 0: not known (schema 2) */
    struct load_record load;
    bool not_watched; /* the processes that served were not read: what the samples say of the service is not theirs;
                       * false in files of schema 2 */
    /* Ten a second, from the start of the warm-up. Of a record that is being made they are in `samples`, of one that
     * was read in `packed`, and the other is NULL; step_record_sample reads either. */
    struct sample *samples;
    struct packed_rows *packed;
    size_t sample_count;
    struct runtime_sample *runtime; /* about one a second, where the service has a page of metrics that is watched */
    size_t runtime_count;
    struct memory_reading memory; /* right after the measured time; its peak is that of the whole step */
    char *worker_connections;     /* "38, 16, 6, 4": how many connections each process held then, the most first; NULL:
                                   * one process held them all (and in files without the key) */
    struct death death;
    struct dependency_load *dependencies; /* those that were watched */
    size_t dependency_count;
    struct generator_loads generators; /* who sent the load, where that was a fleet; none in older files */
};

/* The end of a trial, with steps or without. */
struct trial_record {
    char *backend;
    unsigned trial;
    char *failed;       /* why it has no steps; NULL if it has */
    bool harness_fault; /* what failed was not the service: the harness could not make or read something that the trial
                         * needs; false in older files */
    char *ended_early;  /* why it has fewer steps than it wanted: a dependency was mended, and the fresh process of the
                         * service did not start, or (harness_fault) could not be loaded. NULL: it has all (and in
                         * older files) */
};

/* Where a run that was cut short continues. The trial that was under way is repeated with a new process; its earlier
 * records stay in the file and are ignored. */
struct resume_record {
    char *harness_version;
    char *resumed; /* wall clock, UTC */
    char *backend; /* of that trial; NULL if none was under way */
    unsigned trial;
};

struct end_record {
    bool present;
    char *ended;
    bool interrupted; /* the run has not all of its trials */
    char *reason;     /* why; NULL: it was not interrupted (and in older files) */
};

struct run_log {
    struct run_record run;
    struct backend_record *backends;
    size_t backend_count;
    struct forecast_record *forecasts;
    size_t forecast_count;
    struct step_record *steps;
    size_t step_count;
    struct step_record *recoveries; /* the load of the first step again, right after the ladder */
    size_t recovery_count;
    struct step_record *soaks; /* a steady load at a share of the trial's capacity, after everything else */
    size_t soak_count;
    struct generator_record *generators; /* of a fleet; none where one process sent the load, and in older files */
    size_t generator_count;
    struct dependency_record *dependencies;
    size_t dependency_count;
    struct audit_record *audits;
    size_t audit_count;
    struct profile_record *profiles; /* of `bench --profile-break` */
    size_t profile_count;
    struct calibration_record *calibrations; /* none in older files, and in runs of one trial */
    size_t calibration_count;
    struct trial_record *trials;
    size_t trial_count;
    struct resume_record *resumes;
    size_t resume_count;
    struct end_record end; /* of the last part, if the run was continued */
    char *warning;         /* what was wrong with the file without making it useless; NULL if nothing was */
};

/* Reads a file, line by line: what is in memory is the log, a line, and no more. The log takes about as much memory as
 * the file, since histograms stay packed (stats/histogram.h). Anything that is not understood, and figures that no run
 * has (record/run_bounds.h), are ERROR_INPUT with file and line. */
int run_log_read(struct run_log *log, const char *file, struct error *err);

/* The same without steps, recoveries and soaks: those are checked as well, and then let go. What is left is small. */
int run_log_read_outline(struct run_log *log, const char *file, struct error *err);

/* Reads the `length` bytes of a file that is in memory already; messages call it `name`. */
int run_log_parse(struct run_log *log, const char *name, const char *contents, size_t length, struct error *err);

/* As run_log_read, but reads around damaged lines (record/salvage/salvage.h); `warning` says what was left out. */
int run_log_salvage(struct run_log *log, const char *file, struct error *err);

void run_log_release(struct run_log *log);

/* Puts words in front of the warning. Takes them, from the heap; NULL is fine. */
void run_log_warn(struct run_log *log, char *words);

/* Removes the records that were read since the log was as `to`, of which only the counts are used, and whether it had a
 * run and an end. */
void run_log_shrink(struct run_log *log, const struct run_log *to);

/* Whether the record says what only a service that has started, or was reached where it is attached, shows. */
bool backend_record_started(const struct backend_record *record);

void run_record_release(struct run_record *record);
void backend_record_release(struct backend_record *record);
void step_record_release(struct step_record *record);
void end_record_release(struct end_record *record);

/* The sample of this index, which must be below sample_count; and when it was taken, which is less work. */
struct sample step_record_sample(const struct step_record *record, size_t index);
uint64_t step_record_sample_ns(const struct step_record *record, size_t index);

/* True when the run came to its end: it was not cut short, or it was continued. */
bool run_log_complete(const struct run_log *log);

/* Why a run that is not complete was cut short, as a phrase; borrowed from the log or static, never NULL. */
const char *run_log_cut_reason(const struct run_log *log);

/* Removes all steps, recoveries and soaks. */
void run_log_drop_steps(struct run_log *log);

/* Lets go of the histograms of all steps, and of what was read of services and dependencies ten times a second: of what
 * findings are made of, and of nearly all of the memory. Findings that were made before stay as they are. */
void run_log_drop_readings(struct run_log *log);

/* The last backend record takes the place of an earlier one of the same service, if there is one. */
void run_log_renew_backend(struct run_log *log);

/* Removes the records of one trial, before it is repeated. */
void run_log_drop_trial(struct run_log *log, const char *backend, unsigned trial);

/* Appends records to a file (base/lines/line_file.h), which is made by the first one. Each call returns when its line
 * is on the disk. When a write fails, for example because the disk is full, the file still ends with a whole line. */
struct run_writer;

/* Begins a new file; it is an error if the file exists, unless options->numbered. */
int run_writer_start(struct run_writer **ret_writer, const struct line_file_options *options, struct error *err);

/* The same with nothing but a name. */
int run_writer_open(struct run_writer **ret_writer, const char *file, struct error *err);

/* Appends the lines to `out`, which must outlive the writer. Histograms are not compressed, for text that is compressed
 * as a whole. */
void run_writer_open_text(struct run_writer **ret_writer, struct text *out);

/* Gives the lines to `append`, which returns when the line is safe, or fails. */
void run_writer_open_elsewhere(struct run_writer **ret_writer,
                               int (*append)(void *context, const char *line, size_t length, struct error *err),
                               void *context);

/* Opens and locks an existing file to continue it; until the first record it stays as it is. ERROR_INPUT when another
 * process still writes it. */
int run_writer_reopen(struct run_writer **ret_writer, const struct line_file_options *options, struct error *err);

/* Where the file is; NULL as long as it has no record, and where it is no file of this process. It may be another place
 * than was asked for. */
const char *run_writer_path(const struct run_writer *writer);

int run_writer_run(struct run_writer *writer, const struct run_record *record, struct error *err);
int run_writer_generator(struct run_writer *writer, const struct generator_record *record, struct error *err);
int run_writer_backend(struct run_writer *writer, const struct backend_record *record, struct error *err);
int run_writer_forecast(struct run_writer *writer, const struct forecast_record *record, struct error *err);
int run_writer_step(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_recovery(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_soak(struct run_writer *writer, const struct step_record *record, struct error *err);
int run_writer_dependency(struct run_writer *writer, const struct dependency_record *record, struct error *err);
int run_writer_audit(struct run_writer *writer, const struct audit_record *record, struct error *err);
int run_writer_profile(struct run_writer *writer, const struct profile_record *record, struct error *err);
int run_writer_calibration(struct run_writer *writer, const struct calibration_record *record, struct error *err);
int run_writer_trial(struct run_writer *writer, const struct trial_record *record, struct error *err);
int run_writer_resume(struct run_writer *writer, const struct resume_record *record, struct error *err);
int run_writer_end(struct run_writer *writer, const struct end_record *record, struct error *err);
void run_writer_close(struct run_writer *writer); /* can be NULL */

#endif
