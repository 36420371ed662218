/* csv: one row for every step of every trial and for every soak, for spreadsheets and data frames (RFC 4180: commas,
 * CRLF, doubled quotes).
 *
 * The first row names the columns. Columns and their order are stable; new ones are added at the end. Rows are in the
 * order of the services in the findings, then by trial, then by step. An invalid step may be followed by its
 * repetition. Then comes a row for each trial that has no step, in which only trial, verdict, trial_failed and what the
 * whole run has are known. The last row of a service may be its soak, of the trial that stands for the service; a soak
 * has no step number. An empty field is not known. Names have units in them. Times inside a step count from the start
 * of its measured part. Shares go from 0 to 1. Trials and steps count from 1.
 *
 *   scenario, service, language, framework     as given; a ' precedes what a spreadsheet would run as a formula
 *   trial, step                                1, 2, …
 *   level, level_unit                          what doubles: "requests/s", "connections", "users/s" or the name of a
 *                                              value
 *   load_rps                                   requests a second: planned (open load) or completed (closed load)
 *   verdict                                    pass, break, invalid, undecided; of a trial without a step: did not
 *                                              start, not run
 *   breaches_at_ms                             limits that broke, in order of time: "latency=1250;errors=2800"
 *   cause                                      of the break: cpu, one-thread, …; unknown; empty for a pass
 *   invalid_because                            "send_lag;unsent"
 *   offered, sent, completed, good             requests that were due, were sent, had a response, a right one in time
 *   failed_connect … failed_unsent             requests that failed, by the kind of failure
 *   offered_rps, completed_rps, good_rps       the same counts per second of the measured part
 *   mean_ns, p50_ns … p999_ns, max_ns          from the moment due to the last byte; empty: too few samples
 *   censored                                   requests that were never answered; they count as "at least so old"
 *   service_p50_ns, service_p99_ns             from the actual send to the last byte
 *   cpu_ns_per_request                         CPU time of the service per completed request
 *   service_cores_used, busiest_thread_share   CPU used by the service in cores, by its busiest thread as a share
 *   rss_peak_bytes                             highest resident memory of its processes
 *   exit_status, exit_signal                   how its process ended, if it did
 *   phase                                      ladder, search, soak
 *   memory_bytes_per_s, …_low, …_high          of a soak: how its memory grew, and the 95 % interval of that
 *   disturbed                                  what took from service or generator: "foreign;starved"
 *   runs_out_first                             what the service uses up at the lowest load: cpu, memory, …; the same in
 *                                              all rows of a service, as are the four that follow
 *   runs_out_at_level, …_low_level, …_high_level   at which level, and its interval; high is empty where it is open
 *   runs_out_known_by                          measured, projected
 *   cold_cpu_ns_per_request                    CPU time a request in the first step of a fresh process,
 *   warm_cpu_ns_per_request                    and under the same load after the ladder; the same in all rows of a
 *                                              service, as is the next
 *   cold_cpu_ratio                             of the two
 *   audited                                    yes, no: whether all responses of the trial were held against the
 *                                              dependencies; empty where the scenario needs none
 *   trial_failed                               why the trial has no step, or fewer than it wanted
 *   run_started, machine_cpu, machine_cores    when the run began (UTC), and where; the same in all rows of a run, as
 * is harness_version                            the version of twofold that measured it */
#ifndef TWOFOLD_REPORT_DATA_CSV_H
#define TWOFOLD_REPORT_DATA_CSV_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append the header row, and the rows of all the runs, one run after another, to `out`. */
void csv_write(const struct findings *const *runs, size_t count, struct text *out);

#endif
